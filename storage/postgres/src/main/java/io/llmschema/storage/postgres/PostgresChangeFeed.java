package io.llmschema.storage.postgres;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.SubjectChange;
import java.net.SocketTimeoutException;
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
 * <p>It keeps the snapshot under which it read last, and reads what has become visible since: so every change is told once, in
 * whatever order transactions began and ended. How far it has come is the oldest transaction that had not ended then.
 */
final class PostgresChangeFeed implements ChangeFeed {
    /** How long the database may take for one answer before it counts as out of reach. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The most changes told at once; if there are more, all that is kept must be given up. */
    private static final int MAX_CHANGES = 20_000;

    private static final String SNAPSHOT =
            "pg_current_snapshot()::text AS snapshot, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS up_to";

    private static final String READ = "SELECT " + SNAPSHOT + ", " + Rows.CHANGE_COLUMNS + """

            FROM (SELECT) AS always
            LEFT JOIN LATERAL (
                SELECT * FROM subject_changes
                WHERE xact >= pg_snapshot_xmin(?::pg_snapshot) AND NOT pg_visible_in_snapshot(xact, ?::pg_snapshot)
                LIMIT ?
            ) AS change ON true
            """;

    private static final String BEGIN = "SELECT " + SNAPSHOT;

    /** The history that the database is part of: another one may lack what the last had, and use its numbers again. */
    private static final String TIMELINE = "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    private final PostgresConfig config;
    private final Runnable onSilence;
    private final Runnable onGap;
    private @Nullable Connection connection;
    private @Nullable String timeline;
    private boolean isOtherTimeline;
    private @Nullable String snapshot;
    private ChangePosition told = ChangePosition.START;
    private long toldAt;

    /**
     * @param onSilence what to do when the database does not answer in time, rather than refuse
     * @param onGap what to do when not all that has happened can be told
     */
    PostgresChangeFeed(PostgresConfig config, Runnable onSilence, Runnable onGap) {
        this.config = config;
        this.onGap = onGap;
        this.onSilence = onSilence;
    }

    @Override
    public Changes next(Duration atMost) {
        try {
            Connection open = connection();
            if (snapshot == null) {
                return begin(open);
            }
            // Also when nothing rings: a bell may be lost, and what is heard is that the database is there.
            open.unwrap(PGConnection.class).getNotifications((int) Math.max(1, atMost.toMillis()));
            return read(open, snapshot);
        } catch (SQLException e) {
            close();
            if (isSilence(e)) {
                onSilence.run();
            }
            throw new StorageUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isSilence(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            Properties properties = new Properties();
            properties.putAll(PostgresStorage.PRIMARY_ONLY);
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
            try (Statement statement = open.createStatement()) {
                statement.execute("LISTEN " + PostgresChangeLog.CHANNEL);
                // The question is planned once. When the table is new, or has just been cleared, reading all of it
                // looks cheapest.
                statement.execute("SET enable_seqscan = off");
                try (ResultSet row = statement.executeQuery(TIMELINE)) {
                    row.next();
                    String now = row.getString(1);
                    isOtherTimeline |= timeline != null && !timeline.equals(now);
                    timeline = now;
                }
            }
        }
        return open;
    }

    private Changes begin(Connection open) throws SQLException {
        long asOf = System.nanoTime();
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(BEGIN)) {
            row.next();
            return answer(List.of(), row.getString("snapshot"), row.getLong("up_to"), asOf, true);
        }
    }

    private Changes read(Connection open, String since) throws SQLException {
        long asOf = System.nanoTime();
        try (PreparedStatement statement = open.prepareStatement(READ)) {
            statement.setString(1, since);
            statement.setString(2, since);
            statement.setInt(3, MAX_CHANGES + 1);
            List<SubjectChange> changes = new ArrayList<>();
            String now = since;
            long upTo = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    now = row.getString("snapshot");
                    upTo = row.getLong("up_to");
                    if (row.getString("change_subject") != null) {
                        changes.add(Rows.change(row));
                    }
                }
            }
            // A database that stands before where it stood was restored.
            boolean isComplete = changes.size() <= MAX_CHANGES
                    && upTo >= told.value()
                    && !isOtherTimeline
                    && asOf - toldAt <= PostgresChangeLog.RETENTION.toNanos() / 2;
            if (!isComplete) {
                onGap.run();
            }
            return answer(isComplete ? changes : List.of(), now, upTo, asOf, isComplete);
        }
    }

    private Changes answer(List<SubjectChange> changes, String now, long upTo, long asOf, boolean isComplete) {
        snapshot = now;
        told = new ChangePosition(upTo);
        toldAt = asOf;
        isOtherTimeline = false;
        return new Changes(changes, told, asOf, isComplete);
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
