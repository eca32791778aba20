package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Deprecated;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SubjectChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** From rows to the records of the model, and from the model to what columns hold. */
final class Rows {
    /** What {@link #summary} reads, of {@code schemas s} and {@code contents c}. */
    static final String SUMMARY_COLUMNS = """
            s.id, s.tenant, s.subject, s.ordinal, s.version, s.version_build, s.global_id, s.schema_type, s.stage, s.state_reason, \
            s.state_sunset, s.state_replacement, s.state_since, s.schema_references, s.description, s.owner, s.tags, s.metadata, s.created_at, \
            s.created_by, s.deleted_at, s.revision, c.raw_hash, c.canonical_hash, c.unordered_hash, c.size""";

    /** What {@link #subject} reads, of {@code subjects u}. */
    static final String SUBJECT_COLUMNS = """
            u.tenant, u.name, u.description, u.owner, u.tags, u.metadata, u.stage, u.state_reason, u.state_sunset, \
            u.state_replacement, u.state_since, u.created_at, u.created_by, u.updated_at, u.deleted_at, u.revision, u.version_count, \
            u.latest_version""";

    /** What {@link #change} and {@link #changePosition} read, of {@code subject_changes change}. */
    static final String CHANGE_COLUMNS = """
            change.tenant AS change_tenant, change.subject AS change_subject, change.revision AS change_revision, \
            change.alters, change.version_ids, change.content_ids, change.xact::text::bigint AS change_xact""";

    /** What {@link #positions} reads, of {@code subjects u}. */
    static final String POSITION_COLUMNS = "u.last_change::text::bigint AS last_change,"
            + " pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS complete_before";

    /** See {@link io.llmschema.storage.Seen}. */
    record Positions(ChangePosition shown, ChangePosition complete) {
        /** Of an answer that shows nothing, of which it is not known when that was so. */
        static final Positions UNKNOWN = new Positions(ChangePosition.START, ChangePosition.START);
    }

    private static final int COLUMNS_OF_A_REFERENCE = 3;

    private Rows() {}

    /** The version of the row's tenant that a column names, if it names one. */
    static @Nullable SchemaId id(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new SchemaId(new TenantId(row.getString("tenant")), id);
    }

    static SchemaSummary summary(ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getString("tenant"));
        return new SchemaSummary(
                new SchemaId(tenant, row.getObject("id", UUID.class)),
                new GlobalId(tenant, row.getInt("global_id")),
                new Subject(tenant, row.getString("subject")),
                row.getInt("ordinal"),
                version(row),
                SchemaType.valueOf(row.getString("schema_type")),
                state(row),
                new Fingerprints(
                        Fingerprint.ofBytes(row.getBytes("raw_hash")),
                        Fingerprint.ofBytes(row.getBytes("canonical_hash")),
                        Fingerprint.ofBytes(row.getBytes("unordered_hash"))),
                row.getInt("size"),
                references(tenant, strings(row, "schema_references")),
                metadata(row),
                instant(row, "created_at"),
                row.getString("created_by"),
                nullableInstant(row, "deleted_at"),
                row.getLong("revision"));
    }

    static Version version(ResultSet row) throws SQLException {
        String build = row.getString("version_build");
        return Version.parse(row.getString("version") + (build.isEmpty() ? "" : "+" + build));
    }

    static SubjectSummary subject(ResultSet row) throws SQLException {
        String latest = row.getString("latest_version");
        return new SubjectSummary(
                new Subject(new TenantId(row.getString("tenant")), row.getString("name")),
                metadata(row),
                state(row),
                row.getInt("version_count"),
                latest == null ? null : Version.parse(latest),
                instant(row, "created_at"),
                row.getString("created_by"),
                instant(row, "updated_at"),
                nullableInstant(row, "deleted_at"),
                row.getLong("revision"));
    }

    static SubjectChange change(ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getString("change_tenant"));
        long revision = row.getLong("change_revision");
        UUID[] ids = (UUID[]) row.getArray("version_ids").getArray();
        Integer[] contents = (Integer[]) row.getArray("content_ids").getArray();
        List<SubjectChange.Version> versions = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            GlobalId content = contents[i] == 0 ? null : new GlobalId(tenant, contents[i]);
            versions.add(new SubjectChange.Version(new SchemaId(tenant, ids[i]), revision, content));
        }
        return new SubjectChange(
                new Subject(tenant, row.getString("change_subject")),
                revision,
                kind(row.getBoolean("alters"), ids.length),
                versions);
    }

    /** What came without a version was said about the subject. */
    private static SubjectChange.Kind kind(boolean isAlteration, int versions) {
        if (isAlteration) {
            return SubjectChange.Kind.ALTERATION;
        }
        return versions == 0 ? SubjectChange.Kind.STATEMENT : SubjectChange.Kind.ADDITION;
    }

    static Positions positions(ResultSet row) throws SQLException {
        long change = row.getLong("last_change");
        return new Positions(
                change == 0 ? ChangePosition.START : new ChangePosition(change + 1),
                new ChangePosition(row.getLong("complete_before")));
    }

    /** Behind the transaction of a change. */
    static ChangePosition changePosition(ResultSet row) throws SQLException {
        return new ChangePosition(row.getLong("change_xact") + 1);
    }

    private static SchemaState state(ResultSet row) throws SQLException {
        return switch (Stage.valueOf(row.getString("stage"))) {
            case DRAFT -> new SchemaState.Draft();
            case ACTIVE -> new SchemaState.Active();
            case ARCHIVED -> new SchemaState.Archived();
            case DEPRECATED ->
                new SchemaState.Deprecated(
                        row.getString("state_reason"),
                        row.getObject("state_sunset", LocalDate.class),
                        row.getString("state_replacement"),
                        nullableInstant(row, "state_since"));
        };
    }

    private static Metadata metadata(ResultSet row) throws SQLException {
        return new Metadata(
                row.getString("description"), row.getString("owner"), strings(row, "tags"), row.getString("metadata"));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static List<SchemaReference> references(TenantId tenant, List<String> columns) {
        List<SchemaReference> references = new ArrayList<>(columns.size() / COLUMNS_OF_A_REFERENCE);
        for (int i = 0; i < columns.size(); i += COLUMNS_OF_A_REFERENCE) {
            references.add(new SchemaReference(
                    columns.get(i), new Subject(tenant, columns.get(i + 1)), Version.parse(columns.get(i + 2))));
        }
        return references;
    }

    /** The column that {@link #summary} reads references from. */
    static String[] referenceColumns(List<SchemaReference> references) {
        return references.stream()
                .flatMap(reference ->
                        List.of(
                                reference.name(),
                                reference.subject().name(),
                                reference.version().toString())
                                .stream())
                .toArray(String[]::new);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** What a statement needs that writes metadata. */
    static <S extends SqlStatement<S>> S bindMetadata(S statement, Metadata metadata) {
        return statement
                .bind("description", metadata.description())
                .bind("owner", metadata.owner())
                .bind("tags", metadata.tags().toArray(String[]::new))
                .bind("metadata", metadata.attributes());
    }

    /** What a statement needs that writes a state. */
    static <S extends SqlStatement<S>> S bindState(S statement, SchemaState state) {
        Deprecated deprecated = state instanceof Deprecated it ? it : null;
        return statement
                .bind("stage", state.stage().name())
                .bind("reason", deprecated == null ? null : deprecated.reason())
                .bind("sunset", deprecated == null ? null : deprecated.sunset())
                .bind("replacement", deprecated == null ? null : deprecated.replacement())
                .bind("since", deprecated == null ? null : timestamp(deprecated.since()));
    }
}
