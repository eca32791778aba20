package io.llmschema.registry;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.LatestVersion;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.TooMuchToCompare;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a subject that a schema is to be compared with.
 *
 * <p>Those that are named, whatever their state and group, if any are. Else, for a level that is not transitive, what {@code latest} resolves to: that
 * is the version readers and writers get when they ask for none in particular, so it is the one in use beside the next. Else every
 * version that data may have been written with: pre-releases and archived versions too, for what they wrote may still be there; but no
 * drafts, for whoever makes one says that it is not for use yet. Of all these only those of the schema's group. What was deleted is compared with in no
 * case.
 *
 * @param except a version that is not compared with, because it is the schema itself
 */
record OldVersions(
        Subject subject,
        CompatibilityLevel level,
        Group group,
        List<VersionSelector> named,
        @Nullable SchemaId except,
        SchemaStore store) {
    private static final Set<Stage> WRITTEN_WITH = Set.of(Stage.ACTIVE, Stage.DEPRECATED, Stage.ARCHIVED);

    /** The newest first, at most so many. Their contents are not held: together they may be large. */
    List<SchemaKey> keys(int atMost) {
        if (level == CompatibilityLevel.NONE) {
            return List.of();
        }
        if (!named.isEmpty()) {
            return named.size() == 1 ? List.of(key(named.getFirst())) : newestFirst(namedVersions());
        }
        if (level.isTransitive()) {
            return newestFirst(members(atMost).stream());
        }
        if (group.isWhole() && except == null) {
            return List.of(key(VersionSelector.LATEST));
        }
        return LatestVersion.of(members(RegistryLimits.MAX_VERSIONS_LOOKED_THROUGH)).stream()
                .<SchemaKey>map(version -> new SchemaKey.ById(version.id()))
                .toList();
    }

    /** The version that one of the keys leads to; empty if it was there by the level only, and is not, or not any more. */
    Optional<Schema> load(SchemaKey key) {
        return named.isEmpty()
                ? store.getSchema(key).filter(schema -> !schema.summary().isDeleted())
                : Optional.of(new Lookup(store).find(key));
    }

    /** All versions of the group that data may have been written with. */
    private List<SchemaSummary> members(int atMost) {
        SchemaFilter filter =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withStages(WRITTEN_WITH);
        Predicate<SchemaSummary> isMember =
                version -> !version.id().equals(except) && group.contains(version.metadata());
        List<SchemaSummary> members = new ArrayList<>();
        int seen = 0;
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<SchemaSummary> page = store.listSchemas(filter, SchemaOrder.BY_ORDINAL, request);
            page.items().stream().filter(isMember).forEach(members::add);
            seen += page.items().size();
            if (members.size() > atMost
                    || (page.next() != null && seen >= RegistryLimits.MAX_VERSIONS_LOOKED_THROUGH)) {
                throw new TooMuchToCompare(
                        "subject '%s' has more than %,d versions that it would be compared with; name those that matter, or put versions into groups"
                                .formatted(subject, Math.min(atMost, seen)));
            }
            if (page.next() == null) {
                return members;
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }

    private Stream<SchemaSummary> namedVersions() {
        Lookup lookup = new Lookup(store);
        return named.stream().map(selector -> lookup.find(key(selector)).summary());
    }

    private static List<SchemaKey> newestFirst(Stream<SchemaSummary> versions) {
        return versions.sorted(Comparator.comparingInt(SchemaSummary::ordinal).reversed())
                .<SchemaKey>map(version -> new SchemaKey.ById(version.id()))
                .distinct()
                .toList();
    }

    private SchemaKey key(VersionSelector selector) {
        return new SchemaKey.ByVersion(subject, selector);
    }
}
