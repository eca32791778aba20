package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.RegistryClient.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what is in flight is answered, and PostgreSQL stops cleanly. */
final class StopTest {
    /** What the JVM says of a program that a SIGTERM has ended. */
    private static final int ENDED_BY_SIGTERM = 143;

    private static final Duration IN_FLIGHT_TIMEOUT = Duration.ofSeconds(20);
    private static final String WAITING_FOR_LOCK = "pg_stat_activity WHERE wait_event_type = 'Lock'";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void terminate_answersWhatIsInFlight_stopsPostgres_andLeavesTheData() throws Exception {
        String id;
        try (EmbeddedData data = new EmbeddedData(folder.resolve("data"))) {
            try (ServerProcess server =
                    Launch.in(folder).withDataDir(data.folder()).start()) {
                id = registerDuringStop(server, data);
                assertThat(server.awaitExit()).isEqualTo(ENDED_BY_SIGTERM);
                assertThat(server.output()).contains("stopping", "stopped");
            }
            assertThat(data.postmaster()).isEmpty();
            assertThat(data.log())
                    .contains("database system is shut down")
                    .doesNotContain("was interrupted", "not properly shut down");

            long begin = System.nanoTime();
            try (ServerProcess again =
                    Launch.in(folder).withDataDir(data.folder()).start()) {
                assertThat(RegistryClient.of(again).content(id)).isEqualTo("{\"title\" : \"in flight\"}");
                System.out.println("StopTest: started again in "
                        + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
                assertThat(data.log()).doesNotContain("was interrupted", "not properly shut down");
                again.terminate();
                again.awaitExit();
            }
        }
    }

    /** Holds a lock that a registration needs, until the server is stopping; the registration is answered all the same. */
    private static String registerDuringStop(ServerProcess server, EmbeddedData data) throws Exception {
        RegistryClient registry = RegistryClient.of(server);
        assertThat(registry.register("orders", Map.of("schema", "{}")).status()).isEqualTo(201);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Connection holder = data.connect();
                Statement statement = holder.createStatement();
                Connection observer = data.connect()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM subjects WHERE name = 'orders' FOR UPDATE");
            Future<Reply> inFlight =
                    executor.submit(() -> registry.register("orders", Map.of("schema", "{\"title\" : \"in flight\"}")));
            Eventually.until(IN_FLIGHT_TIMEOUT, () -> isWaiting(observer), server::output);

            server.terminate();
            server.awaitOutput("stopping");
            holder.rollback();

            Reply reply = inFlight.get(IN_FLIGHT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(reply.status()).as(reply + "\n" + server.output()).isEqualTo(201);
            return reply.body().path("schema").path("id").asString();
        }
    }

    private static boolean isWaiting(Connection observer) {
        try {
            return Integrity.count(observer, WAITING_FOR_LOCK) > 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void secondServer_onTheSameDataOrPort_isRefused_andTheFirstGoesOn() throws Exception {
        try (EmbeddedData data = new EmbeddedData(folder.resolve("data"));
                ServerProcess first =
                        Launch.in(folder).withDataDir(data.folder()).start()) {
            RegistryClient registry = RegistryClient.of(first);
            long postmaster = data.runningPostmaster();

            try (ServerProcess onSameData =
                    Launch.in(folder).withDataDir(data.folder()).start()) {
                assertThat(onSameData.awaitExit()).isEqualTo(1);
                assertThat(onSameData.output())
                        .isEqualTo("llmschema: the data directory " + data.folder()
                                + " is in use by another registry; stop that one, or choose another with --data-dir");
            }
            String port = Integer.toString(registry.url().getPort());
            try (ServerProcess onSamePort = Launch.in(folder)
                    .withoutArguments()
                    .with("--port", port, "--database-url", databaseOf(data))
                    .start()) {
                assertThat(onSamePort.awaitExit()).isEqualTo(1);
                assertThat(onSamePort.output())
                        .isEqualTo("llmschema: cannot listen on port " + port
                                + " of 127.0.0.1: Address already in use; choose others with --port and --host");
            }

            assertThat(registry.register("orders", Map.of("schema", "{}")).status())
                    .isEqualTo(201);
            assertThat(data.runningPostmaster()).isEqualTo(postmaster);
            first.terminate();
            first.awaitExit();
        }
    }

    private static String databaseOf(EmbeddedData data) throws Exception {
        try (Connection connection = data.connect()) {
            return connection.getMetaData().getURL() + "?user=postgres&password="
                    + Files.readString(data.folder().resolve("postgresql-password"));
        }
    }
}
