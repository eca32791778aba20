package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import io.llmschema.testkit.AccessLogContract;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class PostgresAccessLogTest extends AccessLogContract<PostgresStorage> {
    private static final Duration RETENTION = Duration.ofDays(90);

    /** Years before what any other test counts, and apart from each other. */
    private static final Instant LONG_AGO = Instant.parse("2019-03-05T00:00:00Z");

    private static final Instant LONGER_AGO = Instant.parse("2009-03-05T00:00:00Z");

    private final Jdbi jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());
    private final SchemaId id = SchemaExamples.ofFreshTenant().newId();

    @Override
    protected PostgresStorage createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }

    @Override
    protected AccessLog createLog(PostgresStorage of, Duration retention, InstantSource clock) {
        return of.accessLog(retention, clock);
    }

    private static AccessCount one(SchemaId id, Instant minute) {
        return new AccessCount(id, minute, 1, Duration.ofMillis(1), minute);
    }

    /** The reads of a schema by the partition that they are in. */
    private List<String> rows() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT tableoid::regclass || ' ' || sum(access_count) FROM schema_access_log WHERE schema_id = :id
                        GROUP BY tableoid ORDER BY 1""")
                .bind("id", id.uuid())
                .mapTo(String.class)
                .list());
    }

    @Test
    void maintain_movesWhatIsInTheDefaultPartition_andDropsWhatIsPastRetention() {
        Instant lastMinute = LONG_AGO.minus(1, ChronoUnit.MINUTES);
        Instant muchEarlier = LONG_AGO.minus(RETENTION).minus(1, ChronoUnit.DAYS);
        try (PostgresStorage storage = createStorage()) {
            AccessLog then = storage.accessLog(RETENTION, InstantSource.fixed(LONG_AGO));
            then.record(List.of(one(id, LONG_AGO), one(id, lastMinute), one(id, muchEarlier)));
            assertThat(rows()).containsExactly("schema_access_log_default 3");

            assertThat(then.maintain()).isTrue();

            assertThat(rows()).containsExactly("schema_access_log_20190305 1", "schema_access_log_default 1");
            then.record(List.of(
                    one(id, LONG_AGO),
                    one(id, LONG_AGO.plus(AccessLogMaintenance.DAYS_AHEAD, ChronoUnit.DAYS)),
                    one(id, LONG_AGO.plus(AccessLogMaintenance.DAYS_AHEAD + 1L, ChronoUnit.DAYS)),
                    one(id, lastMinute)));
            assertThat(rows())
                    .containsExactly(
                            "schema_access_log_20190305 2",
                            "schema_access_log_20190308 1",
                            "schema_access_log_default 3");

            // At 23:59 of the last day on which the first partition is still kept, and a minute later.
            Instant kept = LONG_AGO.plus(RETENTION).plus(1, ChronoUnit.DAYS).minus(1, ChronoUnit.MINUTES);
            storage.accessLog(RETENTION, InstantSource.fixed(kept)).maintain();
            assertThat(rows())
                    .containsExactly(
                            "schema_access_log_20190305 2",
                            "schema_access_log_20190308 1",
                            "schema_access_log_default 1");
            storage.accessLog(RETENTION, InstantSource.fixed(kept.plus(1, ChronoUnit.MINUTES)))
                    .maintain();
            assertThat(rows()).containsExactly("schema_access_log_20190308 1", "schema_access_log_default 1");
        }
    }

    @Test
    void maintain_whileAnotherNodeIsAtIt_isLeftToIt() {
        try (PostgresStorage storage = createStorage()) {
            AccessLog log = storage.accessLog(RETENTION, InstantSource.system());
            jdbi.useHandle(another -> {
                another.execute("SELECT pg_advisory_lock(" + AccessLogMaintenance.LOCK + ")");
                assertThat(log.maintain()).isFalse();
                // Else the lock ends with the session, a moment after its connection is closed.
                another.execute("SELECT pg_advisory_unlock(" + AccessLogMaintenance.LOCK + ")");
            });

            assertThat(log.maintain()).isTrue();
            assertThat(log.maintain()).as("it lets go of the lock").isTrue();
        }
    }

    @Test
    void maintain_byTwoNodesWhileBothCount_losesNothing() throws InterruptedException, ExecutionException {
        int days = 12;
        List<Future<?>> done = new ArrayList<>();
        try (PostgresStorage one = createStorage();
                PostgresStorage another = createStorage()) {
            try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                for (PostgresStorage node : List.of(one, another)) {
                    done.add(nodes.submit(() -> IntStream.range(0, days).forEach(day -> {
                        Instant time = LONGER_AGO.plus(day, ChronoUnit.DAYS);
                        node.accessLog(RETENTION, InstantSource.fixed(time)).maintain();
                    })));
                    AccessLog log = node.accessLog(RETENTION, InstantSource.system());
                    done.add(nodes.submit(() -> IntStream.range(0, 20)
                            .forEach(_ -> log.record(IntStream.range(0, days)
                                    .mapToObj(day -> one(id, LONGER_AGO.plus(day, ChronoUnit.DAYS)))
                                    .toList()))));
                }
            }
        }

        for (Future<?> part : done) {
            part.get();
        }
        long counted = jdbi.withHandle(
                handle -> handle.createQuery("SELECT sum(access_count) FROM schema_access_log WHERE schema_id = :id")
                        .bind("id", id.uuid())
                        .mapTo(Long.class)
                        .one());
        assertThat(counted).isEqualTo(2L * 20 * days);
    }
}
