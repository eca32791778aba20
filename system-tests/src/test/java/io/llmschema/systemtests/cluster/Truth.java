package io.llmschema.systemtests.cluster;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is true of a subject at one moment, as the database has it.
 *
 * @param revision 0: there has never been such a subject
 * @param versions all there have been, by ordinal
 */
record Truth(long revision, String description, boolean isDeleted, List<Version> versions) {
    static final Truth NOTHING = new Truth(0, "", true, List.of());

    /** A version, deleted or not. */
    record Version(
            String id,
            int globalId,
            int ordinal,
            String version,
            String stage,
            String reason,
            boolean isDeleted,
            long revision,
            String content) {
        boolean isSelectable() {
            return !isDeleted && (stage.equals("ACTIVE") || stage.equals("DEPRECATED"));
        }
    }

    Truth {
        versions = List.copyOf(versions);
    }

    /** The version that was registered as the so-many-th, deleted or not. */
    Optional<Version> version(int ordinal) {
        return ordinal <= versions.size() ? Optional.of(versions.get(ordinal - 1)) : Optional.empty();
    }

    /** What {@code latest} leads to; in these tests every version is higher than those before. */
    Optional<Version> latest() {
        return versions.reversed().stream().filter(Version::isSelectable).findFirst();
    }

    List<Version> live() {
        return versions.stream().filter(version -> !version.isDeleted()).toList();
    }

    /** Asks the database; nobody may change the subject meanwhile. */
    static Truth of(Connection connection, String subject) throws SQLException {
        List<Version> versions = versions(connection, subject);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT revision, description, deleted_at IS NOT NULL FROM subjects WHERE tenant = 'default' AND name = ?")) {
            statement.setString(1, subject);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Truth(row.getLong(1), orEmpty(row.getString(2)), row.getBoolean(3), versions)
                        : NOTHING;
            }
        }
    }

    private static List<Version> versions(Connection connection, String subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT s.*, c.content FROM schemas s JOIN contents c USING (tenant, global_id)
                WHERE tenant = 'default' AND subject = ? ORDER BY ordinal""")) {
            statement.setString(1, subject);
            List<Version> versions = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    versions.add(new Version(
                            row.getString("id"),
                            row.getInt("global_id"),
                            row.getInt("ordinal"),
                            row.getString("version"),
                            row.getString("stage"),
                            orEmpty(row.getString("state_reason")),
                            row.getString("deleted_at") != null,
                            row.getLong("revision"),
                            new String(row.getBytes("content"), StandardCharsets.UTF_8)));
                }
            }
            return versions;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
