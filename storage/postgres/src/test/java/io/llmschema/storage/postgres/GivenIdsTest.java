package io.llmschema.storage.postgres;

import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Placement;
import io.llmschema.model.RegistryException.GlobalIdTaken;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That no number means two contents, whoever gives numbers and whoever has them chosen at the same time. */
class GivenIdsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    private final PostgresConfig database = TestDatabase.ofItsOwn();
    private final PostgresStorage storage = PostgresStorage.open(database);
    private final PostgresStorage elsewhere = PostgresStorage.open(database);
    private final Jdbi jdbi = Jdbi.create(database.jdbcUrl());
    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final AtomicInteger texts = new AtomicInteger();
    private final long seed = Long.getLong("seed", new Random().nextLong());

    @AfterEach
    void close() {
        storage.close();
        elsewhere.close();
    }

    private NewSchema schema(String subject) {
        return examples.schema(subject, "[%d]".formatted(texts.incrementAndGet()));
    }

    private NewSchema imported(String subject, int globalId) {
        return examples.in(subject)
                .text("[%d]".formatted(texts.incrementAndGet()))
                .placement(new Placement(null, globalId, true))
                .build();
    }

    private SchemaSummary register(NewSchema schema) {
        return storage.registerSchema(schema, nextMinor()).schema();
    }

    private int lastValue() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT last_value FROM global_ids")
                .mapTo(Integer.class)
                .one());
    }

    private void assertLeadsTo(GlobalId id, NewSchema schema) {
        assertThat(storage.getSchema(new SchemaKey.ByGlobalId(id)))
                .map(Schema::content)
                .as("global id " + id)
                .contains(schema.content());
    }

    @Test
    void registering_whileIdsAreGiven_neverMeansTwoContents() throws Exception {
        Map<GlobalId, NewSchema> known = new ConcurrentHashMap<>();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean isGiving = thread % 2 == 0;
            PostgresStorage node = thread % 4 < 2 ? storage : elsewhere;
            Random random = new Random(seed + thread);
            String subject = "s" + thread;
            tasks.add(() -> {
                int refused = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    NewSchema schema = isGiving ? imported(subject, lastValue() + random.nextInt(4)) : schema(subject);
                    try {
                        GlobalId id = node.registerSchema(schema, nextMinor())
                                .schema()
                                .globalId();
                        assertThat(known.putIfAbsent(id, schema))
                                .as("global id " + id)
                                .isNull();
                    } catch (GlobalIdTaken e) {
                        // Another was faster; but only who wishes for a number is told so.
                        assertThat(isGiving).as("seed " + seed).isTrue();
                        refused++;
                    }
                }
                return refused;
            });
        }

        List<Integer> refusals = together(tasks);

        assertThat(known)
                .as("seed " + seed)
                .hasSize(THREADS * ROUNDS
                        - refusals.stream().mapToInt(Integer::intValue).sum());
        known.forEach(this::assertLeadsTo);
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void registering_meetsNumbersGivenBefore_takesOthers() {
        int last = register(schema("orders")).globalId().value();
        NewSchema given = imported("imports", last + 1);
        register(given);
        // As if it had been chosen just before the sequence was raised.
        jdbi.useHandle(handle -> handle.execute("SELECT setval('global_ids', ?)", last));

        SchemaSummary next = register(schema("orders"));

        assertThat(next.globalId().value()).isEqualTo(last + 2);
        assertThat(next.ordinal()).isEqualTo(2);
        assertLeadsTo(new GlobalId(examples.tenant(), last + 1), given);
    }

    @Test
    void importing_idThatIsBeingGivenToAnother_waitsForIt() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (boolean isCommitted : new boolean[] {true, false}) {
                Future<SchemaSummary> wish;
                NewSchema wishing;
                GlobalId id;
                try (PostgresTransaction transaction = storage.beginTransaction()) {
                    id = transaction
                            .registerSchema(schema("orders" + isCommitted), nextMinor())
                            .schema()
                            .globalId();
                    wishing = imported("imports" + isCommitted, id.value());
                    wish = threads.submit(() -> register(wishing));
                    awaitWaiter(wish);
                    if (isCommitted) {
                        transaction.commit();
                    }
                }

                if (isCommitted) {
                    Future<SchemaSummary> refused = wish;
                    assertThatThrownBy(refused::get).hasCauseInstanceOf(GlobalIdTaken.class);
                } else {
                    assertThat(wish.get().globalId()).isEqualTo(id);
                    assertLeadsTo(id, wishing);
                }
            }
        }
    }

    private void awaitWaiter(Future<?> work) {
        while (jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")
                        .mapTo(Integer.class)
                        .one())
                == 0) {
            assertThat(work).as("it waits").isNotDone();
            Thread.onSpinWait();
        }
    }

    @Test
    void importing_idThatTheSequenceHasPassed_leavesItAlone() {
        int first = register(imported("imports", 5_000)).globalId().value();
        int raised = lastValue();
        int second = register(imported("imports", 4_000)).globalId().value();

        assertThat(raised).isEqualTo(first + WishedNumbers.MARGIN);
        assertThat(second).isEqualTo(4_000);
        assertThat(lastValue()).isEqualTo(raised);
    }

    @Test
    void registering_withoutAWish_takesTheNextNumber() {
        register(schema("orders"));
        int before = lastValue();

        SchemaSummary next = register(schema("orders"));

        assertThat(next.globalId().value()).isEqualTo(before + 1);
        assertThat(lastValue()).isEqualTo(before + 1);
    }

    @Test
    void importing_highestId_leavesSomeToChoose() {
        register(imported("imports", Placement.MAX_GLOBAL_ID));

        SchemaSummary next = register(schema("orders"));

        assertThat(next.globalId().value()).isGreaterThan(Placement.MAX_GLOBAL_ID);
    }
}
