package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.Rows.SUBJECT_COLUMNS;
import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Placement;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaReader;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.SubjectFilter;
import io.llmschema.storage.SubjectHistory;
import io.llmschema.storage.SubjectReader;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The questions of the storage ports but search, asked over one connection. */
final class PostgresReader implements SubjectReader, DependencyReader {
    static final String FROM_SCHEMAS = """

            FROM schemas s
            JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id
            """;

    private static final Instant LATEST_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /** A page ends early when its rows, as text, have this many bytes. */
    private static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;

    /** What a subject has of a candidate: a live version with the same content. */
    private static final String SIGHT = sightByContent("v.deleted_at IS NULL");

    /** The same for a candidate that is bound to its ordinal: a version that has it, deleted or not. */
    private static final String SIGHT_AT_ORDINAL = sightByContent("v.ordinal = :ordinal");

    /** The same for a candidate that is known by its meaning: a live version with a content that means the same. */
    private static final String SIGHT_BY_MEANING = sight("k.is_known", """
            LEFT JOIN LATERAL (
                SELECT true AS is_known FROM contents o
                WHERE o.tenant = :tenant AND o.raw_hash = :rawHash AND o.schema_type = :type AND o.references_hash = :referencesHash
                OFFSET 0) AS k ON true
            LEFT JOIN LATERAL (
                SELECT * FROM (
                    SELECT v.* FROM contents m JOIN schemas v ON v.tenant = m.tenant AND v.global_id = m.global_id
                    WHERE m.tenant = :tenant AND m.canonical_hash = :canonicalHash AND m.schema_type = :type
                      AND v.subject = :subject AND v.deleted_at IS NULL AND v.schema_references = :references
                      AND (NOT :hasAttributes OR v.metadata::text = :metadata)
                    OFFSET 0) AS same
                ORDER BY ordinal DESC LIMIT 1) AS s ON true
            LEFT JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id
            """);

    private static String sightByContent(String choice) {
        return sight("c.raw_hash IS NOT NULL", """
            LEFT JOIN LATERAL (
                SELECT o.tenant, o.global_id, o.raw_hash, o.canonical_hash, o.unordered_hash, o.size FROM contents o
                WHERE o.tenant = :tenant AND o.raw_hash = :rawHash AND o.schema_type = :type AND o.references_hash = :referencesHash
                OFFSET 0) AS c ON true
            LEFT JOIN LATERAL (
                SELECT * FROM (
                    SELECT v.* FROM schemas v
                    WHERE v.tenant = c.tenant AND v.global_id = c.global_id AND v.subject = :subject AND %s
                    OFFSET 0) AS identical
                ORDER BY ordinal DESC LIMIT 1) AS s ON true
            """.formatted(choice));
    }

    /** One row in any case: the subject's revision, and beside it the last of the identical versions or nothing. */
    private static String sight(String isKnown, String identical) {
        return "SELECT u.revision AS seen_revision, u.stage AS seen_stage, u.deleted_at AS seen_deleted_at, u.latest_version AS seen_latest, u.latest_id AS seen_latest_id,"
                + " u.highest_version AS seen_highest, u.last_ordinal AS seen_last_ordinal, " + isKnown
                + " AS is_known, "
                + Settings.OWN_COLUMNS + ", " + Settings.GLOBAL_COLUMNS + ", " + ScopeRevisions.COLUMNS + ", "
                + Rows.POSITION_COLUMNS + ", "
                + Predecessor.COLUMNS + ", " + SUMMARY_COLUMNS + """

            FROM (SELECT) AS always
            LEFT JOIN subjects u ON u.tenant = :tenant AND u.name = :subject
            """ + Settings.GLOBAL_JOIN + identical
                + Predecessor.JOIN;
    }

    private final Handle handle;

    PostgresReader(Handle handle) {
        this.handle = handle;
    }

    /** The version with that id, without its content. */
    Optional<SchemaSummary> getSummary(SchemaId id) {
        Conditions conditions = new Conditions();
        String choice = PostgresSelection.choice(new SchemaKey.ById(id), conditions);
        return handle.createQuery("SELECT " + SUMMARY_COLUMNS + FROM_SCHEMAS + choice)
                .bindMap(conditions.bindings())
                .map((row, _) -> Rows.summary(row))
                .findFirst();
    }

    /** What a subject has of a candidate now. */
    Sighting sight(NewSchema candidate) {
        Placement placement = candidate.placement();
        Query query = sightQuery(candidate);
        return Settings.bindScopes(bindIdentity(query, candidate), candidate.subject())
                .bind("subject", candidate.subject().name())
                .map((row, _) -> new Sighting(
                        seenHistory(row, candidate.subject().tenant()),
                        Rows.positions(row).shown(),
                        identical(row, placement),
                        row.getInt("seen_last_ordinal"),
                        ScopeRevisions.of(row),
                        row.getBoolean("is_known"),
                        Predecessor.of(row).orElse(null)))
                .one();
    }

    private Query sightQuery(NewSchema candidate) {
        if (candidate.isByMeaning()) {
            return handle.createQuery(SIGHT_BY_MEANING)
                    .bind("canonicalHash", candidate.fingerprints().canonical().toBytes())
                    .bind("references", Rows.referenceColumns(candidate.references()))
                    .bind("hasAttributes", !candidate.distinction().isEmpty())
                    .bind("metadata", candidate.metadata().attributes());
        }
        Placement placement = candidate.placement();
        return placement.isAtOrdinal()
                ? handle.createQuery(SIGHT_AT_ORDINAL).bind("ordinal", placement.ordinal())
                : handle.createQuery(SIGHT);
    }

    /** Under another global id than the one wished for, nothing is identical. */
    private static @Nullable SchemaSummary identical(ResultSet row, Placement placement) throws SQLException {
        Integer wanted = placement.globalId();
        return row.getString("id") == null || (wanted != null && wanted != row.getInt("global_id"))
                ? null
                : Rows.summary(row);
    }

    private static SubjectHistory seenHistory(ResultSet row, TenantId tenant) throws SQLException {
        String latest = row.getString("seen_latest");
        UUID latestId = row.getObject("seen_latest_id", UUID.class);
        String highest = row.getString("seen_highest");
        boolean isArchived =
                Stage.ARCHIVED.name().equals(row.getString("seen_stage")) && row.getObject("seen_deleted_at") == null;
        return new SubjectHistory(
                row.getLong("seen_revision"),
                isArchived,
                latest == null ? null : Version.parse(latest),
                latestId == null ? null : new SchemaId(tenant, latestId),
                highest == null ? null : Version.parse(highest),
                Settings.own(row),
                Settings.global(row));
    }

    /** What makes a content what it is: tenant, type, bytes, references and distinction. */
    static <S extends SqlStatement<S>> S bindIdentity(S statement, NewSchema candidate) {
        return statement
                .bind("tenant", candidate.subject().tenant().value())
                .bind("type", candidate.type().name())
                .bind("rawHash", candidate.fingerprints().raw().toBytes())
                .bind("referencesHash", referencesHash(candidate.references(), candidate.distinction()));
    }

    /**
     * A hash of what the references and the distinction say, and nothing, to save space, where there are none.
     *
     * <p>No two different lists give the same text, because no part contains a NUL. With a distinction, whose hash is always of the same length, the
     * text begins with a NUL; without, it begins with a name, which is never empty.
     */
    private static byte[] referencesHash(List<SchemaReference> references, String distinction) {
        if (references.isEmpty() && distinction.isEmpty()) {
            return new byte[0];
        }
        String text = String.join("\0", Rows.referenceColumns(references));
        return sha256(distinction.isEmpty() ? text : "\0" + sha256(distinction) + "\0" + text)
                .toBytes();
    }

    private static Fingerprint sha256(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All versions of a subject that are not deleted, by ordinal. */
    List<SchemaSummary> liveVersions(Subject subject) {
        Conditions conditions =
                new Conditions().filter(SchemaFilter.all(subject.tenant()).withSubject(subject));
        return handle.createQuery(
                        "SELECT " + SUMMARY_COLUMNS + FROM_SCHEMAS + conditions.where() + "\nORDER BY s.ordinal")
                .bindMap(conditions.bindings())
                .map((row, _) -> Rows.summary(row))
                .list();
    }

    boolean exists(SchemaKey key) {
        Conditions conditions = new Conditions();
        String choice = PostgresSelection.choice(key, conditions);
        return handle.createQuery("SELECT 1" + FROM_SCHEMAS + choice)
                .bindMap(conditions.bindings())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** See {@link SchemaReader#listSchemas}. */
    Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        Conditions conditions = new Conditions().filter(filter);
        PagePosition after = page.after();
        if (after != null) {
            after(order, after, filter.tenant(), conditions);
        }
        String orderBy = orderBy(order);
        String sql = "SELECT " + SUMMARY_COLUMNS + FROM_SCHEMAS + conditions.where() + "\nORDER BY " + orderBy
                + " LIMIT :limit";
        return page(sql, conditions, page, (row, _) -> Rows.summary(row), schema -> position(order, schema));
    }

    static String orderBy(SchemaOrder order) {
        return switch (order) {
            case BY_ORDINAL -> "s.subject, s.ordinal";
            case BY_VERSION -> "s.subject, " + PostgresSelection.HIGHEST_FIRST;
            case NEWEST_FIRST -> "s.created_at DESC, s.id DESC";
        };
    }

    /** Leaves what comes after a position. */
    static void after(SchemaOrder order, PagePosition after, TenantId tenant, Conditions conditions) {
        switch (order) {
            case BY_ORDINAL ->
                conditions
                        .and("(s.subject, s.ordinal) > (:afterSubject, :afterOrdinal)")
                        .bind("afterSubject", new Subject(tenant, after.text(0)).name())
                        .bind("afterOrdinal", after.key(1, Integer::parseInt));
            case BY_VERSION ->
                conditions
                        .and("s.subject >= :afterSubject", "afterSubject", new Subject(tenant, after.text(0)).name())
                        .and("(s.subject > :afterSubject OR %s < %s)"
                                .formatted(
                                        Conditions.VERSION_COLUMNS,
                                        conditions.versionParameters("after", after.key(1, Version::parse))));
            case NEWEST_FIRST ->
                conditions
                        .and("(s.created_at, s.id) < (:afterTime, :afterId::uuid)")
                        .bind("afterTime", Rows.timestamp(after.key(0, PostgresReader::time)))
                        .bind("afterId", after.key(1, UUID::fromString));
        }
    }

    /** A time that the database can hold, whatever a forged position says. */
    static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST_TIME)) {
            throw new IllegalArgumentException(text);
        }
        return time;
    }

    static PagePosition position(SchemaOrder order, SchemaSummary schema) {
        return switch (order) {
            case BY_ORDINAL -> PagePosition.of(schema.subject().name(), Integer.toString(schema.ordinal()));
            case BY_VERSION ->
                PagePosition.of(schema.subject().name(), schema.version().toString());
            case NEWEST_FIRST ->
                PagePosition.of(schema.createdAt().toString(), schema.id().toString());
        };
    }

    private <T> Page<T> page(
            String sql,
            Conditions conditions,
            PageRequest page,
            RowMapper<T> mapper,
            Function<T, PagePosition> position) {
        return page(handle, sql, conditions, page, mapper, position);
    }

    /**
     * The page that a query gives.
     *
     * @param sql ends with {@code LIMIT :limit}
     */
    static <T> Page<T> page(
            Handle handle,
            String sql,
            Conditions conditions,
            PageRequest page,
            RowMapper<T> mapper,
            Function<T, PagePosition> position) {
        // Whole rows are weighed, so that a page of large ones ends early; the first is always there.
        String weighed = """
                SELECT w.*, pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS seen_until FROM (
                    SELECT p.*, count(*) OVER () AS page_rows,
                           sum(p.row_bytes) OVER (ROWS UNBOUNDED PRECEDING) - p.row_bytes AS bytes_before
                    FROM (SELECT q.*, octet_length(q::text) AS row_bytes FROM (%s) AS q) AS p
                ) AS w WHERE bytes_before < :pageBytes""".formatted(sql);
        long[] rows = new long[1];
        long[] seenUntil = new long[1];
        List<T> found = handle.createQuery(weighed)
                .bindMap(conditions.bindings())
                // One more than wanted tells whether there is a next page.
                .bind("limit", page.size() + 1)
                .bind("pageBytes", MAX_PAGE_BYTES)
                .map((row, context) -> {
                    rows[0] = row.getLong("page_rows");
                    seenUntil[0] = row.getLong("seen_until");
                    return mapper.map(row, context);
                })
                .list();
        Consistency.note(found.isEmpty() ? now(handle) : new ChangePosition(seenUntil[0]));
        boolean hasEndedEarly = found.size() < rows[0] && found.size() <= page.size();
        return hasEndedEarly ? new Page<>(found, position.apply(found.getLast())) : Page.of(found, page, position);
    }

    /** Behind all that a statement before may have seen. */
    static ChangePosition now(Handle handle) {
        return new ChangePosition(handle.createQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .mapTo(Long.class)
                .one());
    }

    /** See {@link SchemaReader#statistics}. */
    StorageStatistics statistics(TenantId tenant) {
        Map<SchemaType, Long> byType = new EnumMap<>(SchemaType.class);
        Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
        long[] versions = new long[2];
        handle.createQuery("""
                        SELECT schema_type, stage, deleted_at IS NOT NULL AS is_deleted, count(*) AS versions
                        FROM schemas WHERE tenant = :tenant GROUP BY 1, 2, 3
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> {
                    long count = row.getLong("versions");
                    boolean isDeleted = row.getBoolean("is_deleted");
                    versions[isDeleted ? 1 : 0] += count;
                    if (!isDeleted) {
                        byType.merge(SchemaType.valueOf(row.getString("schema_type")), count, Long::sum);
                        byStage.merge(Stage.valueOf(row.getString("stage")), count, Long::sum);
                    }
                    return count;
                })
                .list();
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM subjects WHERE tenant = :tenant AND deleted_at IS NULL) AS subjects,
                               count(*)                                AS contents,
                               coalesce(sum(c.size), 0)                AS content_bytes,
                               pg_database_size(current_database())    AS stored_bytes
                        FROM (SELECT DISTINCT global_id FROM schemas WHERE tenant = :tenant) AS known
                        JOIN contents c ON c.tenant = :tenant AND c.global_id = known.global_id
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> new StorageStatistics(
                        row.getLong("subjects"),
                        versions[0],
                        versions[1],
                        byType,
                        byStage,
                        row.getLong("contents"),
                        row.getLong("content_bytes"),
                        row.getLong("stored_bytes")))
                .one();
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return seeSubject(subject).found();
    }

    Seen<SubjectSummary> seeSubject(Subject subject) {
        return handle.createQuery("SELECT u.last_ordinal, " + SUBJECT_COLUMNS + ", " + Rows.POSITION_COLUMNS
                        + " FROM subjects u WHERE u.tenant = :tenant AND u.name = :name")
                .bind("tenant", subject.tenant().value())
                .bind("name", subject.name())
                .map((row, _) -> {
                    Rows.Positions positions = Rows.positions(row);
                    SubjectSummary found = row.getInt("last_ordinal") == 0 ? null : Rows.subject(row);
                    return new Seen<>(found, row.getLong("revision"), positions.shown(), positions.complete());
                })
                .findFirst()
                .orElseGet(() -> new Seen<>(null, 0, ChangePosition.START, ChangePosition.START));
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return seeSettings(subject).found().orElseThrow();
    }

    Seen<SubjectSettings> seeSettings(Subject subject) {
        return handle.createQuery("SELECT u.revision, " + Settings.ALL_COLUMNS + ", " + Rows.POSITION_COLUMNS
                        + " FROM subjects u WHERE u.tenant = :tenant AND u.name = :name")
                .bind("tenant", subject.tenant().value())
                .bind("name", subject.name())
                .map((row, _) -> {
                    Rows.Positions positions = Rows.positions(row);
                    return new Seen<>(
                            Settings.whole(row), row.getLong("revision"), positions.shown(), positions.complete());
                })
                .findFirst()
                .orElseGet(() -> new Seen<>(SubjectSettings.NONE, 0, ChangePosition.START, ChangePosition.START));
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        Conditions conditions = new Conditions().filter(filter).and("u.last_ordinal > 0");
        PagePosition after = page.after();
        if (after != null) {
            conditions.and("u.name > :after", "after", new Subject(filter.tenant(), after.text(0)).name());
        }
        String sql = "SELECT " + SUBJECT_COLUMNS + " FROM subjects u " + conditions.where()
                + "\nORDER BY u.name LIMIT :limit";
        return page(
                sql,
                conditions,
                page,
                (row, _) -> Rows.subject(row),
                subject -> PagePosition.of(subject.subject().name()));
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        Conditions conditions = new Conditions().filter(filter);
        PagePosition after = page.after();
        if (after != null) {
            conditions.and("u.name > :after", "after", new Subject(filter.tenant(), after.text(0)).name());
        }
        String sql = "SELECT u.name, " + Settings.ALL_COLUMNS + " FROM subjects u " + conditions.where()
                + "\nORDER BY u.name LIMIT :limit";
        return page(
                sql,
                conditions,
                page,
                (row, _) -> new NamedSettings(new Subject(filter.tenant(), row.getString("name")), Settings.whole(row)),
                set -> PagePosition.of(set.subject().name()));
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        Conditions conditions = new Conditions()
                .and("r.schema_id <> :id::uuid", "id", id.uuid())
                .tenant("s.tenant", id.tenant());
        PagePosition after = page.after();
        if (after != null) {
            conditions
                    .and("(r.distance, s.id) > (:afterDistance, :afterId::uuid)")
                    .bind("afterDistance", after.key(0, Integer::parseInt))
                    .bind("afterId", after.key(1, UUID::fromString));
        }
        String sql = reached(direction, deletion, isTransitive)
                + "SELECT r.distance, " + SUMMARY_COLUMNS + FROM_SCHEMAS
                + "JOIN reached r ON r.schema_id = s.id\n"
                + conditions.where() + "\nORDER BY r.distance, s.id LIMIT :limit";
        return page(
                sql,
                conditions,
                page,
                (row, _) -> dependency(row),
                found -> PagePosition.of(
                        Integer.toString(found.distance()), found.schema().id().toString()));
    }

    private static Dependency dependency(ResultSet row) throws SQLException {
        return new Dependency(Rows.summary(row), row.getInt("distance"));
    }

    /** The schemas that can be reached from {@code :id}, each at its shortest distance. */
    private static String reached(Direction direction, Deletion deletion, boolean isTransitive) {
        String from = direction == Direction.REFERENCES ? "d.schema_id" : "d.depends_on_id";
        String to = direction == Direction.REFERENCES ? "d.depends_on_id" : "d.schema_id";
        // Followed level by level, each level without duplicates: a fan of diamonds does not multiply the rows.
        String chosen = switch (deletion) {
            case LIVE -> " JOIN schemas t ON t.id = " + to + " AND t.deleted_at IS NULL";
            case DELETED -> " JOIN schemas t ON t.id = " + to + " AND t.deleted_at IS NOT NULL";
            case ANY -> "";
        };
        String step = isTransitive ? """

                      UNION
                      SELECT %s, w.distance + 1
                      FROM walk w JOIN schema_dependencies d ON %s = w.schema_id%s""".formatted(to, from, chosen) : "";
        return """
                WITH RECURSIVE walk (schema_id, distance) AS (
                    SELECT %s, 1 FROM schema_dependencies d%s WHERE %s = :id::uuid%s
                ), reached AS (
                    SELECT schema_id, min(distance) AS distance FROM walk GROUP BY schema_id
                )
                """.formatted(to, chosen, from, step);
    }
}
