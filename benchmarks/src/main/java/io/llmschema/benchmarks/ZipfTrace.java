package io.llmschema.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Reads that fall on item {@code i} with a probability in proportion to {@code 1 / (i + 1) ^ skew}, each independent of all others. */
final class ZipfTrace {
    private final double[] cumulated;
    private final SplittableRandom random;

    ZipfTrace(int items, double skew, long seed) {
        this.cumulated = new double[items];
        this.random = new SplittableRandom(seed);
        double sum = 0;
        for (int i = 0; i < items; i++) {
            sum += Math.pow(i + 1.0, -skew);
            cumulated[i] = sum;
        }
    }

    int[] reads(int count) {
        int[] reads = new int[count];
        for (int i = 0; i < count; i++) {
            reads[i] = next();
        }
        return reads;
    }

    private int next() {
        int place = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        int item = place < 0 ? -place - 1 : place + 1;
        return Math.min(item, cumulated.length - 1);
    }
}
