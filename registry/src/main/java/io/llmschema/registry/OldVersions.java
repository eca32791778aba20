package io.llmschema.registry;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.TooMuchToCompare;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The versions of a subject that a schema is to be compared with.
 *
 * <p>Those that are named, whatever their state, if any are. Else, for a level that is not transitive, what {@code latest} resolves to: that
 * is the version readers and writers get when they ask for none in particular, so it is the one in use beside the next. Else every
 * version that data may have been written with: pre-releases and archived versions too, for what they wrote may still be there; but no
 * drafts, for whoever makes one says that it is not for use yet. What was deleted is compared with in no case.
 */
record OldVersions(CompatibilityRequest request, SchemaStore store) {
    private static final Set<Stage> WRITTEN_WITH = Set.of(Stage.ACTIVE, Stage.DEPRECATED, Stage.ARCHIVED);

    /** The newest first. Their contents are not held: together they may be large. */
    List<SchemaKey> keys() {
        List<VersionSelector> named = request.against();
        if (named.isEmpty()) {
            return request.criteria().level().isTransitive() ? everyOne() : List.of(key(VersionSelector.LATEST));
        }
        return named.size() == 1 ? List.of(key(named.getFirst())) : named(named);
    }

    /** The version that one of the keys leads to; empty if it was there by the level only, and is not, or not any more. */
    Optional<Schema> load(SchemaKey key) {
        return request.against().isEmpty()
                ? store.getSchema(key).filter(schema -> !schema.summary().isDeleted())
                : Optional.of(new Lookup(store).find(key));
    }

    private List<SchemaKey> everyOne() {
        Subject subject = request.subject();
        SchemaFilter filter =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withStages(WRITTEN_WITH);
        Page<SchemaSummary> page = store.listSchemas(
                filter, SchemaOrder.BY_ORDINAL, PageRequest.first(RegistryLimits.MAX_COMPARED_VERSIONS));
        if (page.next() != null) {
            throw new TooMuchToCompare("subject '%s' has more than %d versions; name those that matter"
                    .formatted(subject, RegistryLimits.MAX_COMPARED_VERSIONS));
        }
        return newestFirst(page.items().stream());
    }

    private List<SchemaKey> named(List<VersionSelector> selectors) {
        Lookup lookup = new Lookup(store);
        return newestFirst(
                selectors.stream().map(selector -> lookup.find(key(selector)).summary()));
    }

    private static List<SchemaKey> newestFirst(Stream<SchemaSummary> versions) {
        return versions.sorted(Comparator.comparingInt(SchemaSummary::ordinal).reversed())
                .<SchemaKey>map(version -> new SchemaKey.ById(version.id()))
                .distinct()
                .toList();
    }

    private SchemaKey key(VersionSelector selector) {
        return new SchemaKey.ByVersion(request.subject(), selector);
    }
}
