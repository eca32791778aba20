package io.llmschema.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything the registry knows about a subject but its versions.
 *
 * @param metadata of the subject itself; each version has its own beside it
 * @param state ARCHIVED takes no new versions; the others say something to readers only
 * @param versionCount of versions that are not deleted
 * @param latest the version that {@code latest} resolves to, if there is one
 * @param deletedAt when it was soft-deleted, if it was and nothing was registered since
 * @param revision grows with every change to the subject or to one of its versions
 */
public record SubjectSummary(
        Subject subject,
        Metadata metadata,
        SchemaState state,
        int versionCount,
        @Nullable Version latest,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        long revision) {
    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** The same at another revision. */
    public SubjectSummary atRevision(long other) {
        return new SubjectSummary(
                subject, metadata, state, versionCount, latest, createdAt, createdBy, updatedAt, deletedAt, other);
    }
}
