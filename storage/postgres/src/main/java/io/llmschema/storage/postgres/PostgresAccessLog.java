package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.PostgresReader.FROM_SCHEMAS;
import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.Period;
import io.llmschema.storage.PopularSchema;
import io.llmschema.storage.ReadsInStep;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.SchemaAccess;
import io.llmschema.storage.SchemaOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The access log in PostgreSQL: a row for each version and minute, in partitions of a day. */
final class PostgresAccessLog implements AccessLog {
    /**
     * In the order of the key, in which all nodes lock rows, so that they never wait for each other in a circle. What a batch has
     * several times is added up first: one statement cannot change a row twice.
     */
    private static final String RECORD = """
            INSERT INTO schema_access_log AS l (tenant, schema_id, bucket, access_count, response_time_ns, last_accessed_at)
            SELECT min(tenant), schema_id, bucket, sum(access_count), sum(response_time_ns), max(last_accessed_at)
            FROM unnest(:tenants::text[], :ids::uuid[], :minutes::timestamptz[], :reads::bigint[], :nanos::bigint[],
                        :lastReads::timestamptz[])
                AS batch (tenant, schema_id, bucket, access_count, response_time_ns, last_accessed_at)
            GROUP BY schema_id, bucket
            ORDER BY schema_id, bucket
            ON CONFLICT (schema_id, bucket) DO UPDATE SET
                access_count = l.access_count + excluded.access_count,
                response_time_ns = l.response_time_ns + excluded.response_time_ns,
                last_accessed_at = greatest(l.last_accessed_at, excluded.last_accessed_at)
            """;

    private static final String POPULAR = """
            SELECT tenant, id, access_count FROM popular_schemas ORDER BY access_count DESC, id LIMIT :limit
            """;

    private static final String ACCESSES = """
            JOIN (
                SELECT schema_id,
                       sum(access_count)::bigint                               AS reads,
                       sum(response_time_ns)::bigint                           AS nanos,
                       div(sum(response_time_ns), sum(access_count))::bigint   AS mean_nanos,
                       max(last_accessed_at)                                   AS last_read_at
                FROM schema_access_log
                WHERE tenant = :tenant AND bucket >= :from AND bucket < :to
                GROUP BY schema_id
            ) AS a ON a.schema_id = s.id
            """;

    private final Jdbi jdbi;
    private final AccessLogMaintenance maintenance;

    PostgresAccessLog(Jdbi jdbi, AccessLogMaintenance maintenance) {
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

    @Override
    public void record(Collection<AccessCount> counts) {
        if (counts.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most %d counts".formatted(MAX_BATCH));
        }
        asked(handle -> handle.createUpdate(RECORD)
                .bind("tenants", column(counts, count -> count.id().tenant()))
                .bind("ids", column(counts, AccessCount::id))
                .bind("minutes", column(counts, AccessCount::minute))
                .bind("reads", column(counts, AccessCount::reads))
                .bind("nanos", column(counts, count -> count.time().toNanos()))
                .bind("lastReads", column(counts, AccessCount::lastReadAt))
                .execute());
    }

    private static String[] column(Collection<AccessCount> counts, Function<AccessCount, Object> value) {
        return counts.stream().map(count -> value.apply(count).toString()).toArray(String[]::new);
    }

    @Override
    public List<PopularSchema> popular(int limit) {
        if (limit < 0 || limit > MAX_POPULAR) {
            throw new IllegalArgumentException("at most %d are popular".formatted(MAX_POPULAR));
        }
        return asked(handle -> handle.createQuery(POPULAR)
                .bind("limit", limit)
                .map((row, _) -> new PopularSchema(
                        new SchemaId(new TenantId(row.getString("tenant")), row.getObject("id", UUID.class)),
                        row.getLong("access_count")))
                .list());
    }

    @Override
    public Page<SchemaAccess> mostRead(TenantId tenant, Period period, PageRequest page) {
        return ranked(tenant, period, "a.reads", SchemaAccess::reads, page);
    }

    @Override
    public Page<SchemaAccess> slowest(TenantId tenant, Period period, PageRequest page) {
        return ranked(
                tenant, period, "a.mean_nanos", access -> access.meanTime().toNanos(), page);
    }

    /**
     * The versions that were read, the highest rank first.
     *
     * @param rank the column that holds it
     * @param rankOf the same of what was read from a row
     */
    private Page<SchemaAccess> ranked(
            TenantId tenant, Period period, String rank, Function<SchemaAccess, Long> rankOf, PageRequest page) {
        Conditions conditions = during(period, new Conditions().tenant("s.tenant", tenant));
        PagePosition after = page.after();
        if (after != null) {
            conditions
                    .and("(%1$s < :afterRank OR (%1$s = :afterRank AND s.id > :afterId::uuid))".formatted(rank))
                    .bind("afterRank", after.key(0, Long::parseLong))
                    .bind("afterId", after.key(1, UUID::fromString));
        }
        String sql = "SELECT a.reads, a.nanos, a.last_read_at, " + SUMMARY_COLUMNS + FROM_SCHEMAS + ACCESSES
                + conditions.where() + "\nORDER BY " + rank + " DESC, s.id LIMIT :limit";
        return asked(handle -> PostgresReader.page(
                handle,
                sql,
                conditions,
                page,
                (row, _) -> access(row),
                access -> PagePosition.of(
                        rankOf.apply(access).toString(), access.schema().id().toString())));
    }

    private static Conditions during(Period period, Conditions conditions) {
        return conditions.bind("from", Rows.timestamp(period.from())).bind("to", Rows.timestamp(period.to()));
    }

    private static SchemaAccess access(ResultSet row) throws SQLException {
        return new SchemaAccess(
                Rows.summary(row),
                row.getLong("reads"),
                Duration.ofNanos(row.getLong("nanos")),
                row.getObject("last_read_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public Page<SchemaSummary> neverRead(TenantId tenant, Period period, PageRequest page) {
        Conditions conditions = during(period, new Conditions().tenant("s.tenant", tenant))
                .and("s.deleted_at IS NULL")
                .and("s.created_at < :to")
                .and("NOT EXISTS (SELECT FROM schema_access_log l WHERE l.schema_id = s.id"
                        + " AND l.bucket >= :from AND l.bucket < :to)");
        PagePosition after = page.after();
        if (after != null) {
            PostgresReader.after(SchemaOrder.BY_ORDINAL, after, tenant, conditions);
        }
        String sql = "SELECT " + SUMMARY_COLUMNS + FROM_SCHEMAS + conditions.where()
                + "\nORDER BY s.subject, s.ordinal LIMIT :limit";
        return asked(handle -> PostgresReader.page(
                handle,
                sql,
                conditions,
                page,
                (row, _) -> Rows.summary(row),
                schema -> PostgresReader.position(SchemaOrder.BY_ORDINAL, schema)));
    }

    @Override
    public List<ReadsInStep> readsOverTime(ReadsQuery query) {
        Conditions conditions = during(query.period(), new Conditions())
                .tenant("tenant", query.tenant())
                .and("bucket >= :from")
                .and("bucket < :to")
                .bind("step", query.step().length().toString());
        if (query.schema() != null) {
            conditions.and(
                    "schema_id = :schemaId::uuid", "schemaId", query.schema().uuid());
        }
        String sql = """
                SELECT date_bin(:step::interval, bucket, 'epoch') AS start,
                       sum(access_count)::bigint AS reads, sum(response_time_ns)::bigint AS nanos
                FROM schema_access_log
                """ + conditions.where() + "\nGROUP BY 1";
        Map<Instant, ReadsInStep> steps = new HashMap<>();
        asked(handle -> handle.createQuery(sql)
                        .bindMap(conditions.bindings())
                        .map((row, _) -> new ReadsInStep(
                                row.getObject("start", OffsetDateTime.class).toInstant(),
                                row.getLong("reads"),
                                Duration.ofNanos(row.getLong("nanos"))))
                        .list())
                .forEach(step -> steps.put(step.start(), step));
        return query.starts()
                .map(start -> steps.getOrDefault(start, new ReadsInStep(start, 0, Duration.ZERO)))
                .toList();
    }

    @Override
    public boolean maintain() {
        return asked(maintenance::run);
    }

    @Override
    public String toString() {
        return "PostgresAccessLog";
    }
}
