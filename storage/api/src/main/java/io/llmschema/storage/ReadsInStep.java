package io.llmschema.storage;

import java.time.Duration;
import java.time.Instant;

/**
 * The reads in one step of time.
 *
 * @param start of the step
 * @param time what the reads took together
 */
public record ReadsInStep(Instant start, long reads, Duration time) {
    /** Both together, for the same step. */
    ReadsInStep plus(ReadsInStep other) {
        return new ReadsInStep(start, reads + other.reads, time.plus(other.time));
    }
}
