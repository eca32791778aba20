package io.llmschema.benchmarks.atrest;

import io.llmschema.storage.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL as the server's own is set up, with a database for each thing that is measured. */
public final class Database implements AutoCloseable {
    /** They report what they do when nothing is wrong. */
    private static final List<Logger> LIBRARIES = List.of(
            Logger.getLogger("io.zonky.test"), Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.flywaydb"));

    private static final String USER = "postgres";
    private static final int POOL_SIZE = 8;

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "128MB",
            "max_connections", "100",
            "max_wal_size", "2GB");

    static {
        LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    }

    private final EmbeddedPostgres server;

    private Database(EmbeddedPostgres server) {
        this.server = server;
    }

    public static Database start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        SETTINGS.forEach(builder::setServerConfig);
        return new Database(builder.start());
    }

    public PostgresConfig create(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name);
        return PostgresConfig.of(server.getJdbcUrl(USER, name), POOL_SIZE);
    }

    public void execute(String database, String statement) throws SQLException {
        try (Connection connection = server.getDatabase(USER, database).getConnection();
                var created = connection.createStatement()) {
            created.execute(statement);
        }
    }

    int update(String database, String statement, String argument) throws SQLException {
        try (Connection connection = server.getDatabase(USER, database).getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, argument);
            return prepared.executeUpdate();
        }
    }

    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String database, String question, Reading<T> reading) throws SQLException {
        try (Connection connection = server.getDatabase(USER, database).getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            List<T> all = new ArrayList<>();
            while (row.next()) {
                all.add(reading.read(row));
            }
            return all;
        }
    }

    long number(String database, String question) throws SQLException {
        return query(database, question, row -> row.getLong(1)).getFirst();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
