package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the server in the middle of an import: the next start finds all that was acknowledged, and nothing by half. */
final class KilledServerTest {
    private static final int KILLS = 3;
    private static final int MIN_ROWS = 50;
    private static final int MAX_ROWS = 400;
    private static final Duration ROWS_TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedServer_startedAgain_hasAllThatWasAcknowledged() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KilledServerTest seed " + seed);
        Random random = new Random(seed);
        Import importing = new Import(seed);

        try (EmbeddedData data = new EmbeddedData(folder.resolve("data"))) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (ServerProcess server =
                        Launch.in(folder).withDataDir(data.folder()).start()) {
                    RegistryClient registry = RegistryClient.of(server);
                    checkNothingIsLost(importing, registry, data);
                    killInTheMiddle(server, importing, registry, data, MIN_ROWS + random.nextInt(MAX_ROWS - MIN_ROWS));
                }
            }
            try (ServerProcess server =
                    Launch.in(folder).withDataDir(data.folder()).start()) {
                checkNothingIsLost(importing, RegistryClient.of(server), data);
                server.terminate();
                server.awaitExit();
            }
        }

        System.out.printf(
                "KilledServerTest: %d kills, %d rows acknowledged, %d requests without an answer%n",
                KILLS, importing.acknowledgements(), importing.lost());
        importing.checkAnswers();
        assertThat(importing.turnedAway()).isZero();
    }

    private static void killInTheMiddle(
            ServerProcess server, Import importing, RegistryClient registry, EmbeddedData data, int rows)
            throws Exception {
        int wanted = importing.acknowledgements() + rows;
        long postmaster = data.runningPostmaster();
        importing.prepare(registry);
        importing.start(registry);
        Eventually.until(
                ROWS_TIMEOUT,
                () -> importing.acknowledgements() >= wanted,
                () -> wanted + " rows; the server: " + server.output());
        server.kill();
        importing.stop();
        assertThat(EmbeddedData.isAlive(postmaster))
                .as("PostgreSQL outlives the server")
                .isTrue();
    }

    private static void checkNothingIsLost(Import importing, RegistryClient registry, EmbeddedData data)
            throws Exception {
        importing.checkAllAreThere(registry);
        try (Connection connection = data.connect()) {
            Integrity.check(connection);
            assertThat(Integrity.count(connection, "schemas")).isGreaterThanOrEqualTo(importing.distinct());
        }
    }
}
