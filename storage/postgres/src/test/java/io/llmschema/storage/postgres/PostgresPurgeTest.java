package io.llmschema.storage.postgres;

import static io.llmschema.testkit.RegistrationRules.assign;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a removal leaves in the tables, and how it meets changes that others make to the same content at the same time. */
@Timeout(60)
class PostgresPurgeTest {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final PostgresStorage storage = PostgresStorage.open(TestDatabase.config());
    private final List<SubjectChange> told = new ArrayList<>();
    private final Jdbi jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());

    @AfterEach
    void close() {
        storage.close();
    }

    private SchemaSummary register(String subject, String text) {
        return storage.registerSchema(examples.schema(subject, text), assign("1.0.0"))
                .schema();
    }

    private SchemaSummary registerDeleted(String subject, String text) {
        return storage.deleteSchema(register(subject, text).id(), examples.now());
    }

    /** Begins work that has to wait for the transaction of this thread, and returns once it does. */
    private <T> Future<T> waiting(ExecutorService threads, Callable<T> work) {
        Future<T> future = threads.submit(work);
        long deadline = System.nanoTime() + A_WHILE.toNanos();
        while (waiters() == 0) {
            assertThat(future).as("it waits").isNotDone();
            assertThat(System.nanoTime()).as("it waits in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
        return future;
    }

    /** How many wait for a lock. The tests of this room follow one another, so they are this test's own. */
    private int waiters() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .mapTo(Integer.class)
                .one());
    }

    private int rows(String table, String column, Object value) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM " + table + " WHERE " + column + " = :value")
                        .bind("value", value)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void purgeSchema_leavesNothingButTheNumber() {
        register("address", "true");
        SchemaSummary schema = storage.registerSchema(
                        examples.in("orders")
                                .title("Zebra")
                                .owner("someone")
                                .references(examples.reference("address", "1.0.0"))
                                .build(),
                        assign("1.2.3+build"))
                .schema();
        storage.deleteSchema(schema.id(), examples.now());
        storage.purgeSchema(schema.id());

        assertThat(rows("schemas", "id", schema.id().uuid())).isZero();
        assertThat(rows("search_words", "tenant", examples.tenant().value()))
                .as("of the schema that it referred to")
                .isEqualTo(1);
        assertThat(rows("schema_dependencies", "schema_id", schema.id().uuid())).isZero();
        assertThat(rows("contents", "global_id", schema.globalId().value())).isZero();
        assertThat(rows("purged_versions", "tenant", examples.tenant().value())).isEqualTo(1);
    }

    @Test
    void registerSchema_whoseContentIsBeingPurged_isBegunAnew() throws Exception {
        SchemaSummary old = registerDeleted("old", "{}");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Registration> registration;
            try (StorageTransaction transaction = storage.beginTransaction()) {
                transaction.purgeSchema(old.id());
                registration =
                        waiting(threads, () -> storage.registerSchema(examples.schema("new", "{}"), assign("1.0.0")));
                transaction.commit();
            }

            SchemaSummary made =
                    registration.get(A_WHILE.toSeconds(), TimeUnit.SECONDS).schema();
            assertThat(made.globalId()).isNotEqualTo(old.globalId());
            assertThat(storage.getSchema(new SchemaKey.ByGlobalId(made.globalId())))
                    .map(Schema::summary)
                    .contains(made);
            assertThat(storage.getSchema(new SchemaKey.ByGlobalId(old.globalId())))
                    .isEmpty();
        }
    }

    @Test
    void purgeSchema_whoseContentIsBeingRegistered_leavesItToThat() throws Exception {
        SchemaSummary old = registerDeleted("old", "{}");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SchemaSummary made;
            Future<SchemaSummary> purge;
            try (StorageTransaction transaction = storage.beginTransaction()) {
                made = transaction
                        .registerSchema(examples.schema("new", "{}"), assign("1.0.0"))
                        .schema();
                purge = waiting(threads, () -> storage.purgeSchema(old.id()));
                transaction.commit();
            }

            assertThat(purge.get(A_WHILE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(old);
            assertThat(made.globalId()).isEqualTo(old.globalId());
            assertThat(storage.getSchema(new SchemaKey.ByGlobalId(old.globalId())))
                    .map(Schema::summary)
                    .contains(made);
        }
    }

    @Test
    void updateSchemaState_ofTheVersionThatIsBeingGivenTheGlobalId_tellsThatItLeadsThere() throws Exception {
        SchemaSummary old = registerDeleted("old", "{}");
        SchemaSummary heir = register("heir", "{}");
        storage.onCommit((changes, _) -> {
            synchronized (told) {
                told.addAll(changes);
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SchemaSummary> change;
            try (StorageTransaction transaction = storage.beginTransaction()) {
                transaction.purgeSchema(old.id());
                change = waiting(threads, () -> storage.updateSchemaState(heir.id(), _ -> new SchemaState.Archived()));
                transaction.commit();
            }
            SchemaSummary changed = change.get(A_WHILE.toSeconds(), TimeUnit.SECONDS);

            synchronized (told) {
                assertThat(told)
                        .filteredOn(each -> each.subject().equals(heir.subject()))
                        .flatExtracting(SubjectChange::versions)
                        .contains(new SubjectChange.Version(heir.id(), changed.revision(), heir.globalId()));
            }
        }
    }
}
