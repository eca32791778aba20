package io.llmschema.storage.postgres;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.SubjectChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads {@code subject_changes} as it grows, on a connection of its own that listens for the bell.
 *
 * <p>It reads on from the oldest transaction that had not ended when it read last: all before have ended, so none is missed. Changes of
 * transactions that ended meanwhile are told again until the oldest has ended; they are the same then.
 */
final class PostgresChangeFeed implements ChangeFeed {
    /** How long the database may take for one answer before it counts as out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The most changes told at once; if there are more, all that is kept must be given up. */
    private static final int MAX_CHANGES = 20_000;

    private static final String READ =
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS up_to, " + Rows.CHANGE_COLUMNS + """

            FROM (SELECT) AS always
            LEFT JOIN LATERAL (SELECT * FROM subject_changes WHERE xact >= ?::text::xid8 ORDER BY xact LIMIT ?) AS change ON true
            """;

    private static final String NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS up_to";

    private final PostgresConfig config;
    private @Nullable Connection connection;
    private @Nullable ChangePosition told;
    private long toldAt;

    PostgresChangeFeed(PostgresConfig config) {
        this.config = config;
    }

    @Override
    public Changes next(Duration atMost) {
        try {
            Connection open = connection();
            if (told == null) {
                return answer(begin(open), System.nanoTime());
            }
            // Also when nothing rings: a bell may be lost, and what is heard is that the database is there.
            open.unwrap(PGConnection.class).getNotifications((int) Math.max(1, atMost.toMillis()));
            long asOf = System.nanoTime();
            return answer(read(open, told), asOf);
        } catch (SQLException e) {
            close();
            throw new StorageUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private Changes answer(Changes changes, long asOf) {
        told = changes.upTo();
        toldAt = asOf;
        return new Changes(changes.changes(), changes.upTo(), asOf, changes.isComplete());
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            Properties properties = new Properties();
            if (config.user() != null) {
                properties.setProperty("user", config.user());
            }
            if (config.password() != null) {
                properties.setProperty("password", config.password());
            }
            properties.setProperty("ApplicationName", "llmschema-changes");
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
            properties.setProperty("loginTimeout", Long.toString(2 * PATIENCE.toSeconds()));
            properties.setProperty("socketTimeout", Long.toString(PATIENCE.toSeconds()));
            open = DriverManager.getConnection(config.jdbcUrl(), properties);
            connection = open;
            try (Statement listen = open.createStatement()) {
                listen.execute("LISTEN " + PostgresChangeLog.CHANNEL);
            }
        }
        return open;
    }

    private static Changes begin(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return new Changes(List.of(), new ChangePosition(row.getLong("up_to")), 0, true);
        }
    }

    private Changes read(Connection open, ChangePosition from) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(READ)) {
            statement.setString(1, Long.toString(from.value()));
            statement.setInt(2, MAX_CHANGES + 1);
            List<SubjectChange> changes = new ArrayList<>();
            ChangePosition upTo = from;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    upTo = new ChangePosition(row.getLong("up_to"));
                    if (row.getString("change_subject") != null) {
                        changes.add(Rows.change(row));
                    }
                }
            }
            // A database that stands before where it stood has been restored, or is a replica that had not heard all.
            boolean isComplete = changes.size() <= MAX_CHANGES && upTo.covers(from) && !isOlderThanTheLog();
            return new Changes(isComplete ? changes : List.of(), upTo, 0, isComplete);
        }
    }

    private boolean isOlderThanTheLog() {
        return System.nanoTime() - toldAt > PostgresChangeLog.RETENTION.toNanos() / 2;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was of no use any more.
                System.getLogger(PostgresChangeFeed.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing the feed's connection", e);
            }
        }
    }
}
