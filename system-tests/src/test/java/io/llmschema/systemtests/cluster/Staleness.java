package io.llmschema.systemtests.cluster;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long it took until other nodes showed a change, from the moment it was acknowledged. Safe for any number of threads. */
final class Staleness {
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    /** Something may be shown before the answer that acknowledges it has arrived. */
    void add(long nanosUntilShown) {
        nanos.add(Math.max(0, nanosUntilShown));
    }

    @Override
    public String toString() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? "nothing measured"
                : "p50 %.1f ms, p99 %.1f ms, maximum %.1f ms (of %d)"
                        .formatted(
                                percentile(sorted, 50) / 1e6,
                                percentile(sorted, 99) / 1e6,
                                Arrays.stream(sorted).max().orElse(0) / 1e6,
                                sorted.length);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
