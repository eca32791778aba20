package io.llmschema.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the registry knows about one version but its content.
 *
 * @param id of this version, for ever
 * @param globalId of its content
 * @param ordinal its place in the subject, counted from 1 without gaps in the order of registration; what was imported keeps the place that it had
 *     where it came from
 * @param contentSize in bytes
 * @param references in the order they were given
 * @param createdAt to the microsecond
 * @param deletedAt when it was soft-deleted, if it was
 * @param revision the subject's revision at which this version last changed
 */
public record SchemaSummary(
        SchemaId id,
        GlobalId globalId,
        Subject subject,
        int ordinal,
        Version version,
        SchemaType type,
        SchemaState state,
        Fingerprints fingerprints,
        int contentSize,
        List<SchemaReference> references,
        Metadata metadata,
        Instant createdAt,
        String createdBy,
        @Nullable Instant deletedAt,
        long revision) {

    public SchemaSummary {
        references = List.copyOf(references);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Whether {@code latest} and ranges may resolve to it. */
    public boolean isSelectable() {
        return !isDeleted() && state.stage().isSelectable();
    }
}
