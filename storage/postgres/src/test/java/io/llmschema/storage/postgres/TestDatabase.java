package io.llmschema.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** One real PostgreSQL for all tests of this JVM, on a free port and in a temporary folder, stopped when the JVM ends. */
final class TestDatabase {
    private static final int POOL_SIZE = 8;

    private static final EmbeddedPostgres SERVER = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL could be started from the binaries on the class path", e);
        }
    }

    static PostgresConfig config() {
        return PostgresConfig.of(SERVER.getJdbcUrl("postgres", "postgres"), POOL_SIZE);
    }

    /** An empty database of its own on the same server, for what is about all that is in one. */
    static PostgresConfig ofItsOwn() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        Jdbi.create(config().jdbcUrl()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return PostgresConfig.of(SERVER.getJdbcUrl("postgres", name), POOL_SIZE);
    }
}
