package io.llmschema.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules by which {@code latest} and ranges pick one among the versions of a subject. */
public final class LatestVersion {
    private static final Comparator<SchemaSummary> RELEASES_ABOVE_PRE_RELEASES = Comparator.comparing(
                    (SchemaSummary schema) -> !schema.version().isPreRelease())
            .thenComparing(SchemaSummary::version);

    private LatestVersion() {}

    /** What {@link VersionSelector.Latest} resolves to. */
    public static Optional<SchemaSummary> of(Collection<SchemaSummary> versions) {
        return versions.stream().filter(SchemaSummary::isSelectable).max(RELEASES_ABOVE_PRE_RELEASES);
    }

    /** What {@link VersionSelector.InRange} resolves to. */
    public static Optional<SchemaSummary> inRange(Collection<SchemaSummary> versions, VersionRange range) {
        Predicate<SchemaSummary> isInRange = schema -> range.contains(schema.version());
        return versions.stream()
                .filter(SchemaSummary::isSelectable)
                .filter(isInRange)
                .max(Comparator.comparing(SchemaSummary::version));
    }
}
