package io.llmschema.storage;

import io.llmschema.model.SchemaSummary;
import java.time.Duration;
import java.time.Instant;

/**
 * How a version was read in a period.
 *
 * @param reads at least 1
 * @param time what they took together
 * @param lastReadAt when the last of them was
 */
public record SchemaAccess(SchemaSummary schema, long reads, Duration time, Instant lastReadAt) {
    /** What a read took on average, in whole nanoseconds. */
    public Duration meanTime() {
        return time.dividedBy(reads);
    }
}
