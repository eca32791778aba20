package io.llmschema.storage;

import io.llmschema.model.SchemaSummary;
import java.time.Duration;
import java.time.Instant;

/**
 * How documents fared against a version in a period.
 *
 * @param validations at least 1
 * @param failures how many of them found errors
 * @param time what they took together
 * @param lastValidatedAt when the last of them was
 */
public record ValidationRate(
        SchemaSummary schema, long validations, long failures, Duration time, Instant lastValidatedAt) {
    private static final long MILLION = 1_000_000;

    /** What a validation took on average, in whole nanoseconds. */
    public Duration meanTime() {
        return time.dividedBy(validations);
    }

    /** The part of validations that failed, 0 to 1. */
    public double failureRate() {
        return (double) failures / validations;
    }

    /** Failures in a million validations, rounded down: a rate that two stores round alike. */
    public long failuresPerMillion() {
        return failures * MILLION / validations;
    }
}
