package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one version that a {@link SchemaKey} picks, in one statement: so that the version and how new it is are of one moment. */
final class PostgresSelection {
    /** Contents above this size are read in a step of their own, of which few are made at the same time. */
    private static final int LARGE_CONTENT_BYTES = 1024 * 1024;

    static final String HIGHEST_FIRST =
            "s.version_major DESC, s.version_minor DESC, s.version_patch DESC, s.version_pre_release_key DESC";

    private static final String CONTENT = ", " + StoredContent.columns(LARGE_CONTENT_BYTES);

    private static final String ANY_CONTENT = StoredContent.columns(Integer.MAX_VALUE);

    /** What the revision of a subject, and how new an answer is, are read from. */
    private static final String SUBJECT = "u.revision AS subject_revision, " + Rows.POSITION_COLUMNS;

    /** The same for what a global id leads to: that may have become so by the removal of another version, of another subject. */
    private static final String SUBJECT_OR_REMOVAL = """
            u.revision AS subject_revision, greatest(u.last_change::text::bigint, (
                SELECT max(p.xact::text::bigint) FROM purged_versions p WHERE p.tenant = :tenant AND p.global_id = :globalId
            )) AS last_change, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS complete_before""";

    /** One row in any case. */
    private static final String REMOVAL = """
            SELECT max(p.revision) AS revision, max(p.xact::text::bigint) AS last_change,
                   pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS complete_before
            FROM purged_versions p WHERE p.tenant = :tenant AND\s""";

    /** The offset keeps PostgreSQL from looking for the lowest number first, and then for one that has the guid. */
    private static final String LED_TO_BY_GUID = """
            s.id = (
                SELECT known.first_schema_id
                FROM (SELECT o.tenant, o.global_id, o.first_schema_id FROM contents o WHERE o.guid = :guid::uuid OFFSET 0) AS known
                WHERE known.tenant = :tenant ORDER BY known.global_id LIMIT 1)""";

    private static final String OF_SUBJECT = "JOIN subjects u ON u.tenant = f.tenant AND u.name = f.subject";

    /**
     * One row in any case: also of what is not there it must be known when that was so.
     *
     * <p>The offsets say nothing; they keep PostgreSQL to this order. Where it knows nothing of new tables yet it would look at all contents of
     * a tenant, and at those that each of them rests on, before it knows which one is meant; and it keeps a plan longer than tables are small.
     */
    private static final String VERSION = "SELECT " + SUMMARY_COLUMNS + ", c.encoding, c.archive, c.content, c.chain, "
            + SUBJECT + """

            FROM (SELECT) AS always
            LEFT JOIN subjects u ON u.tenant = :tenant AND u.name = :subject
            LEFT JOIN LATERAL (SELECT * FROM (SELECT s.* FROM schemas s %s) AS one OFFSET 0) AS s ON true
            LEFT JOIN LATERAL (
                SELECT c.raw_hash, c.canonical_hash, c.unordered_hash, c.size""" + CONTENT + """

                FROM contents c WHERE c.tenant = s.tenant AND c.global_id = s.global_id OFFSET 0) AS c ON true
            """;

    private final Handle handle;

    PostgresSelection(Handle handle) {
        this.handle = handle;
    }

    /** A schema, whose content is still to be read if it is large, and how new it is. */
    record Found(
            @Nullable SchemaSummary summary, @Nullable StoredContent content, long revision, Rows.Positions positions) {
        /** Whether it is the same content, and lies where the other one does. */
        boolean liesAs(Found other) {
            return content != null
                    && other.content != null
                    && Objects.requireNonNull(summary)
                            .globalId()
                            .equals(Objects.requireNonNull(other.summary).globalId())
                    && content.liesAs(other.content);
        }

        /** The object of the blob store that is the content, if one is. */
        Optional<Fingerprint> object() {
            return summary != null && content != null && content.encoding() == Encoding.BLOB
                    ? Optional.of(summary.fingerprints().raw())
                    : Optional.empty();
        }

        boolean isArchived() {
            return content != null && content.encoding() == Encoding.ARCHIVE;
        }

        boolean isWhole() {
            return content == null || content.isComplete();
        }

        Seen<SchemaSummary> seenSummary() {
            return new Seen<>(summary, revision, positions.shown(), positions.complete());
        }

        Seen<Schema> whole(Contents contents) {
            return new Seen<>(
                    summary == null || content == null
                            ? null
                            : new Schema(
                                    summary,
                                    contents.decode(
                                            content, summary.fingerprints().raw())),
                    revision,
                    positions.shown(),
                    positions.complete());
        }
    }

    Optional<Schema> getSchema(SchemaKey key, Contents contents) {
        Found found = find(key);
        return (found.isWhole() ? Optional.of(found) : readContent(found))
                .map(whole -> whole.whole(contents).found())
                .orElseGet(() -> getSchema(key, contents));
    }

    Found find(SchemaKey key) {
        Conditions conditions = new Conditions();
        String choice = choice(key, conditions);
        String picked = "SELECT " + SUMMARY_COLUMNS + CONTENT + PostgresReader.FROM_SCHEMAS + choice;
        return switch (key) {
            case SchemaKey.ByVersion(Subject subject, VersionSelector _) ->
                handle.createQuery(VERSION.formatted(choice))
                        .bindMap(conditions.bind("subject", subject.name()).bindings())
                        .map((row, _) -> found(row, row.getLong("subject_revision")))
                        .one();
            case SchemaKey.ById(SchemaId id) ->
                find(picked, SUBJECT, conditions).orElseGet(() -> removed("p.id = :of::uuid", id.tenant(), id.uuid()));
            case SchemaKey.ByGlobalId(GlobalId id) ->
                find(picked, SUBJECT_OR_REMOVAL, conditions)
                        .orElseGet(() -> removed("p.global_id = :of", id.tenant(), id.value()));
            case SchemaKey.ByFingerprint _, SchemaKey.ByGuid _ ->
                find(picked, SUBJECT, conditions).orElseGet(PostgresSelection::nothing);
        };
    }

    /** The version with that id, without a look at its content, and how new that is. */
    Seen<SchemaSummary> summary(SchemaId id) {
        Conditions conditions = new Conditions();
        String picked =
                "SELECT " + SUMMARY_COLUMNS + PostgresReader.FROM_SCHEMAS + choice(new SchemaKey.ById(id), conditions);
        return handle.createQuery("SELECT f.*, %s FROM (%s) AS f %s".formatted(SUBJECT, picked, OF_SUBJECT))
                .bindMap(conditions.bindings())
                .map((row, _) -> new Found(Rows.summary(row), null, row.getLong("revision"), Rows.positions(row)))
                .findFirst()
                .orElseGet(() -> removed("p.id = :of::uuid", id.tenant(), id.uuid()))
                .seenSummary();
    }

    private Optional<Found> find(String picked, String position, Conditions conditions) {
        return handle.createQuery("SELECT f.*, %s FROM (%s) AS f %s".formatted(position, picked, OF_SUBJECT))
                .bindMap(conditions.bindings())
                .map((row, _) -> found(row, row.getLong("revision")))
                .findFirst();
    }

    /** That there is nothing; if it was removed, since when, so that whoever is told so is not shown it again. */
    private Found removed(String condition, TenantId tenant, Object of) {
        return handle.createQuery(REMOVAL + condition)
                .bind("tenant", tenant.value())
                .bind("of", of)
                .map((row, _) -> {
                    long revision = row.getLong("revision");
                    return revision == 0 ? nothing() : new Found(null, null, revision, Rows.positions(row));
                })
                .one();
    }

    private static Found nothing() {
        return new Found(null, null, 0, Rows.Positions.UNKNOWN);
    }

    private static Found found(ResultSet row, long revision) throws SQLException {
        Rows.Positions positions = Rows.positions(row);
        if (row.getString("id") == null) {
            return new Found(null, null, revision, positions);
        }
        return new Found(Rows.summary(row), StoredContent.of(row), revision, positions);
    }

    /** Those versions with these ids that are there, in one statement; large contents are left to be read. */
    Map<SchemaKey, Found> findAll(List<SchemaKey.ById> keys) {
        Map<SchemaKey, Found> found = new HashMap<>();
        Set<SchemaKey> wanted = Set.copyOf(keys);
        UUID[] ids = keys.stream().map(key -> key.id().uuid()).toArray(UUID[]::new);
        String picked = "SELECT " + SUMMARY_COLUMNS + CONTENT + PostgresReader.FROM_SCHEMAS + "WHERE s.id = ANY (:ids)";
        handle.createQuery("SELECT f.*, %s FROM (%s) AS f %s".formatted(SUBJECT, picked, OF_SUBJECT))
                .bind("ids", ids)
                .map((row, _) -> found(row, row.getLong("revision")))
                // Ids of other tenants may be among them.
                .filter(one -> wanted.contains(key(one)))
                .forEach(one -> found.put(key(one), one));
        return found;
    }

    private static SchemaKey key(Found found) {
        return new SchemaKey.ById(Objects.requireNonNull(found.summary()).id());
    }

    /** The same with its content; empty if the version was removed since, and the content with it. */
    Optional<Found> readContent(Found found) {
        GlobalId id = Objects.requireNonNull(found.summary()).globalId();
        return stored(id).map(stored -> new Found(found.summary(), stored, found.revision(), found.positions()));
    }

    /** A content as it lies there, however large; empty if it was removed for good. */
    Optional<StoredContent> stored(GlobalId id) {
        return stored(id, StoredContent::of);
    }

    /** A content, however large; empty if it was removed for good. */
    Optional<SchemaContent> content(GlobalId id, Contents contents) {
        return stored(id, row -> contents.decode(StoredContent.of(row), Fingerprint.ofBytes(row.getBytes("raw_hash"))));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> stored(GlobalId id, Reading<T> reading) {
        return handle.createQuery("SELECT c.raw_hash, c.size, " + ANY_CONTENT
                        + " FROM contents c WHERE c.tenant = :tenant AND c.global_id = :globalId")
                .bind("tenant", id.tenant().value())
                .bind("globalId", id.value())
                .map((row, _) -> reading.of(row))
                .findFirst();
    }

    /** The clauses that leave at most one row of {@code schemas s} and {@code contents c}. */
    static String choice(SchemaKey key, Conditions conditions) {
        conditions.tenant("s.tenant", key.tenant());
        return switch (key) {
            case SchemaKey.ById(SchemaId id) ->
                conditions.and("s.id = :id::uuid", "id", id.uuid()).where();
            case SchemaKey.ByGlobalId(GlobalId id) ->
                conditions
                        .and(
                                "s.id = (SELECT o.first_schema_id FROM contents o WHERE o.tenant = :tenant AND o.global_id = :globalId)",
                                "globalId",
                                id.value())
                        .where();
            case SchemaKey.ByGuid(TenantId _, UUID guid) ->
                conditions.and(LED_TO_BY_GUID, "guid", guid).where();
            case SchemaKey.ByFingerprint(TenantId _, Fingerprint raw) ->
                conditions
                                .and("c.tenant = :tenant")
                                .and("c.raw_hash = :hash", "hash", raw.toBytes())
                                .where()
                        + "\nORDER BY s.id LIMIT 1";
            case SchemaKey.ByVersion(Subject subject, VersionSelector selector) ->
                versionChoice(subject, selector, conditions);
        };
    }

    private static String versionChoice(Subject subject, VersionSelector selector, Conditions conditions) {
        return switch (selector) {
            case VersionSelector.Latest _ ->
                conditions
                        .and(
                                "s.id = (SELECT l.latest_id FROM subjects l WHERE l.tenant = :tenant AND l.name = :subject)",
                                "subject",
                                subject.name())
                        .where();
            case VersionSelector.Exact(Version version) ->
                conditions
                        .subject(subject)
                        .and("s.version = :version", "version", VersionKey.precedence(version))
                        .and("s.deleted_at IS NULL")
                        .where();
            case VersionSelector.Numbered(int ordinal) ->
                conditions
                        .subject(subject)
                        .and("s.ordinal = :ordinal", "ordinal", ordinal)
                        .and("s.deleted_at IS NULL")
                        .where();
            case VersionSelector.InRange(var range) ->
                conditions.subject(subject).selectable().inRange(range).where() + "\nORDER BY " + HIGHEST_FIRST
                        + " LIMIT 1";
        };
    }
}
