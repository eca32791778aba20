package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.GlobalId;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.SubjectFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** A comparison of two stores by a random history: they must give the same answers to the same changes and questions. */
final class StorageHistories {
    /** After so many steps everything readable is compared. */
    private static final int STEPS_BETWEEN_COMPARISONS = 20;

    private static final List<String> SELECTORS =
            List.of("latest", "^1", "1.x", "<1.1", ">=1.0.0-rc.1 <2", "^2.0.0-0", "*", "0.1 || >2");
    private static final int MAX_ORDINAL = 8;

    private final StorageBackend reference;
    private final StorageBackend subject;
    private final RandomHistory history;
    private final SameAnswers answers = new SameAnswers();

    private StorageHistories(StorageBackend reference, StorageBackend subject, RandomHistory history) {
        this.reference = reference;
        this.subject = subject;
        this.history = history;
    }

    /**
     * Makes the same changes to both stores and compares what they answer.
     *
     * @throws AssertionError they differ; its message tells the seed and the changes made so far
     */
    static void compare(StorageBackend reference, StorageBackend subject, long seed, int steps) {
        List<String> done = new ArrayList<>();
        try {
            new StorageHistories(reference, subject, new RandomHistory(seed)).run(steps, done);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "History with seed %d failed at step %d (replay with -Dseed=%d):%n%s%n%s"
                            .formatted(seed, done.size(), seed, e, String.join(System.lineSeparator(), done)),
                    e);
        }
    }

    private void run(int steps, List<String> done) {
        for (int i = 1; i <= steps; i++) {
            HistoryStep step = history.next();
            done.add(i + ". " + step);
            apply(step);
            if (i % STEPS_BETWEEN_COMPARISONS == 0 || i == steps) {
                compareAll();
            }
        }
    }

    private void apply(HistoryStep step) {
        Map<GlobalId, GlobalId> before = answers.globalIds();
        List<Object> expected = step.applyTo(reference);
        List<Object> actual = step.applyTo(subject);
        assertThat(actual).as("outcomes of " + step).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            answers.assertSameOutcome("outcome " + i + " of " + step, expected.get(i), actual.get(i));
        }
        if (!step.isKept(expected)) {
            answers.forgetAllBut(before);
        }
    }

    private void compareAll() {
        history.tenants().forEach(this::compareTenant);
        history.ids().forEach(this::compareSchema);
        answers.globalIds()
                .forEach((actual, expected) -> answers.assertSame(
                        "global id " + expected,
                        reference.getSchema(new SchemaKey.ByGlobalId(expected)),
                        subject.getSchema(new SchemaKey.ByGlobalId(actual))));
    }

    private void compareTenant(TenantId tenant) {
        filters(tenant).forEach(this::compareLists);
        subjectFilters(tenant)
                .forEach(filter ->
                        compareList(filter.toString(), (storage, page) -> storage.listSubjects(filter, page)));
        for (SearchQuery.Scope scope : SearchQuery.Scope.values()) {
            for (SearchQuery.Order order : SearchQuery.Order.values()) {
                SearchQuery query = new SearchQuery(null, SchemaFilter.all(tenant), scope, order);
                compareList(query.toString(), (storage, page) -> storage.searchSchemas(query, page));
            }
        }
        compare("statistics", storage -> storage.statistics(tenant));
        for (String name : RandomHistory.SUBJECTS) {
            Subject asked = new Subject(tenant, name);
            compare("subject " + asked, storage -> storage.getSubject(asked));
            selectors()
                    .map(selector -> new SchemaKey.ByVersion(asked, selector))
                    .forEach(this::compareKey);
        }
        history.guids().forEach(guid -> compareKey(new SchemaKey.ByGuid(tenant, guid)));
        for (String text : RandomHistory.TEXTS) {
            var hash = SchemaExamples.fingerprints(SchemaContent.of(text)).raw();
            compareKey(new SchemaKey.ByFingerprint(tenant, hash));
        }
    }

    private static Stream<VersionSelector> selectors() {
        Stream<VersionSelector> ordinals = Stream.iterate(1, ordinal -> ordinal <= MAX_ORDINAL, ordinal -> ordinal + 1)
                .map(VersionSelector.Numbered::new);
        return Stream.concat(
                ordinals,
                Stream.of(SELECTORS, RandomHistory.VERSIONS)
                        .flatMap(List::stream)
                        .map(VersionSelector::parse));
    }

    private static Stream<SchemaFilter> filters(TenantId tenant) {
        SchemaFilter all = SchemaFilter.all(tenant);
        var content = SchemaExamples.fingerprints(SchemaContent.of(RandomHistory.TEXTS.getFirst()));
        return Stream.of(
                all,
                all.withDeletion(Deletion.DELETED),
                all.withDeletion(Deletion.ANY),
                all.withSubject(new Subject(tenant, RandomHistory.SUBJECTS.getFirst())),
                all.withStages(Set.of(Stage.DRAFT, Stage.DEPRECATED)),
                all.withFingerprint(content.raw()),
                all.withFingerprint(content.canonical()).withDeletion(Deletion.ANY),
                SchemaFilters.prefix(tenant, RandomHistory.SUBJECTS.getFirst()),
                SchemaFilters.types(tenant, SchemaType.AVRO),
                SchemaFilters.owner(tenant, RandomHistory.OWNERS.getFirst()),
                SchemaFilters.owner(tenant, "%").withDeletion(Deletion.ANY),
                SchemaFilters.tags(tenant, RandomHistory.TAGS.getFirst()),
                SchemaFilters.attributes(tenant, "{\"k\": 1}"),
                SchemaFilters.attributes(tenant, "{\"k\": [2]}"));
    }

    private static Stream<SubjectFilter> subjectFilters(TenantId tenant) {
        return Stream.of(
                SubjectFilter.all(tenant),
                new SubjectFilter(tenant, null, Set.of(), null, List.of(), Deletion.ANY),
                new SubjectFilter(tenant, null, Set.of(), null, List.of(), Deletion.DELETED),
                new SubjectFilter(tenant, "a", Set.of(), null, List.of(), Deletion.ANY),
                new SubjectFilter(tenant, null, Set.of(Stage.ACTIVE), null, List.of(), Deletion.LIVE),
                new SubjectFilter(tenant, null, Set.of(), "_", List.of(), Deletion.ANY),
                new SubjectFilter(tenant, null, Set.of(), null, List.of("50%"), Deletion.ANY));
    }

    private void compareLists(SchemaFilter filter) {
        for (SchemaOrder order : SchemaOrder.values()) {
            compareList(order + " of " + filter, (storage, page) -> storage.listSchemas(filter, order, page));
        }
    }

    private void compareSchema(SchemaId id) {
        compareKey(new SchemaKey.ById(id));
        compare("summary of " + id, storage -> storage.getSummary(id));
        for (Direction direction : Direction.values()) {
            for (boolean isTransitive : new boolean[] {true, false}) {
                for (Deletion deletion : Deletion.values()) {
                    compareList(
                            "%s %s of %s, transitive: %s".formatted(deletion, direction, id, isTransitive),
                            (storage, page) -> storage.dependencies(id, direction, deletion, isTransitive, page));
                }
            }
        }
    }

    private void compareKey(SchemaKey key) {
        compare(key.toString(), storage -> storage.getSchema(key));
        assertThat(subject.exists(key)).as("exists " + key).isEqualTo(reference.exists(key));
    }

    /** Reads one store in one page and the other in small ones, so that paging is compared too. */
    private <T> void compareList(String what, BiFunction<StorageBackend, PageRequest, Page<T>> list) {
        answers.assertSame(
                what, Pages.all(page -> list.apply(reference, page)), Pages.all(7, page -> list.apply(subject, page)));
    }

    private void compare(String what, Function<StorageBackend, Object> question) {
        answers.assertSame(what, question.apply(reference), question.apply(subject));
    }
}
