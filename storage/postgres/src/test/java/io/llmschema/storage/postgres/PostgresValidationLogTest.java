package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaId;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.testkit.SchemaExamples;
import io.llmschema.testkit.ValidationLogContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

class PostgresValidationLogTest extends ValidationLogContract<PostgresStorage> {
    private static final Duration RETENTION = Duration.ofDays(90);

    /** Years before what any other test records, and apart from each other. */
    private static final Instant LONG_AGO = Instant.parse("2019-03-05T00:00:00Z");

    private static final LocalDate LONGER_AGO = LocalDate.of(2009, 3, 1);

    private final Jdbi jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());
    private final SchemaId id = SchemaExamples.ofFreshTenant().newId();

    @Override
    protected PostgresStorage createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }

    @Override
    protected ValidationLog createLog(PostgresStorage of, Duration retention, InstantSource clock) {
        return of.validationLog(retention, clock);
    }

    private ValidationRecord one(Instant at) {
        return new ValidationRecord(
                id,
                Fingerprint.sha256(new byte[0]),
                false,
                1,
                at,
                Duration.ofMillis(1),
                List.of(new FailedField("/name", "type")));
    }

    private ValidationRecord one(LocalDate day) {
        return one(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** The rows of each partition, as {@code table rows}. */
    private List<String> rows() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT tableoid::regclass || ' ' || sum(n) FROM (
                            SELECT tableoid, 1 AS n FROM validation_history WHERE schema_id = :id
                            UNION ALL SELECT tableoid, validations FROM validation_counts WHERE schema_id = :id
                            UNION ALL SELECT tableoid, failures FROM validation_failures WHERE schema_id = :id) AS rows
                        GROUP BY tableoid ORDER BY 1""")
                .bind("id", id.uuid())
                .mapTo(String.class)
                .list());
    }

    private static List<String> ofEach(String... partitions) {
        return List.of("counts", "failures", "history").stream()
                .flatMap(table -> List.of(partitions).stream().map(partition -> "validation_" + table + partition))
                .toList();
    }

    @Test
    void maintain_movesWhatIsInTheDefaultPartition_andDropsWhatIsPastRetention() {
        Instant muchEarlier = LONG_AGO.minus(RETENTION).minus(31, ChronoUnit.DAYS);
        try (PostgresStorage storage = createStorage()) {
            ValidationLog then = storage.validationLog(RETENTION, InstantSource.fixed(LONG_AGO));
            then.record(List.of(one(LONG_AGO), one(LocalDate.of(2019, 2, 28)), one(muchEarlier)));
            assertThat(rows()).containsExactlyElementsOf(ofEach("_default 3"));

            assertThat(then.maintain()).isTrue();

            assertThat(rows()).containsExactlyElementsOf(ofEach("_20190301 1", "_default 1"));
            then.record(List.of(
                    one(LocalDate.of(2019, 3, 1)), one(LocalDate.of(2019, 4, 30)), one(LocalDate.of(2019, 5, 1))));
            assertThat(rows()).containsExactlyElementsOf(ofEach("_20190301 2", "_20190401 1", "_default 2"));

            // At 23:59 of the last day on which a part of March is still kept, and a minute later.
            Instant kept = Instant.parse("2019-03-31T23:59:00Z").plus(RETENTION);
            storage.validationLog(RETENTION, InstantSource.fixed(kept)).maintain();
            assertThat(rows()).containsExactlyElementsOf(ofEach("_20190301 2", "_20190401 1", "_default 1"));
            storage.validationLog(RETENTION, InstantSource.fixed(kept.plus(1, ChronoUnit.MINUTES)))
                    .maintain();
            assertThat(rows()).containsExactlyElementsOf(ofEach("_20190401 1", "_default 1"));
        }
    }

    @Test
    void maintain_whileAnotherNodeIsAtIt_isLeftToIt() {
        try (PostgresStorage storage = createStorage()) {
            ValidationLog log = storage.validationLog(RETENTION, InstantSource.system());
            jdbi.useHandle(another -> {
                another.execute("SELECT pg_advisory_lock(" + ValidationLogMaintenance.LOCK + ")");
                assertThat(log.maintain()).isFalse();
                // Else the lock ends with the session, a moment after its connection is closed.
                another.execute("SELECT pg_advisory_unlock(" + ValidationLogMaintenance.LOCK + ")");
            });

            assertThat(log.maintain()).isTrue();
            assertThat(log.maintain()).as("it lets go of the lock").isTrue();
        }
    }

    @Test
    void maintain_byTwoNodesWhileBothRecord_losesNothing() throws InterruptedException, ExecutionException {
        int months = 12;
        List<Future<?>> done = new ArrayList<>();
        try (PostgresStorage one = createStorage();
                PostgresStorage another = createStorage()) {
            try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                for (PostgresStorage node : List.of(one, another)) {
                    done.add(nodes.submit(() -> IntStream.range(0, months).forEach(month -> {
                        Instant time = LONGER_AGO
                                .plusMonths(month)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
                        node.validationLog(Duration.ofDays(1_000), InstantSource.fixed(time))
                                .maintain();
                    })));
                    ValidationLog log = node.validationLog(RETENTION, InstantSource.system());
                    done.add(nodes.submit(() -> IntStream.range(0, 20)
                            .forEach(_ -> log.record(IntStream.range(0, months)
                                    .mapToObj(month -> one(LONGER_AGO.plusMonths(month)))
                                    .toList()))));
                }
            }
        }

        for (Future<?> part : done) {
            part.get();
        }
        for (String sum : List.of(
                "SELECT count(*) FROM validation_history",
                "SELECT sum(validations) FROM validation_counts",
                "SELECT sum(failures) FROM validation_failures")) {
            assertThat(jdbi.<Long, RuntimeException>withHandle(
                            handle -> handle.createQuery(sum + " WHERE schema_id = :id")
                                    .bind("id", id.uuid())
                                    .mapTo(Long.class)
                                    .one()))
                    .as(sum)
                    .isEqualTo(2L * 20 * months);
        }
    }

    @Test
    void record_thatFailsHalfway_hasRecordedNothing() {
        try (PostgresStorage storage = createStorage()) {
            ValidationLog log = storage.validationLog(RETENTION, InstantSource.system());
            jdbi.useHandle(handle -> {
                // Whoever comes second to the key waits, until the statement is given up.
                handle.begin();
                handle.createUpdate("""
                                INSERT INTO validation_failures (tenant, schema_id, bucket, path, keyword, failures)
                                VALUES ('t', :id, :hour, '/name', 'type', 1)""")
                        .bind("id", id.uuid())
                        .bind("hour", Rows.timestamp(LONG_AGO))
                        .execute();

                assertThatThrownBy(() -> log.record(List.of(one(LONG_AGO)))).isInstanceOf(StorageUnavailable.class);
                handle.rollback();
            });

            assertThat(rows()).isEmpty();
            log.record(List.of(one(LONG_AGO)));
            assertThat(rows()).hasSize(3);
        }
    }
}
