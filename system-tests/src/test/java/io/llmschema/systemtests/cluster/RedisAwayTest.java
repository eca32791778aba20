package io.llmschema.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis is in trouble: no request fails, nothing outdated is shown beyond the bound, and Redis is used again when it is well. */
final class RedisAwayTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The bound, and what a busy machine adds. */
    private static final Duration SHOWN_WITHIN = Duration.ofMillis(1_500);

    private static final int READS = 1_000;
    private static final int SUBJECTS = 10;
    private static final String PAUSE_MILLIS = "2000";

    /** What may happen to a Redis, and how it ends. */
    enum Trouble {
        KILLED {
            @Override
            void begin(RedisServer redis) {
                redis.kill();
            }

            @Override
            void end(RedisServer redis) {
                redis.restart();
            }
        },
        FROZEN {
            @Override
            void begin(RedisServer redis) {
                redis.freeze();
            }

            @Override
            void end(RedisServer redis) {
                redis.thaw();
            }
        },
        /** It takes connections, and answers far too late. */
        SLOW {
            @Override
            void begin(RedisServer redis) {
                redis.command("CLIENT", "PAUSE", PAUSE_MILLIS);
            }

            @Override
            void end(RedisServer redis) {}
        },
        /** It answers, and takes nothing more. */
        FULL {
            @Override
            void begin(RedisServer redis) {
                redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
                redis.command("CONFIG", "SET", "maxmemory", "1");
            }

            @Override
            void end(RedisServer redis) {
                redis.command("CONFIG", "SET", "maxmemory", "0");
            }
        },
        /** It has lost all it had. */
        EMPTIED {
            @Override
            void begin(RedisServer redis) {
                redis.restart();
            }

            @Override
            void end(RedisServer redis) {}
        },
        /** Somebody else wrote under its keys: other bytes, or other kinds of values. */
        GARBAGE {
            @Override
            void begin(RedisServer redis) {
                List<String> keys = redis.command("KEYS", "*").lines().toList();
                for (int i = 0; i < keys.size(); i++) {
                    redis.command("DEL", keys.get(i));
                    if (i % 2 == 0) {
                        redis.command("SET", keys.get(i), "garbage");
                    } else {
                        redis.command("RPUSH", keys.get(i), "garbage");
                    }
                }
            }

            @Override
            void end(RedisServer redis) {}
        };

        abstract void begin(RedisServer redis);

        abstract void end(RedisServer redis);
    }

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void redisInTrouble_costsSpeedNotAnswers(Trouble trouble) throws Exception {
        RedisServer redis = RedisServer.start();
        try (Cluster cluster = Cluster.start(folder, 2, Optional.of(redis), Map.of())) {
            Node node = cluster.node(0);
            for (int subject = 0; subject < SUBJECTS; subject++) {
                assertThat(node.register("s-" + subject, content(subject, 1)).status())
                        .isEqualTo(201);
                read(node, subject, 1);
            }
            measure(node, "all well before");
            String well = measure(node, "all well");

            trouble.begin(redis);
            try {
                String inTrouble = measure(node, trouble.toString());
                System.out.println("RedisAwayTest reads from memory: " + well + "; " + inTrouble);
                // A node that has nothing in memory, one that has what is outdated now, and one that wrote it.
                for (int subject = 0; subject < SUBJECTS / 2; subject++) {
                    read(cluster.node(1), subject, 1);
                }
                for (int subject = 0; subject < SUBJECTS; subject++) {
                    checkWrite(cluster, subject);
                }
            } finally {
                trouble.end(redis);
            }

            awaitUse(cluster, redis);
            for (int subject = 0; subject < SUBJECTS; subject++) {
                read(node, subject, 2);
                read(cluster.node(1), subject, 2);
            }
            read(cluster.addNode(), 0, 2);
        }
    }

    private static String content(int subject, int version) {
        return "{\"title\":\"subject %d version %d\"}".formatted(subject, version);
    }

    private static String latest(int subject) {
        return "/api/v1/subjects/s-" + subject + "/versions/latest";
    }

    private static void read(Node node, int subject, int version) {
        assertThat(node.get(latest(subject)))
                .as("%s, subject %d", node, subject)
                .matches(it -> it.status() == 200 && !it.isStale() && shows(it, subject, version));
    }

    private static boolean shows(Answer answer, int subject, int version) {
        return answer.json().path("schema").asString().equals(content(subject, version));
    }

    private static void checkWrite(Cluster cluster, int subject) {
        Answer written = cluster.node(0).register("s-" + subject, content(subject, 2));
        assertThat(written).matches(it -> it.status() == 201);

        read(cluster.node(0), subject, 2);
        Node other = cluster.node(1);
        if (subject % 2 == 0) {
            assertThat(other.get(latest(subject), written.token())).matches(it -> shows(it, subject, 2));
        }
        Answer shown = other.get(latest(subject));
        while (!shows(shown, subject, 2)) {
            assertThat(shown.status()).isEqualTo(200);
            assertThat(Duration.ofNanos(shown.begin() - written.end())).isLessThan(SHOWN_WITHIN);
            shown = other.get(latest(subject));
        }
    }

    /** Redis is of use if one node is answered from it what another has asked the database for. */
    private static void awaitUse(Cluster cluster, RedisServer redis) {
        long begin = System.nanoTime();
        AtomicInteger subject = new AtomicInteger();
        Eventually.until(
                TIMEOUT,
                () -> {
                    String name = "after-" + subject.incrementAndGet();
                    assertThat(cluster.node(0).register(name, "{}").status()).isEqualTo(201);
                    long before = hits(redis);
                    cluster.nodes()
                            .forEach(node -> assertThat(node.get("/api/v1/subjects/" + name + "/versions/latest")
                                            .status())
                                    .isEqualTo(200));
                    return hits(redis) > before;
                },
                () -> "Redis is used again\n" + cluster.outputs());
        System.out.printf("RedisAwayTest: Redis was used again after %.0f ms%n", (System.nanoTime() - begin) / 1e6);
    }

    private static long hits(RedisServer redis) {
        return redis.command("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("keyspace_hits:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** How long reads take of what the node has in memory; none may fail. */
    private static String measure(Node node, String when) {
        List<Long> nanos = new ArrayList<>();
        for (int read = 0; read < READS; read++) {
            int subject = read % SUBJECTS;
            Answer answer = node.get(latest(subject));
            assertThat(answer).matches(it -> it.status() == 200 && shows(it, subject, 1));
            nanos.add(answer.nanos());
        }
        nanos.sort(null);
        return "%s p50 %.2f ms, p99 %.2f ms"
                .formatted(when, nanos.get(READS / 2) / 1e6, nanos.get(READS * 99 / 100) / 1e6);
    }
}
