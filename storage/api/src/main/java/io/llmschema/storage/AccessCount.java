package io.llmschema.storage;

import io.llmschema.model.SchemaId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How often one version was read within one minute.
 *
 * @param minute a whole minute
 * @param reads at least 1
 * @param time what those reads took together, not negative
 * @param lastReadAt when the last of them was, to the microsecond
 */
public record AccessCount(SchemaId id, Instant minute, long reads, Duration time, Instant lastReadAt) {
    public AccessCount {
        if (!minute.equals(minute.truncatedTo(ChronoUnit.MINUTES))) {
            throw new IllegalArgumentException("not a whole minute: " + minute);
        }
        if (reads < 1 || time.isNegative()) {
            throw new IllegalArgumentException(reads + " reads in " + time);
        }
        lastReadAt = lastReadAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** Both together, for the same version and minute. */
    public AccessCount plus(AccessCount other) {
        if (!id.equals(other.id) || !minute.equals(other.minute)) {
            throw new IllegalArgumentException("counts of two things: " + this + ", " + other);
        }
        return new AccessCount(
                id,
                minute,
                reads + other.reads,
                time.plus(other.time),
                lastReadAt.isAfter(other.lastReadAt) ? lastReadAt : other.lastReadAt);
    }
}
