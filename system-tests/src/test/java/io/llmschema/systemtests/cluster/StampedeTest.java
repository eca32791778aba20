package io.llmschema.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients ask at once for what nobody has asked for before: the database is asked once. */
final class StampedeTest {
    private static final int REQUESTS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What a node asks the database on behalf of readers, counted by PostgreSQL itself. */
    private static final String COUNT = """
            SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
            WHERE query ~ '(schemas s|subjects u)' AND query !~ 'pg_stat_statements|INSERT|UPDATE|DELETE|MATERIALIZED'
            """;

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'llmschema' AND wait_event_type = 'Lock'";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void manyRequestsAtOnce_forWhatIsNotKept_askTheDatabaseOnce() throws Exception {
        try (Cluster cluster = Cluster.start(folder, 1);
                Connection database = cluster.connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            execute(database, "CREATE EXTENSION pg_stat_statements");
            Answer registered = cluster.node(0).register("orders", "{\"title\":\"orders\"}");
            assertThat(registered.status()).isEqualTo(201);
            Node cold = cluster.addNode();
            // So that later requests need not wait for connections.
            ask(threads, cold, "/health/live", () -> {});

            String id = registered.json().at("/schema/id").asString();
            int globalId = registered.json().at("/schema/globalId").asInt();
            List<String> paths = List.of(
                    "/api/v1/subjects/orders/versions/latest",
                    "/api/v1/schemas/" + id,
                    "/api/v1/schemas/ids/" + globalId,
                    "/api/v1/subjects/orders",
                    "/api/v1/subjects/orders/versions");
            for (String path : paths) {
                long before = count(database, COUNT);
                database.setAutoCommit(false);
                // Nobody is answered before all have asked.
                execute(database, "LOCK TABLE subjects, schemas IN ACCESS EXCLUSIVE MODE");

                ask(threads, cold, path, () -> {
                    awaitOne(database);
                    database.commit();
                });

                database.setAutoCommit(true);
                long asked = count(database, COUNT) - before;
                System.out.println("StampedeTest: %d requests for %s, %d of the database"
                        .formatted(REQUESTS, path.replace(id, "{id}"), asked));
                assertThat(asked).as(path).isEqualTo(1);
            }
        }
    }

    /** What happens between the requests and their answers. */
    private interface Meanwhile {
        void happens() throws SQLException;
    }

    private static void ask(ExecutorService threads, Node node, String path, Meanwhile meanwhile) throws Exception {
        AtomicInteger asking = new AtomicInteger();
        List<Future<Answer>> answers = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            answers.add(threads.submit(() -> {
                asking.incrementAndGet();
                return node.get(path);
            }));
        }
        Eventually.until(TIMEOUT, () -> asking.get() == REQUESTS, () -> "all have asked, not " + asking.get());
        meanwhile.happens();
        for (Future<Answer> answer : answers) {
            assertThat(answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).matches(it -> it.status() == 200);
        }
    }

    private static void awaitOne(Connection database) {
        Eventually.until(TIMEOUT, () -> count(database, WAITING) > 0, () -> "a node waits for the lock");
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection database, String sql) {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
