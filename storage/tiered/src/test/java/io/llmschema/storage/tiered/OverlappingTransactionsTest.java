package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaWriter;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.testkit.FailingStorage;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a node shows that hears of nothing: to those who send tokens, where transactions of PostgreSQL end in another order than they
 * began; and of subjects that it changes itself.
 */
class OverlappingTransactionsTest {
    /** Longer than the test, so that what is kept is believed all the while. */
    private static final Duration BOUND = Duration.ofMinutes(5);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final PostgresStorage writing = PostgresStorage.open(TestDatabase.config());
    private final FailingStorage elsewhere = new FailingStorage(PostgresStorage.open(TestDatabase.config()), true);
    private final CachingStorage reading = new CachingStorage(
            elsewhere.asStorage(),
            new CaffeineSchemaCache(CacheLimits.DEFAULT),
            CacheLimits.DEFAULT,
            InvalidationChannel.none(),
            BOUND);

    @AfterEach
    void close() {
        reading.close();
        writing.close();
    }

    private void register(SchemaWriter writer, String subject, String version) {
        writer.registerSchema(
                examples.schema(subject, "{\"const\": \"" + subject + version + "\"}"),
                (_, _, _) -> Version.parse(version));
    }

    private static ChangePosition token(Supplier<?> work) {
        Consistency consistency = new Consistency(ChangePosition.START);
        consistency.in(work);
        return consistency.shown();
    }

    private int listed(ChangePosition token) {
        return new Consistency(token)
                .in(() -> reading.listSchemas(
                                SchemaFilter.all(examples.tenant()), SchemaOrder.BY_ORDINAL, PageRequest.first(100))
                        .items()
                        .size());
    }

    private String latest(String subject, ChangePosition token) {
        SchemaKey key = new SchemaKey.ByVersion(examples.subject(subject), VersionSelector.LATEST);
        return new Consistency(token)
                .in(() -> reading.getSchema(key)
                        .map(schema -> schema.summary().version().toString())
                        .orElse("none"));
    }

    @Test
    void list_readWhileAnEarlierTransactionRuns_isNotTakenForComplete() {
        elsewhere.fallSilent();
        ChangePosition[] token = new ChangePosition[1];
        try (StorageTransaction early = writing.beginTransaction()) {
            register(early, "early", "1.0.0");
            register(writing, "late", "1.0.0");
            assertThat(listed(ChangePosition.START)).isEqualTo(1);
            token[0] = token(() -> {
                early.commit();
                return early;
            });
        }

        assertThat(listed(token[0])).isEqualTo(2);
    }

    @Test
    void subject_changedByATransactionThatBeganBeforeItsLastChange_isShownAsThatLeftIt() {
        elsewhere.fallSilent();
        ChangePosition[] token = new ChangePosition[1];
        try (StorageTransaction early = writing.beginTransaction()) {
            register(early, "first", "1.0.0");
            register(writing, "second", "1.0.0");
            assertThat(latest("second", ChangePosition.START)).isEqualTo("1.0.0");
            register(early, "second", "2.0.0");
            token[0] = token(() -> {
                early.commit();
                return early;
            });
        }

        assertThat(latest("second", token[0])).isEqualTo("2.0.0");
    }

    @Test
    void absence_readWhileAnEarlierTransactionRuns_isNotTakenForComplete() {
        elsewhere.fallSilent();
        ChangePosition[] token = new ChangePosition[1];
        try (StorageTransaction early = writing.beginTransaction()) {
            register(early, "early", "1.0.0");
            assertThat(latest("early", ChangePosition.START)).isEqualTo("none");
            token[0] = token(() -> {
                early.commit();
                return early;
            });
        }

        assertThat(latest("early", token[0])).isEqualTo("1.0.0");
    }

    @Test
    void registration_ofWhatAnotherNodeMade_isFoundByWhoeverSendsItsToken() {
        elsewhere.fallSilent();
        assertThat(latest("same", ChangePosition.START)).isEqualTo("none");
        register(writing, "same", "1.0.0");

        ChangePosition token = token(() -> {
            register(reading, "same", "1.0.0");
            return reading;
        });

        assertThat(latest("same", token)).isEqualTo("1.0.0");
        assertThat(latest("same", ChangePosition.START)).isEqualTo("1.0.0");
    }

    @Test
    void versionChangedElsewhere_isShownOnceThisNodeChangesItsSubject() {
        register(writing, "orders", "1.0.0");
        SchemaSummary one = writing.getSchema(byVersion("1.0.0")).orElseThrow().summary();
        List<SchemaKey> keys = List.of(
                new SchemaKey.ById(one.id()),
                new SchemaKey.ByGlobalId(one.globalId()),
                byVersion("1.0.0"),
                byVersion("ordinal:1"));
        keys.forEach(reading::getSchema);
        elsewhere.fallSilent();
        writing.updateSchemaState(one.id(), _ -> new SchemaState.Deprecated("old", null, null));
        assertThat(keys).allSatisfy(key -> assertThat(stage(key)).isEqualTo(Stage.ACTIVE));

        register(reading, "orders", "2.0.0");

        assertThat(keys).allSatisfy(key -> assertThat(stage(key)).isEqualTo(Stage.DEPRECATED));
    }

    private SchemaKey byVersion(String selector) {
        return new SchemaKey.ByVersion(examples.subject("orders"), VersionSelector.parse(selector));
    }

    private Stage stage(SchemaKey key) {
        return reading.getSchema(key).orElseThrow().summary().state().stage();
    }
}
