package io.llmschema.storage.postgres;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.ValidationMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The columns of {@code subjects} that say what is set. */
final class Settings {
    private static final List<String> COLUMNS = List.of(
            "level", "policy", "aspects", "blocks_unknown", "group_by", "allows_lower_versions", "validation_mode");

    /** What {@link #own} reads, of {@code subjects u}. */
    static final String OWN_COLUMNS = columns("u", "set_");

    /** What {@link #global} reads, of {@code subjects g}. */
    static final String GLOBAL_COLUMNS = columns("g", "global_");

    /** The row that {@link #GLOBAL_COLUMNS} are read from, if there is one. */
    static final String GLOBAL_JOIN =
            " LEFT JOIN subjects g ON g.tenant = :tenant AND g.name = '" + io.llmschema.model.Subject.GLOBAL + "' ";

    static final String UPDATE = """
            UPDATE subjects SET
                set_level = :level, set_policy = :policy, set_aspects = :aspects, set_blocks_unknown = :blocksUnknown,
                set_group_by = :groupBy, set_allows_lower_versions = :allowsLowerVersions,
                set_validation_mode = :validationMode, revision = revision + 1,
                last_change = greatest(subjects.last_change, pg_current_xact_id())
            WHERE tenant = :tenant AND name = :subject
            """;

    private Settings() {}

    private static String columns(String table, String prefix) {
        return COLUMNS.stream()
                .map(column -> "%s.set_%s AS %s%s".formatted(table, column, prefix, column))
                .collect(Collectors.joining(", "));
    }

    static SubjectSettings own(ResultSet row) throws SQLException {
        return read(row, "set_");
    }

    static SubjectSettings global(ResultSet row) throws SQLException {
        return read(row, "global_");
    }

    private static SubjectSettings read(ResultSet row, String prefix) throws SQLException {
        String level = row.getString(prefix + "level");
        String policy = row.getString(prefix + "policy");
        String mode = row.getString(prefix + "validation_mode");
        SubjectSettings read = new SubjectSettings(
                level == null ? null : CompatibilityLevel.valueOf(level),
                policy == null ? null : CompatibilityPolicy.valueOf(policy),
                aspects(row.getArray(prefix + "aspects")),
                row.getObject(prefix + "blocks_unknown", Boolean.class),
                row.getString(prefix + "group_by"),
                row.getObject(prefix + "allows_lower_versions", Boolean.class),
                mode == null ? null : ValidationMode.valueOf(mode));
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
                .bind("validationMode", name(settings.validationMode()));
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
