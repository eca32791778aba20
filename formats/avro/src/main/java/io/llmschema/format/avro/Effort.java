package io.llmschema.format.avro;

/**
 * How much may still be spent on one judgement, in steps of a comparison.
 *
 * <p>What the library does to make a reader is counted beforehand, since it cannot be interrupted: the walk of {@link
 * SchemaResolution} covers every pair of places that the library goes through.
 */
final class Effort {
    /** The most steps of one judgement: a second or two, most of it in the library. */
    static final long MAX_STEPS = 20_000_000;

    /** What it costs to plan how one place is read as another: the plan stays in memory until the judgement is made. */
    static final long PLAN = 25;

    /** What it costs to compare two places. */
    static final long COMPARISON = 1;

    private long left = MAX_STEPS;

    void spend(long steps) {
        left -= Math.min(steps, left);
    }

    boolean isExhausted() {
        return left <= 0;
    }
}
