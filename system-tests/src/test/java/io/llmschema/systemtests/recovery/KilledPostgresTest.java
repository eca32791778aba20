package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.RegistryClient.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of PostgreSQL in the middle of an import: the server stays up, and goes on when PostgreSQL does. */
final class KilledPostgresTest {
    private static final int KILLS = 3;
    private static final int MIN_ROWS = 50;
    private static final int MAX_ROWS = 300;
    private static final Duration ROWS_TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedPostgres_isStartedAgainByTheServer_andNothingIsLost() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KilledPostgresTest seed " + seed);
        Random random = new Random(seed);
        Import importing = new Import(seed);

        try (EmbeddedData data = new EmbeddedData(folder.resolve("data"));
                ServerProcess server =
                        Launch.in(folder).withDataDir(data.folder()).start()) {
            RegistryClient registry = RegistryClient.of(server);
            importing.prepare(registry);
            importing.start(registry);
            for (int kill = 0; kill < KILLS; kill++) {
                awaitRows(importing, MIN_ROWS + random.nextInt(MAX_ROWS - MIN_ROWS), server);
                long killed = data.runningPostmaster();
                long begin = System.nanoTime();
                ServerProcess.signal("KILL", killed);
                // The first may still be from before; those after them are not.
                awaitRows(importing, MIN_ROWS, server);
                System.out.printf(
                        "KilledPostgresTest: %d rows after %d ms%n",
                        MIN_ROWS, Duration.ofNanos(System.nanoTime() - begin).toMillis());
                assertThat(data.runningPostmaster()).isNotEqualTo(killed);
            }
            int ended = endConnections(data);
            awaitRows(importing, MIN_ROWS, server);
            importing.stop();

            System.out.printf(
                    "KilledPostgresTest: %d kills, %d connections ended, %d rows acknowledged, %d requests answered"
                            + " with 503%n",
                    KILLS, ended, importing.acknowledgements(), importing.turnedAway());
            importing.checkAnswers();
            assertThat(importing.lost()).as("requests without an answer").isZero();
            assertThat(server.isAlive()).isTrue();
            assertThat(ended).isPositive();
            importing.checkAllAreThere(registry);
            try (Connection connection = data.connect()) {
                Integrity.check(connection);
            }
            server.terminate();
            server.awaitExit();
        }
    }

    private static void awaitRows(Import importing, int rows, ServerProcess server) {
        int wanted = importing.acknowledgements() + rows;
        Eventually.until(
                ROWS_TIMEOUT,
                () -> importing.acknowledgements() >= wanted,
                () -> wanted + " rows acknowledged, not " + importing.acknowledgements() + "; the server: "
                        + server.output());
    }

    /** Ends the processes of PostgreSQL that work for the server, one by one. */
    private static int endConnections(EmbeddedData data) throws Exception {
        try (Connection connection = data.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name ="
                                + " 'llmschema'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void databaseAway_is503UntilItIsBack() throws Exception {
        Path database = folder.resolve("database");
        OwnPostgres first = OwnPostgres.start(database);
        try (ServerProcess server =
                Launch.in(folder).with("--database-url", first.url()).start()) {
            RegistryClient registry = RegistryClient.of(server);
            assertThat(registry.register("orders", Map.of("schema", "{}")).status())
                    .isEqualTo(201);

            first.close();

            // Not read before, so not kept; what was is the subject of DatabaseAwayTest.
            assertThat(registry.get("/api/v1/subjects/orders")).matches(reply -> reply.is(503, "storage-unavailable"));
            assertThat(registry.register("orders", Map.of("schema", "{ }")))
                    .matches(reply -> reply.is(503, "storage-unavailable"));
            assertThat(registry.get("/health/ready").status()).isEqualTo(503);
            assertThat(registry.get("/health/live").status()).isEqualTo(200);
            try (OwnPostgres second = first.startAgain()) {
                assertThat(second.url()).isEqualTo(first.url());
                Eventually.until(ROWS_TIMEOUT, () -> isServed(registry), server::output);
                assertThat(registry.register("orders", Map.of("schema", "{ }")).status())
                        .isEqualTo(201);
            }
        }
    }

    private static boolean isServed(RegistryClient registry) {
        try {
            Reply reply = registry.get("/api/v1/subjects/orders");
            assertThat(reply).matches(it -> it.isSuccess() || it.is(503, "storage-unavailable"));
            return reply.isSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
