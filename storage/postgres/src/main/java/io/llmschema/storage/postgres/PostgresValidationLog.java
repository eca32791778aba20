package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.PostgresReader.FROM_SCHEMAS;
import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaId;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.FieldFailures;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.Period;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.RatesQuery.Order;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRate;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.storage.ValidationScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The validation log in PostgreSQL: a row for each validation, and counts by version and hour, all in partitions of a month. */
final class PostgresValidationLog implements ValidationLog {
    /** In the order of the batch, so that of equal times the one that was recorded last has the highest number. */
    private static final String RECORD_HISTORY = """
            INSERT INTO validation_history (tenant, schema_id, data_hash, valid, error_count, validated_at, duration_ns)
            SELECT tenant, schema_id, data_hash, valid, error_count, validated_at, duration_ns
            FROM unnest(:tenants::text[], :ids::uuid[], :hashes::text[], :valid::boolean[], :errors::integer[],
                        :times::timestamptz[], :nanos::bigint[])
                WITH ORDINALITY AS batch (tenant, schema_id, data_hash, valid, error_count, validated_at, duration_ns, place)
            ORDER BY place
            """;

    /**
     * Here and below in the order of the key, in which all nodes lock rows, so that they never wait for each other in a circle. What a
     * batch has several times is added up first: one statement cannot change a row twice.
     */
    private static final String RECORD_COUNTS = """
            INSERT INTO validation_counts AS l
                (tenant, schema_id, bucket, validations, failures, duration_ns, last_validated_at)
            SELECT min(tenant), schema_id, bucket, count(*), count(*) FILTER (WHERE NOT valid), sum(duration_ns), max(validated_at)
            FROM unnest(:tenants::text[], :ids::uuid[], :hours::timestamptz[], :valid::boolean[], :times::timestamptz[],
                        :nanos::bigint[])
                AS batch (tenant, schema_id, bucket, valid, validated_at, duration_ns)
            GROUP BY schema_id, bucket
            ORDER BY schema_id, bucket
            ON CONFLICT (schema_id, bucket) DO UPDATE SET
                validations = l.validations + excluded.validations,
                failures = l.failures + excluded.failures,
                duration_ns = l.duration_ns + excluded.duration_ns,
                last_validated_at = greatest(l.last_validated_at, excluded.last_validated_at)
            """;

    private static final String RECORD_FAILURES = """
            INSERT INTO validation_failures AS l (tenant, schema_id, bucket, path, keyword, failures)
            SELECT min(tenant), schema_id, bucket, path, keyword, count(*)
            FROM unnest(:tenants::text[], :ids::uuid[], :hours::timestamptz[], :paths::text[], :keywords::text[])
                AS batch (tenant, schema_id, bucket, path, keyword)
            GROUP BY schema_id, bucket, path, keyword
            ORDER BY schema_id, bucket, path, keyword
            ON CONFLICT (schema_id, bucket, path, keyword) DO UPDATE SET failures = l.failures + excluded.failures
            """;

    private static final String PAST_COLUMNS =
            "SELECT s.id, s.tenant, s.subject, s.version, s.version_build, h.id AS number,"
                    + " h.data_hash, h.valid, h.error_count, h.validated_at, h.duration_ns";

    private static final String NEWEST_FIRST = "\nORDER BY h.validated_at DESC, h.id DESC LIMIT :limit";

    private static final String RATES = """
            JOIN (
                SELECT schema_id,
                       sum(validations)::bigint                                  AS validations,
                       sum(failures)::bigint                                     AS failures,
                       div(sum(failures) * 1000000, sum(validations))::bigint    AS failures_per_million,
                       sum(duration_ns)::bigint                                  AS nanos,
                       max(last_validated_at)                                    AS last_validated_at
                FROM validation_counts
                %s
                GROUP BY schema_id
            ) AS r ON r.schema_id = s.id
            """;

    private final Jdbi jdbi;
    private final ValidationLogMaintenance maintenance;

    PostgresValidationLog(Jdbi jdbi, ValidationLogMaintenance maintenance) {
        this.jdbi = jdbi;
        this.maintenance = maintenance;
    }

    private <R> R asked(Function<Handle, R> question) {
        return Failures.translated(() -> {
            try (Handle handle = jdbi.open()) {
                return question.apply(handle);
            }
        });
    }

    /** A field of a record. */
    private record Failure(ValidationRecord record, FailedField field) {}

    @Override
    public void record(Collection<ValidationRecord> records) {
        if (records.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most %d records".formatted(MAX_BATCH));
        }
        List<Failure> failures = records.stream()
                .flatMap(record -> record.fields().stream().map(field -> new Failure(record, field)))
                .toList();
        asked(handle -> handle.inTransaction(transaction -> {
            recordEach(transaction, records);
            count(transaction, records);
            return failures.isEmpty() ? 0 : countFailures(transaction, failures);
        }));
    }

    private static void recordEach(Handle handle, Collection<ValidationRecord> records) {
        handle.createUpdate(RECORD_HISTORY)
                .bind("tenants", column(records, record -> record.id().tenant()))
                .bind("ids", column(records, ValidationRecord::id))
                .bind("hashes", column(records, ValidationRecord::dataHash))
                .bind("valid", column(records, ValidationRecord::isValid))
                .bind("errors", column(records, ValidationRecord::errorCount))
                .bind("times", column(records, ValidationRecord::validatedAt))
                .bind("nanos", column(records, record -> record.duration().toNanos()))
                .execute();
    }

    private static void count(Handle handle, Collection<ValidationRecord> records) {
        handle.createUpdate(RECORD_COUNTS)
                .bind("tenants", column(records, record -> record.id().tenant()))
                .bind("ids", column(records, ValidationRecord::id))
                .bind("hours", column(records, PostgresValidationLog::hour))
                .bind("valid", column(records, ValidationRecord::isValid))
                .bind("times", column(records, ValidationRecord::validatedAt))
                .bind("nanos", column(records, record -> record.duration().toNanos()))
                .execute();
    }

    private static int countFailures(Handle handle, Collection<Failure> failures) {
        return handle.createUpdate(RECORD_FAILURES)
                .bind(
                        "tenants",
                        column(failures, failure -> failure.record().id().tenant()))
                .bind("ids", column(failures, failure -> failure.record().id()))
                .bind("hours", column(failures, failure -> hour(failure.record())))
                .bind("paths", column(failures, failure -> failure.field().path()))
                .bind("keywords", column(failures, failure -> failure.field().keyword()))
                .execute();
    }

    private static Instant hour(ValidationRecord record) {
        return Step.HOUR.startOf(record.validatedAt());
    }

    private static <T> String[] column(Collection<T> rows, Function<T, Object> value) {
        return rows.stream().map(row -> value.apply(row).toString()).toArray(String[]::new);
    }

    /** A validation with what tells it from others of the same time. */
    private record Numbered(long number, PastValidation validation) {
        PagePosition position() {
            return PagePosition.of(validation.validatedAt().toString(), Long.toString(number));
        }
    }

    @Override
    public Page<PastValidation> history(ValidationFilter filter, PageRequest page) {
        Conditions versions = scope(filter.scope(), new Conditions());
        Conditions validations = validations(filter, page);
        String sql = isReadByVersion(filter)
                ? PAST_COLUMNS + "\nFROM schemas s CROSS JOIN LATERAL (SELECT * FROM validation_history h "
                        + validations
                                .and("h.schema_id = s.id")
                                .bindAll(versions)
                                .where() + NEWEST_FIRST + ") AS h "
                        + versions.where() + NEWEST_FIRST
                : PAST_COLUMNS + "\nFROM validation_history h JOIN schemas s ON s.id = h.schema_id "
                        + validations.and(versions).where() + NEWEST_FIRST;
        return asked(handle ->
                        PostgresReader.page(handle, sql, validations, page, (row, _) -> past(row), Numbered::position))
                .map(Numbered::validation);
    }

    /**
     * Whether the newest of each version are looked up by themselves, so that no more than a page is read of each. One version needs no
     * other, and of one document there are few.
     */
    private static boolean isReadByVersion(ValidationFilter filter) {
        return switch (filter.scope()) {
            case ValidationScope.OfVersion _ -> false;
            case ValidationScope.OfSubject _ -> filter.dataHash() == null;
        };
    }

    /** Of {@code schemas s}: those that are meant. */
    private static Conditions scope(ValidationScope scope, Conditions conditions) {
        return switch (scope) {
            case ValidationScope.OfVersion version ->
                conditions
                        .tenant("s.tenant", scope.tenant())
                        .and("s.id = :schemaId::uuid", "schemaId", version.id().uuid());
            case ValidationScope.OfSubject subject -> conditions.subject(subject.subject());
        };
    }

    /** Of {@code validation_history h}: those that are meant, of whichever version. */
    private static Conditions validations(ValidationFilter filter, PageRequest page) {
        Conditions conditions = during(filter.period(), "h.validated_at", new Conditions())
                .tenant("h.tenant", filter.scope().tenant());
        switch (filter.outcome()) {
            case VALID -> conditions.and("h.valid");
            case INVALID -> conditions.and("NOT h.valid");
            case ANY -> {}
        }
        if (filter.dataHash() != null) {
            conditions.and("h.data_hash = :hash", "hash", filter.dataHash().toString());
        }
        PagePosition after = page.after();
        if (after != null) {
            conditions
                    .and("(h.validated_at, h.id) < (:afterTime, :afterNumber)")
                    .bind("afterTime", Rows.timestamp(after.key(0, PostgresReader::time)))
                    .bind("afterNumber", after.key(1, Long::parseLong));
        }
        return conditions;
    }

    private static Conditions during(Period period, String column, Conditions conditions) {
        return conditions
                .and(column + " >= :from")
                .and(column + " < :to")
                .bind("from", Rows.timestamp(period.from()))
                .bind("to", Rows.timestamp(period.to()));
    }

    private static Numbered past(ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getString("tenant"));
        return new Numbered(
                row.getLong("number"),
                new PastValidation(
                        new SchemaId(tenant, row.getObject("id", UUID.class)),
                        new Subject(tenant, row.getString("subject")),
                        Rows.version(row),
                        Fingerprint.parse(row.getString("data_hash")),
                        row.getBoolean("valid"),
                        row.getInt("error_count"),
                        row.getObject("validated_at", OffsetDateTime.class).toInstant(),
                        Duration.ofNanos(row.getLong("duration_ns"))));
    }

    /** By what rates are ordered: two columns, and the same of what was read from a row. */
    private record Ranks(
            String first,
            Function<ValidationRate, Long> firstOf,
            String second,
            Function<ValidationRate, Long> secondOf) {
        static Ranks of(Order order) {
            return switch (order) {
                case MOST_FAILURES ->
                    new Ranks(
                            "r.failures",
                            ValidationRate::failures,
                            "r.failures_per_million",
                            ValidationRate::failuresPerMillion);
                case HIGHEST_RATE -> of(Order.MOST_FAILURES).swapped();
            };
        }

        private Ranks swapped() {
            return new Ranks(second, secondOf, first, firstOf);
        }
    }

    @Override
    public Page<ValidationRate> rates(RatesQuery query, PageRequest page) {
        Ranks ranks = Ranks.of(query.order());
        Conditions counted = during(query.period(), "bucket", new Conditions()).tenant("tenant", query.tenant());
        if (query.subject() != null) {
            counted.and(
                    "schema_id IN (SELECT id FROM schemas WHERE tenant = :tenant AND subject = :subject)",
                    "subject",
                    query.subject().name());
        }
        Conditions conditions = new Conditions().bindAll(counted).and("s.tenant = :tenant");
        PagePosition after = page.after();
        if (after != null) {
            conditions
                    .and(
                            "((%1$s, %2$s) < (:afterFirst, :afterSecond) OR ((%1$s, %2$s) = (:afterFirst, :afterSecond) AND s.id > :afterId::uuid))"
                                    .formatted(ranks.first(), ranks.second()))
                    .bind("afterFirst", after.key(0, Long::parseLong))
                    .bind("afterSecond", after.key(1, Long::parseLong))
                    .bind("afterId", after.key(2, UUID::fromString));
        }
        String sql = "SELECT r.validations, r.failures, r.nanos, r.last_validated_at, " + SUMMARY_COLUMNS + FROM_SCHEMAS
                + RATES.formatted(counted.where()) + conditions.where()
                + "\nORDER BY %s DESC, %s DESC, s.id LIMIT :limit".formatted(ranks.first(), ranks.second());
        return asked(handle -> PostgresReader.page(
                handle,
                sql,
                conditions,
                page,
                (row, _) -> rate(row),
                rate -> PagePosition.of(
                        ranks.firstOf().apply(rate).toString(),
                        ranks.secondOf().apply(rate).toString(),
                        rate.schema().id().toString())));
    }

    private static ValidationRate rate(ResultSet row) throws SQLException {
        return new ValidationRate(
                Rows.summary(row),
                row.getLong("validations"),
                row.getLong("failures"),
                Duration.ofNanos(row.getLong("nanos")),
                row.getObject("last_validated_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public FailedFields failedFields(FailedFieldsQuery query, PageRequest page) {
        Conditions conditions = scope(query.scope(), during(query.period(), "l.bucket", new Conditions()))
                .and("l.tenant = :tenant");
        return asked(handle -> {
            // The total second: what is recorded between the two never makes more failures than validations.
            Page<FieldFailures> fields = fields(handle, conditions, page);
            return handle.createQuery("""
                            SELECT coalesce(sum(l.validations), 0)::bigint AS validations,
                                   coalesce(sum(l.failures), 0)::bigint AS failures
                            FROM validation_counts l JOIN schemas s ON s.id = l.schema_id
                            """ + conditions.where())
                    .bindMap(conditions.bindings())
                    .map((row, _) -> new FailedFields(row.getLong("validations"), row.getLong("failures"), fields))
                    .one();
        });
    }

    private static Page<FieldFailures> fields(Handle handle, Conditions scope, PageRequest page) {
        Conditions conditions = new Conditions().bindAll(scope);
        PagePosition after = page.after();
        if (after != null) {
            FailedField field = after.key(1, path -> new FailedField(path, after.text(2)));
            conditions
                    .and(
                            "(failures < :afterFailures OR (failures = :afterFailures AND (path, keyword) > (:afterPath, :afterKeyword)))")
                    .bind("afterFailures", after.key(0, Long::parseLong))
                    .bind("afterPath", field.path())
                    .bind("afterKeyword", field.keyword());
        }
        String sql = """
                SELECT * FROM (
                    SELECT l.path, l.keyword, sum(l.failures)::bigint AS failures
                    FROM validation_failures l JOIN schemas s ON s.id = l.schema_id
                    %s
                    GROUP BY l.path, l.keyword
                ) AS f
                %s
                ORDER BY failures DESC, path, keyword LIMIT :limit""".formatted(scope.where(), conditions.where());
        return PostgresReader.page(
                handle,
                sql,
                conditions,
                page,
                (row, _) -> new FieldFailures(
                        new FailedField(row.getString("path"), row.getString("keyword")), row.getLong("failures")),
                last -> PagePosition.of(
                        Long.toString(last.failures()),
                        last.field().path(),
                        last.field().keyword()));
    }

    @Override
    public boolean maintain() {
        return asked(maintenance::run);
    }

    @Override
    public String toString() {
        return "PostgresValidationLog";
    }
}
