package io.llmschema.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is away, and comes back: what was read before is still answered, all else is refused at once. */
final class DatabaseAwayTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(60);

    /** A second, and what a busy machine adds. */
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(2);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int ROUNDS = 40;
    private static final String LATEST = "/api/v1/subjects/orders/versions/latest";

    @TempDir
    private Path folder = Path.of("");

    /** A way for the database to be away. */
    private interface Trouble {
        void happens(Cluster cluster) throws IOException;
    }

    @Test
    void stoppedDatabase_leavesWhatWasRead_andRefusesAllElse() throws Exception {
        try (Cluster cluster = Cluster.start(folder, 2)) {
            checkAbsence("stopped", cluster, it -> it.postgres().close(), Cluster::startPostgresAgain, REFUSAL_LIMIT);
        }
    }

    @Test
    void frozenDatabase_leavesWhatWasRead_andRefusesAllElse() throws Exception {
        try (Cluster cluster = Cluster.start(folder, 2)) {
            Trouble thaw = it -> it.postgres().thaw();
            try {
                checkAbsence("frozen", cluster, it -> it.postgres().freeze(), thaw, ANSWER_LIMIT);
            } finally {
                thaw.happens(cluster);
            }
        }
    }

    private static void checkAbsence(String name, Cluster cluster, Trouble begin, Trouble end, Duration refusalLimit)
            throws Exception {
        Node node = cluster.node(0);
        Node other = cluster.node(1);
        Answer first = node.register("orders", "{\"title\":\"first\"}");
        String id = first.json().at("/schema/id").asString();
        List<String> read = List.of(
                LATEST,
                "/api/v1/schemas/" + id,
                "/api/v1/subjects/orders",
                "/api/v1/subjects/orders/versions",
                "/api/v1/schemas/" + id + "/content");
        String tokenOfFirst = node.get(LATEST).token();
        assertThat(node.get("/api/v1/subjects").text()).doesNotContain("unread");
        assertThat(other.register("unread", "{}").status()).isEqualTo(201);
        // So the node has heard of all that was before.
        Eventually.until(
                TIMEOUT, () -> node.get("/api/v1/subjects").text().contains("unread"), () -> "the node hears of it");
        read.forEach(path -> assertThat(node.get(path)).matches(it -> it.status() == 200 && !it.isStale()));

        // The node must not hear of a change that is made just before the database goes.
        ServerProcess.signal("STOP", node.server().pid());
        Answer second;
        try {
            second = other.register("orders", "{\"title\":\"second\"}");
            assertThat(second.status()).isEqualTo(201);
            begin.happens(cluster);
        } finally {
            ServerProcess.signal("CONT", node.server().pid());
        }

        Eventually.until(TIMEOUT, () -> node.get(LATEST).isStale(), () -> "a stale answer, not " + node.get(LATEST));
        Answer refused = other.register("orders", "{\"title\":\"third\"}");
        assertThat(refused).matches(it -> it.status() == 503 && it.code().equals("storage-unavailable"));
        print(name, "a write at the other node was refused", refused);
        checkReads(name, node, read);
        assertThat(node.get(LATEST).json().path("schema").asString()).contains("first");
        assertThat(node.get(LATEST, tokenOfFirst)).matches(it -> it.status() == 200 && it.isStale());
        assertThat(node.get(LATEST, second.token())).matches(it -> it.status() == 503);
        assertThat(node.get("/api/v1/subjects/unread")).matches(it -> it.status() == 503);
        assertThat(node.get("/api/v1/subjects/orders/versions/1.0.0")).matches(it -> it.status() == 503);
        Answer write = node.register("orders", "{\"title\":\"third\"}");
        print(name, "a write was refused", write);
        assertThat(write.status()).isEqualTo(503);
        assertThat(Duration.ofNanos(write.nanos())).isLessThan(refusalLimit);
        assertThat(node.get("/health/ready").status()).isEqualTo(503);
        assertThat(node.get("/health/live").status()).isEqualTo(200);

        end.happens(cluster);
        checkRecovery(name, cluster, read);
    }

    private static void checkReads(String name, Node node, List<String> paths) {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String path : paths) {
                Answer answer = node.get(path);
                assertThat(answer).as(path).matches(it -> it.status() == 200 && it.isStale());
                assertThat(Duration.ofNanos(answer.nanos())).as(path).isLessThan(ANSWER_LIMIT);
                nanos.add(answer.nanos());
            }
        }
        nanos.sort(null);
        System.out.printf(
                "DatabaseAwayTest %s: reads of what is kept p50 %.1f ms, p99 %.1f ms, maximum %.1f ms%n",
                name,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6,
                nanos.getLast() / 1e6);
    }

    private static void print(String name, String what, Answer answer) {
        System.out.printf("DatabaseAwayTest %s: %s after %.0f ms%n", name, what, answer.nanos() / 1e6);
    }

    private static void checkRecovery(String name, Cluster cluster, List<String> paths) {
        Node node = cluster.node(0);
        long begin = System.nanoTime();
        AtomicReference<Answer> written = new AtomicReference<>();
        Eventually.until(
                RECOVERY_TIMEOUT,
                () -> {
                    written.set(cluster.node(1).register("orders", "{\"title\":\"third\"}"));
                    return written.get().isSuccess();
                },
                () -> "writes are accepted again, not " + written.get() + "\n" + cluster.outputs());
        Answer third = written.get();
        System.out.printf(
                "DatabaseAwayTest %s: the first write was accepted after %.0f ms%n", name, (third.end() - begin) / 1e6);

        Eventually.until(
                TIMEOUT,
                () -> node.get(LATEST).text().contains("third"),
                () -> "the other node shows it, not " + node.get(LATEST));
        long shownAfter = System.nanoTime() - third.end();
        System.out.printf("DatabaseAwayTest %s: the other node showed it after %.0f ms%n", name, shownAfter / 1e6);
        assertThat(node.get(LATEST, third.token()))
                .matches(it -> it.status() == 200 && it.text().contains("third"));
        Eventually.until(
                TIMEOUT,
                () -> paths.stream().map(node::get).noneMatch(it -> it.isStale() || it.status() != 200),
                () -> "nothing is stale any more\n" + cluster.outputs());
        assertThat(node.get("/api/v1/subjects/unread").status()).isEqualTo(200);
        assertThat(node.server().isAlive()).isTrue();
    }
}
