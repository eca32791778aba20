package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.Seen;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectChange.Kind;
import io.llmschema.storage.SubjectDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ObservableStorage} does beside being a store. Extended in one line. */
public abstract class ObservableStorageContract {
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final int MANY = 100;

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final List<SubjectChange> told = new ArrayList<>();
    private ChangePosition position = ChangePosition.START;
    private ObservableStorage storage = new InMemoryStorage(new JsonContainment());

    /** The store to test, called once for each test, which closes it. It may hold, and be changed by, anything of other tenants. */
    protected abstract ObservableStorage createStorage();

    @BeforeEach
    final void openStorage() {
        storage = createStorage();
        storage.onCommit((changes, behind) -> {
            told.addAll(changes);
            position = behind;
        });
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    private SchemaSummary register(String subject, String version) {
        return register(subject, version, "{\"const\": \"%s %s\"}".formatted(subject, version));
    }

    private SchemaSummary register(String subject, String version, String text) {
        return storage.registerSchema(examples.schema(subject, text), RegistrationRules.assign(version))
                .schema();
    }

    private SubjectChange onlyChange() {
        assertThat(told).hasSize(1);
        return told.removeFirst();
    }

    private static SubjectChange.Version version(SchemaSummary schema, boolean isFirst) {
        return new SubjectChange.Version(schema.id(), schema.revision(), isFirst ? schema.globalId() : null);
    }

    @Test
    void onCommit_registration_isAnAddition() {
        SchemaSummary schema = register("orders", "1.0.0");

        assertThat(onlyChange())
                .isEqualTo(new SubjectChange(
                        schema.subject(), schema.revision(), Kind.ADDITION, List.of(version(schema, true))));
    }

    @Test
    void onCommit_contentThatWasThere_doesNotComeWithTheVersion() {
        register("orders", "1.0.0", "{}");
        told.clear();
        SchemaSummary other = register("invoices", "1.0.0", "{}");

        assertThat(onlyChange().versions()).containsExactly(version(other, false));
    }

    @Test
    void onCommit_registrationOfWhatIsThere_isNone() {
        var schema = examples.schema("orders", "{}");
        storage.registerSchema(schema, RegistrationRules.assign("1.0.0"));
        told.clear();
        storage.registerSchema(examples.schema("orders", "{}"), RegistrationRules.assign("2.0.0"));

        assertThat(told).isEmpty();
    }

    @Test
    void onCommit_stateAndDeletion_areAlterations() {
        SchemaSummary one = register("orders", "1.0.0");
        SchemaSummary two = register("orders", "2.0.0");
        told.clear();

        SchemaSummary deprecated =
                storage.updateSchemaState(one.id(), _ -> new SchemaState.Deprecated("old", null, null));
        assertThat(onlyChange())
                .isEqualTo(new SubjectChange(
                        one.subject(), deprecated.revision(), Kind.ALTERATION, List.of(version(deprecated, true))));
        SchemaSummary deleted = storage.deleteSchema(two.id(), examples.now());
        assertThat(onlyChange())
                .isEqualTo(new SubjectChange(
                        one.subject(), deleted.revision(), Kind.ALTERATION, List.of(version(deleted, true))));
    }

    @Test
    void onCommit_purge_namesTheVersionThatIsGoneAndTheContentItLeaves() {
        SchemaSummary first = register("orders", "1.0.0", "{}");
        SchemaSummary second = register("invoices", "1.0.0", "{}");
        SchemaSummary third = register("customers", "1.0.0", "{}");
        for (SchemaSummary schema : List.of(first, second, third)) {
            storage.deleteSchema(schema.id(), examples.now());
        }
        told.clear();

        // It moves, it stays where it is, it goes.
        for (SchemaSummary schema : List.of(first, third, second)) {
            storage.purgeSchema(schema.id());

            long revision = storage.getSubject(schema.subject()).orElseThrow().revision();
            assertThat(revision).isEqualTo(schema.revision() + 2);
            assertThat(onlyChange())
                    .isEqualTo(new SubjectChange(
                            schema.subject(),
                            revision,
                            Kind.ALTERATION,
                            List.of(new SubjectChange.Version(
                                    schema.id(), revision, schema.equals(third) ? null : schema.globalId()))));
        }
    }

    @Test
    void see_purged_isAbsentInEveryWay_sinceThatChange() {
        SchemaSummary gone = register("orders", "1.0.0", "{}");
        SchemaSummary left = register("invoices", "1.0.0", "{}");
        storage.deleteSchema(gone.id(), examples.now());
        storage.purgeSchema(gone.id());

        SchemaKey byId = new SchemaKey.ById(gone.id());
        SchemaKey byGlobalId = new SchemaKey.ByGlobalId(gone.globalId());
        assertThat(storage.see(byId)).isEqualTo(new Seen<Schema>(null, gone.revision() + 2, position, position));
        assertThat(storage.seeAll(List.of(byId))).containsEntry(byId, storage.see(byId));
        assertThat(storage.see(byGlobalId).found()).map(Schema::summary).contains(left);
        assertThat(storage.see(byGlobalId).revision()).isEqualTo(left.revision());
        assertThat(storage.see(byGlobalId).shown()).isEqualTo(position);
        Seen<Schema> latest = storage.see(new SchemaKey.ByVersion(gone.subject(), VersionSelector.LATEST));
        assertThat(latest.found()).isEmpty();
        assertThat(latest.revision()).isEqualTo(gone.revision() + 2);
        assertThat(latest.shown()).isEqualTo(position);

        storage.deleteSchema(left.id(), examples.now());
        storage.purgeSchema(left.id());
        assertThat(storage.see(byGlobalId))
                .isEqualTo(new Seen<Schema>(null, Math.max(gone.revision(), left.revision()) + 2, position, position));
    }

    @Test
    void onCommit_updateOfSubject_touchesNoVersion() {
        SchemaSummary schema = register("orders", "1.0.0");
        told.clear();
        long revision = storage.updateSubject(
                        schema.subject(),
                        _ -> new SubjectDetails(new Metadata("said", null, List.of(), "{}"), new SchemaState.Active()),
                        examples.now())
                .revision();

        assertThat(onlyChange()).isEqualTo(new SubjectChange(schema.subject(), revision, Kind.STATEMENT, List.of()));
    }

    @Test
    void onCommit_deletionOfSubject_namesAllItsVersions() {
        SchemaSummary one = register("orders", "1.0.0");
        register("orders", "2.0.0");
        storage.deleteSchema(one.id(), examples.now());
        register("orders", "3.0.0");
        told.clear();
        List<SchemaSummary> deleted = storage.deleteSubject(one.subject(), examples.now());

        assertThat(onlyChange())
                .isEqualTo(new SubjectChange(
                        one.subject(),
                        deleted.getFirst().revision(),
                        Kind.ALTERATION,
                        deleted.stream().map(schema -> version(schema, true)).toList()));
    }

    @Test
    void onCommit_transaction_isToldOnceItIsCommitted() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("orders", "1"), RegistrationRules.assign("1.0.0"));
            transaction.registerSchema(examples.schema("invoices", "2"), RegistrationRules.assign("1.0.0"));
            assertThat(told).isEmpty();
            transaction.commit();
        }
        assertThat(told).hasSize(2);
        told.clear();
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("orders", "3"), RegistrationRules.assign("3.0.0"));
        }

        assertThat(told).as("given up").isEmpty();
    }

    @Test
    void see_answersAsTheStoreDoes_withTheRevisionOfWhatWasAskedAbout() {
        SchemaSummary old = register("orders", "1.0.0");
        SchemaSummary latest = register("orders", "1.1.0");
        Subject subject = latest.subject();

        for (String selector : List.of("latest", "1.1.0", "ordinal:2", "^1.0.0")) {
            SchemaKey key = new SchemaKey.ByVersion(subject, VersionSelector.parse(selector));
            assertThat(storage.see(key).found()).as(selector).isEqualTo(storage.getSchema(key));
            assertThat(storage.see(key).found().map(Schema::summary)).contains(latest);
            assertThat(storage.see(key).revision()).isEqualTo(latest.revision());
        }
        SchemaKey older = new SchemaKey.ByVersion(subject, VersionSelector.parse("1.0.0"));
        assertThat(storage.see(older).revision()).as("the subject's").isEqualTo(latest.revision());
        for (SchemaKey key : List.of(new SchemaKey.ById(old.id()), new SchemaKey.ByGlobalId(old.globalId()))) {
            assertThat(storage.see(key).found()).as(key.toString()).isEqualTo(storage.getSchema(key));
            assertThat(storage.see(key).revision()).as("the version's").isEqualTo(old.revision());
        }
        assertThat(storage.see(subject).found()).isEqualTo(storage.getSubject(subject));
        assertThat(storage.see(subject).revision()).isEqualTo(latest.revision());
        assertThat(storage.see(subject).shown()).isEqualTo(position);
    }

    @Test
    void see_absent_hasTheRevisionAtWhichItIsNotThere() {
        SchemaSummary schema = register("orders", "1.0.0");
        SchemaKey absent = new SchemaKey.ByVersion(schema.subject(), VersionSelector.parse("2.0.0"));
        SchemaKey ofNoSubject = new SchemaKey.ByVersion(examples.subject("invoices"), VersionSelector.LATEST);
        SchemaKey byId = new SchemaKey.ById(new SchemaId(examples.tenant(), UUID.randomUUID()));
        SchemaKey byGlobalId = new SchemaKey.ByGlobalId(new GlobalId(examples.tenant(), Integer.MAX_VALUE));

        assertThat(storage.see(absent)).isEqualTo(new Seen<Schema>(null, schema.revision(), position, position));
        Map<SchemaKey, Seen<Schema>> none = storage.seeAll(List.of(ofNoSubject, byId, byGlobalId));
        assertThat(none)
                .hasSize(3)
                .allSatisfy((key, seen) -> assertThat(seen)
                        .isEqualTo(storage.see(key))
                        .isEqualTo(new Seen<Schema>(null, 0, ChangePosition.START, ChangePosition.START)));
    }

    @Test
    void seeAll_isAsEachAlone() {
        SchemaSummary one = register("orders", "1.0.0");
        SchemaSummary two = register("invoices", "1.0.0");
        List<SchemaKey> keys = List.of(
                new SchemaKey.ById(one.id()),
                new SchemaKey.ById(two.id()),
                new SchemaKey.ByGlobalId(two.globalId()),
                new SchemaKey.ByVersion(one.subject(), VersionSelector.LATEST));

        assertThat(storage.seeAll(keys))
                .hasSize(4)
                .allSatisfy((key, seen) -> assertThat(seen).isEqualTo(storage.see(key)));
        assertThat(storage.seeAll(List.of())).isEmpty();
    }

    @Test
    void follow_tellsWhatHappensFromThenOn() {
        register("before", "1.0.0");
        try (ChangeFeed feed = storage.follow()) {
            ChangePosition start = feed.next(A_WHILE).upTo();
            SchemaSummary schema = register("orders", "1.0.0");
            SubjectChange change = told.getLast();

            Changes changes = awaitPosition(feed);

            assertThat(changes.isComplete()).isTrue();
            assertThat(ours(changes)).containsExactly(change);
            assertThat(change.subject()).isEqualTo(schema.subject());
            assertThat(changes.upTo().covers(position)).isTrue();
            assertThat(start.covers(position)).isFalse();
            assertThat(changes.asOf()).isLessThanOrEqualTo(System.nanoTime());
        }
    }

    /** What is told until all that this test has committed is. */
    private Changes awaitPosition(ChangeFeed feed) {
        List<SubjectChange> all = new ArrayList<>();
        long deadline = System.nanoTime() + A_WHILE.toNanos();
        while (true) {
            Changes changes = feed.next(A_MOMENT);
            assertThat(changes.isComplete()).isTrue();
            all.addAll(changes.changes());
            if (changes.upTo().covers(position)) {
                return new Changes(all.stream().distinct().toList(), changes.upTo(), changes.asOf(), true);
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private List<SubjectChange> ours(Changes changes) {
        return changes.changes().stream()
                .filter(change -> change.subject().tenant().equals(examples.tenant()))
                .toList();
    }

    @Test
    void follow_whileOthersCommitInAnyOrder_missesNothing() throws Exception {
        try (ChangeFeed feed = storage.follow()) {
            feed.next(A_WHILE);
            Set<String> registered = new TreeSet<>();
            Thread others = Thread.ofVirtual().unstarted(() -> {
                for (int i = 0; i < 20; i++) {
                    register("later" + i, "1.0.0");
                }
            });
            // A transaction that began early ends after many that began later.
            try (StorageTransaction early = storage.beginTransaction()) {
                early.registerSchema(examples.schema("early", "{}"), RegistrationRules.assign("1.0.0"));
                others.start();
                // A store that makes one change at a time lets the others in when this one has ended.
                others.join(Duration.ofMillis(500));
                feed.next(A_MOMENT)
                        .changes()
                        .forEach(change -> registered.add(change.subject().name()));
                early.commit();
            }
            others.join();
            ours(awaitPosition(feed))
                    .forEach(change -> registered.add(change.subject().name()));

            assertThat(registered)
                    .contains("early")
                    .filteredOn(name -> name.startsWith("later"))
                    .hasSize(20);
        }
    }

    @Test
    void recent_mergesTheChangesOfASubject() {
        register("orders", "1.0.0");
        register("orders", "2.0.0");
        register("invoices", "1.0.0");

        Changes recent = storage.recent(Duration.ofMinutes(1), 1_000_000);

        assertThat(recent.isComplete()).isTrue();
        assertThat(ours(recent)).containsExactlyInAnyOrder(told.get(0).merge(told.get(1)), told.get(2));
    }

    @Test
    void recent_moreThanTheLimit_isIncomplete() {
        register("orders", "1.0.0");
        register("invoices", "1.0.0");

        Changes recent = storage.recent(Duration.ofMinutes(1), 1);

        assertThat(recent.isComplete()).isFalse();
        assertThat(recent.changes()).isEmpty();
    }

    @Test
    void consistency_readerIsToldHowNewItsAnswersAre() {
        SchemaSummary schema = register("orders", "1.0.0");
        ChangePosition registered = position;

        assertThat(shownBy(() -> storage.getSchema(new SchemaKey.ById(schema.id())))
                        .covers(registered))
                .isTrue();
        assertThat(shownBy(() -> storage.getSubject(schema.subject())).covers(registered))
                .isTrue();
        assertThat(shownBy(() -> storage.listSchemas(
                                SchemaFilter.all(examples.tenant()), SchemaOrder.BY_ORDINAL, PageRequest.first(10)))
                        .covers(registered))
                .isTrue();
        assertThat(shownBy(() -> storage.registerSchema(
                                examples.schema("orders", "{\"const\": \"orders 1.0.0\"}"),
                                RegistrationRules.assign("9.0.0")))
                        .covers(registered))
                .as("what was there already")
                .isTrue();
        assertThat(shownBy(() -> register("orders", "2.0.0"))).isEqualTo(position);
    }

    private static ChangePosition shownBy(Supplier<?> question) {
        Consistency consistency = new Consistency(ChangePosition.START);
        consistency.in(question);
        return consistency.shown();
    }

    @Test
    void manyVersions_ofADeletedSubject_areAllTold() {
        SchemaSummary first = register("orders", "1.0.0");
        for (int i = 1; i < MANY; i++) {
            register("orders", "1." + i + ".0");
        }
        told.clear();
        storage.deleteSubject(first.subject(), examples.now());

        assertThat(onlyChange().versions()).hasSize(MANY);
    }
}
