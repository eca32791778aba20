package io.llmschema.benchmarks.atrest;

import java.util.Arrays;
import java.util.Locale;

/** How long some operations took. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private long[] nanos = new long[1_024];
    private int count;

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    int count() {
        return count;
    }

    double perSecond() {
        return count
                * NANOS_PER_SECOND
                / Math.max(1, Arrays.stream(nanos, 0, count).sum());
    }

    /** The columns of {@link Report}: how many, p50, p95, p99 and the longest, in ms. */
    String columns() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return "%,d | %s | %s | %s | %s"
                .formatted(count, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    private static String at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return "-";
        }
        int index = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
        return String.format(Locale.ROOT, "%.2f", sorted[index] / NANOS_PER_MILLI);
    }
}
