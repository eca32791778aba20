package io.llmschema.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema that was parsed and found valid, on its way into a subject. Its id, subject and references are of one tenant.
 *
 * @param id the id it gets if it becomes a new version
 * @param references resolved: each names a version that existed when it was looked up
 * @param outline what a search finds it by
 * @param state of the new version
 * @param createdAt kept to the microsecond
 * @param distinction what makes its content another one than the same bytes with the same references and another distinction; empty for most
 * @param isByMeaning whether a version of its subject is it already that says the same in other words: with the same {@link Fingerprints#canonical canonical
 *     fingerprint} rather than the same bytes; and with the same attributes, if it has a distinction
 * @param guid of its content, by which other registries know it too; absent: none
 * @param placement which numbers it is to get
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
        String createdBy,
        String distinction,
        boolean isByMeaning,
        @Nullable UUID guid,
        Placement placement) {
    public static final int MAX_AUTHOR_LENGTH = 255;

    public NewSchema {
        references = List.copyOf(references);
        TenantId tenant = subject.tenant();
        if (!id.tenant().equals(tenant)
                || !references.stream()
                        .allMatch(reference -> reference.subject().tenant().equals(tenant))) {
            throw new IllegalArgumentException("the id, the subject and the references belong to more than one tenant");
        }
        if (isByMeaning && !placement.equals(Placement.NEXT)) {
            throw new IllegalArgumentException("what wishes for a number is known by its bytes");
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        Text.check("created-by", createdBy, 1, MAX_AUTHOR_LENGTH);
    }

    /** One that nothing but its bytes and references tells apart, under the next numbers. */
    public NewSchema(
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
        this(
                id,
                subject,
                type,
                content,
                fingerprints,
                references,
                outline,
                metadata,
                state,
                createdAt,
                createdBy,
                "",
                false,
                null,
                Placement.NEXT);
    }

    /** Whether a version of its subject means the same, with the same references; and has the same attributes, if this has a distinction. */
    public boolean meansTheSameAs(SchemaSummary version) {
        return version.type() == type
                && version.fingerprints().canonical().equals(fingerprints.canonical())
                && version.references().equals(references)
                && (distinction.isEmpty() || version.metadata().attributes().equals(metadata.attributes()));
    }
}
