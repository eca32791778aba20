package io.llmschema.storage.postgres;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.WriteMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code subjects} that say what is set.
 *
 * <p>The attributes, which may be long and mean nothing to a registration, are read by those only who ask what is set.
 */
final class Settings {
    private static final List<String> COLUMNS = List.of(
            "level", "policy", "aspects", "blocks_unknown", "group_by", "allows_lower_versions", "validation_mode");

    /** What {@link #own} reads, of {@code subjects u}. */
    static final String OWN_COLUMNS = columns("u.set_%1$s AS set_%1$s") + ", u.set_mode AS set_mode";

    /** What {@link #whole} reads, of {@code subjects u}. */
    static final String ALL_COLUMNS = OWN_COLUMNS + ", u.set_attributes AS set_attributes";

    /** Whether {@link #whole} reads anything. */
    static final String IS_ANY = "num_nonnulls(" + columns("u.set_%1$s") + ", u.set_mode, u.set_attributes) > 0";

    /** What {@link #global} reads, of {@link #GLOBAL_JOIN}: see {@link SubjectSettings#over(SubjectSettings)}. */
    static final String GLOBAL_COLUMNS = columns("coalesce(g.set_%1$s, a.set_%1$s) AS global_%1$s")
            + ", CASE WHEN a.set_mode = 'READONLY_OVERRIDE' THEN a.set_mode ELSE coalesce(g.set_mode, a.set_mode) END AS global_mode";

    /** The rows of the context and of all contexts, as far as there are any; {@link #bindScopes} says which. */
    static final String GLOBAL_JOIN = """
             LEFT JOIN subjects g ON g.tenant = :tenant AND g.name = :scope
             LEFT JOIN subjects a ON a.tenant = :tenant AND a.name = :allContexts
            """;

    static final String UPDATE = """
            UPDATE subjects SET
                set_level = :level, set_policy = :policy, set_aspects = :aspects, set_blocks_unknown = :blocksUnknown,
                set_group_by = :groupBy, set_allows_lower_versions = :allowsLowerVersions,
                set_validation_mode = :validationMode, set_mode = :mode, set_attributes = :attributes::json,
                revision = revision + 1,
                last_change = greatest(subjects.last_change, pg_current_xact_id())
            WHERE tenant = :tenant AND name = :subject
            """;

    private Settings() {}

    private static String columns(String format) {
        return COLUMNS.stream().map(format::formatted).collect(Collectors.joining(", "));
    }

    /** What is set for the subject of the row, without attributes. */
    static SubjectSettings own(ResultSet row) throws SQLException {
        return read(row, "set_", null);
    }

    /** What is set for the subject of the row. */
    static SubjectSettings whole(ResultSet row) throws SQLException {
        return read(row, "set_", row.getString("set_attributes"));
    }

    /** What is set for all subjects of the context, without attributes. */
    static SubjectSettings global(ResultSet row) throws SQLException {
        return read(row, "global_", null);
    }

    private static SubjectSettings read(ResultSet row, String prefix, @Nullable String attributes) throws SQLException {
        String level = row.getString(prefix + "level");
        String policy = row.getString(prefix + "policy");
        String validationMode = row.getString(prefix + "validation_mode");
        String mode = row.getString(prefix + "mode");
        SubjectSettings read = new SubjectSettings(
                level == null ? null : CompatibilityLevel.valueOf(level),
                policy == null ? null : CompatibilityPolicy.valueOf(policy),
                aspects(row.getArray(prefix + "aspects")),
                row.getObject(prefix + "blocks_unknown", Boolean.class),
                row.getString(prefix + "group_by"),
                row.getObject(prefix + "allows_lower_versions", Boolean.class),
                validationMode == null ? null : ValidationMode.valueOf(validationMode),
                mode == null ? null : WriteMode.valueOf(mode),
                attributes);
        return read.equals(SubjectSettings.NONE) ? SubjectSettings.NONE : read;
    }

    private static @Nullable Set<DataEncoding> aspects(@Nullable Array column) throws SQLException {
        return column == null
                ? null
                : Arrays.stream((String[]) column.getArray())
                        .map(DataEncoding::valueOf)
                        .collect(Collectors.toSet());
    }

    static <S extends SqlStatement<S>> S bind(S statement, SubjectSettings settings) {
        return statement
                .bind("level", name(settings.level()))
                .bind("policy", name(settings.policy()))
                .bind("aspects", names(settings.aspects()))
                .bind("blocksUnknown", settings.blocksUnknown())
                .bind("groupBy", settings.groupBy())
                .bind("allowsLowerVersions", settings.allowsLowerVersions())
                .bind("validationMode", name(settings.validationMode()))
                .bind("mode", name(settings.mode()))
                .bind("attributes", settings.attributes());
    }

    /** What {@link #GLOBAL_JOIN} needs beside the tenant. */
    static <S extends SqlStatement<S>> S bindScopes(S statement, Subject subject) {
        return statement
                .bind("scope", subject.scope().name())
                .bind("allContexts", Subject.ofAllContexts(subject.tenant()).name());
    }

    private static String @Nullable [] names(@Nullable Set<DataEncoding> aspects) {
        return aspects == null
                ? null
                : aspects.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
