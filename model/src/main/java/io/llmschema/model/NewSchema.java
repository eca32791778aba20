package io.llmschema.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A schema that was parsed and found valid, on its way into a subject.
 *
 * @param id the id it gets if it becomes a new version
 * @param references resolved: each names a version that existed when it was looked up
 * @param outline what a search finds it by
 * @param state of the new version
 * @param createdAt kept to the microsecond
 */
public record NewSchema(
        SchemaId id,
        Subject subject,
        SchemaType type,
        SchemaContent content,
        Fingerprints fingerprints,
        List<SchemaReference> references,
        SchemaOutline outline,
        Metadata metadata,
        SchemaState state,
        Instant createdAt,
        String createdBy) {
    public static final int MAX_AUTHOR_LENGTH = 255;

    public NewSchema {
        references = List.copyOf(references);
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        Text.check("created-by", createdBy, 1, MAX_AUTHOR_LENGTH);
    }
}
