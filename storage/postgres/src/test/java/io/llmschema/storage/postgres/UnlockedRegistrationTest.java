package io.llmschema.storage.postgres;

import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.NewSchema;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectHistory;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a registration which locks nothing decides as if it had: two nodes over one database. */
class UnlockedRegistrationTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 30;

    private final PostgresConfig database = TestDatabase.config();
    private final PostgresStorage storage = PostgresStorage.open(database);
    private final PostgresStorage elsewhere = PostgresStorage.open(database);
    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final AtomicInteger texts = new AtomicInteger();

    @AfterEach
    void close() {
        storage.close();
        elsewhere.close();
    }

    /** Assigns the next minor number, and counts how often it was asked under the lock. */
    private static final class Rule implements RegistrationRule {
        private final Runnable meanwhile;
        private int askedUnderLock;

        /** @param meanwhile what happens between the look at the history and the insertion */
        Rule(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public Optional<Version> prepare(NewSchema candidate, SubjectHistory history, SchemaStore store) {
            Version next = nextMinor().assignVersion(candidate, history, store);
            meanwhile.run();
            return Optional.of(next);
        }

        @Override
        public Version assignVersion(NewSchema candidate, SubjectHistory history, SchemaStore store) {
            askedUnderLock++;
            return nextMinor().assignVersion(candidate, history, store);
        }
    }

    private NewSchema schema() {
        return examples.schema("orders", "[%d]".formatted(texts.incrementAndGet()));
    }

    private SchemaSummary register(PostgresStorage node, NewSchema schema) {
        return node.registerSchema(schema, nextMinor()).schema();
    }

    @Test
    void registerSchema_nothingHappensMeanwhile_needsNoLock() {
        register(storage, schema());
        Rule rule = new Rule(() -> {});
        List<SubjectChange> told = new ArrayList<>();
        List<ChangePosition> positions = new ArrayList<>();
        storage.onCommit((changes, position) -> {
            told.addAll(changes);
            positions.add(position);
        });

        Registration registered = storage.registerSchema(schema(), rule);

        assertThat(rule.askedUnderLock).isZero();
        assertThat(registered.isNew()).isTrue();
        assertThat(registered.schema().version()).hasToString("1.1.0");
        assertThat(registered.schema().ordinal()).isEqualTo(2);
        assertThat(told).singleElement().satisfies(change -> {
            assertThat(change.revision()).isEqualTo(registered.schema().revision());
            assertThat(change.versions())
                    .extracting(SubjectChange.Version::id)
                    .containsExactly(registered.schema().id());
        });
        assertThat(positions).singleElement().isNotEqualTo(ChangePosition.START);
    }

    @Test
    void registerSchema_anotherVersionComesMeanwhile_isDecidedAnewUnderTheLock() {
        register(storage, schema());
        Rule rule = new Rule(() -> register(elsewhere, schema()));

        Registration registered = storage.registerSchema(schema(), rule);

        assertThat(rule.askedUnderLock).isEqualTo(1);
        assertThat(registered.schema().version()).hasToString("1.2.0");
        assertThat(registered.schema().ordinal()).isEqualTo(3);
    }

    @Test
    void registerSchema_theSameComesMeanwhile_isFound() {
        register(storage, schema());
        NewSchema schema = schema();
        List<SchemaSummary> made = new ArrayList<>();
        Rule rule = new Rule(() -> made.add(
                register(elsewhere, examples.schema("orders", schema.content().text()))));

        Registration registered = storage.registerSchema(schema, rule);

        assertThat(registered.isNew()).isFalse();
        assertThat(made).containsExactly(registered.schema());
        assertThat(rule.askedUnderLock).isZero();
    }

    @Test
    void registerSchema_theSubjectsSettingsChangeMeanwhile_isDecidedAnewUnderTheLock() {
        SchemaSummary first = register(storage, schema());
        Rule rule = new Rule(
                () -> elsewhere.updateSettings(first.subject(), present -> present.withMode(WriteMode.READWRITE)));

        storage.registerSchema(schema(), rule);

        assertThat(rule.askedUnderLock).isEqualTo(1);
    }

    @Test
    void registerSchema_whatIsSetForAllSubjectsChangesMeanwhile_isDecidedAnewUnderTheLock() {
        SchemaSummary first = register(storage, schema());
        TenantId tenant = first.subject().tenant();
        for (Subject scope : List.of(Subject.global(tenant), Subject.ofAllContexts(tenant))) {
            for (WriteMode mode : List.of(WriteMode.READWRITE, WriteMode.READONLY)) {
                Rule rule = new Rule(() -> elsewhere.updateSettings(scope, present -> present.withMode(mode)));

                storage.registerSchema(schema(), rule);

                assertThat(rule.askedUnderLock).as(scope + " " + mode).isEqualTo(1);
            }
        }
    }

    @Test
    void registerSchema_theSubjectIsDeletedMeanwhile_comesBack() {
        SchemaSummary first = register(storage, schema());
        Rule rule = new Rule(() -> elsewhere.deleteSubject(first.subject(), first.createdAt()));

        SchemaSummary second = storage.registerSchema(schema(), rule).schema();

        assertThat(rule.askedUnderLock).isEqualTo(1);
        assertThat(storage.getSubject(first.subject()).orElseThrow().versionCount())
                .isEqualTo(1);
        assertThat(second.ordinal()).isEqualTo(2);
    }

    @Test
    void registerSchema_itsContentComesIntoAnotherSubjectMeanwhile_sharesItsGlobalId() {
        register(storage, schema());
        NewSchema schema = schema();
        List<SchemaSummary> made = new ArrayList<>();
        Rule rule = new Rule(() -> made.add(
                register(elsewhere, examples.schema("invoices", schema.content().text()))));

        Registration registered = storage.registerSchema(schema, rule);

        assertThat(registered.isNew()).isTrue();
        assertThat(made)
                .extracting(SchemaSummary::globalId)
                .containsExactly(registered.schema().globalId());
    }

    @Test
    void registerSchema_onTwoNodesAtOnce_numbersWithoutGaps() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Integer>> tasks = IntStream.range(0, THREADS)
                .<Callable<Integer>>mapToObj(thread -> () -> {
                    PostgresStorage node = thread % 2 == 0 ? storage : elsewhere;
                    start.await();
                    for (int round = 0; round < ROUNDS; round++) {
                        register(node, schema());
                    }
                    return thread;
                })
                .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }

        SchemaFilter filter = SchemaFilter.all(schema().subject().tenant());
        List<SchemaSummary> listed = storage.listSchemas(
                        filter, SchemaOrder.BY_ORDINAL, PageRequest.first(PageRequest.MAX_SIZE))
                .items();
        assertThat(listed)
                .extracting(SchemaSummary::ordinal)
                .isEqualTo(IntStream.rangeClosed(1, THREADS * ROUNDS).boxed().toList());
        assertThat(listed).extracting(SchemaSummary::globalId).doesNotHaveDuplicates();
        assertThat(listed)
                .extracting(summary -> summary.version().toString())
                .isEqualTo(IntStream.range(0, THREADS * ROUNDS)
                        .mapToObj(i -> "1." + i + ".0")
                        .toList());
    }
}
