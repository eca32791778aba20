package io.llmschema.benchmarks;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The best that any cache of a number of entries can do, if it must keep what it has just loaded: it gives up what is needed again last
 * of all.
 *
 * <p>Every item that is kept has its next use in a heap, the furthest on top. An entry of the heap whose use has come is outdated; it
 * lies below all that are still to come, so it never is on top while anything else is kept.
 */
final class Belady {
    private Belady() {}

    /** Which reads are hits, with one more bit behind the last. */
    static BitSet hits(int[] trace, int items, int entries) {
        int[] nextUse = nextUses(trace, items);
        BitSet kept = new BitSet(items);
        BitSet hits = new BitSet(trace.length + 1);
        FurthestFirst heap = new FurthestFirst();
        int size = 0;
        for (int i = 0; i < trace.length; i++) {
            int item = trace[i];
            if (kept.get(item)) {
                hits.set(i);
            } else {
                if (size == entries) {
                    kept.clear((int) heap.poll());
                    size--;
                }
                kept.set(item);
                size++;
            }
            heap.add((long) nextUse[i] << Integer.SIZE | item);
        }
        hits.set(trace.length);
        return hits;
    }

    /** For each read, where the same item is read next; behind the end: nowhere. */
    private static int[] nextUses(int[] trace, int items) {
        int[] next = new int[trace.length];
        int[] later = new int[items];
        Arrays.fill(later, trace.length);
        for (int i = trace.length - 1; i >= 0; i--) {
            next[i] = later[trace[i]];
            later[trace[i]] = i;
        }
        return next;
    }

    /** A binary heap of longs, the greatest on top. */
    private static final class FurthestFirst {
        private long[] heap = new long[1 << 16];
        private int size;

        void add(long value) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            int at = size++;
            while (at > 0 && heap[(at - 1) / 2] < value) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = value;
        }

        long poll() {
            long top = heap[0];
            long value = heap[--size];
            int at = 0;
            while (2 * at + 1 < size) {
                int child = 2 * at + 1;
                if (child + 1 < size && heap[child + 1] > heap[child]) {
                    child++;
                }
                if (heap[child] <= value) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = value;
            return top;
        }
    }
}
