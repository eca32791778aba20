package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of references when several clients act at the same moment: no circle comes into being, and nothing refers to what was deleted.
 *
 * <p>{@code -Dseed=} repeats the decisions of a run.
 */
@ExtendWith(SharedServer.class)
class ReferenceRacesTest {
    private static final int ROUNDS = 64;
    private static final int CLIENTS = 3;
    private static final List<String> SUBJECTS = List.of("a", "b");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void subjectsThatReferToEachOther_neverMakeACircle(RegistryClient client) throws Exception {
        for (String subject : SUBJECTS) {
            client.register(subject, "{\"title\":\"first " + subject + "\"}");
        }
        Map<String, Integer> outcomes = new TreeMap<>();

        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Reply>> requests = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                requests.add(request(client, round, "c" + round + "-" + i, i % 2));
            }
            for (Reply reply : atOnce(requests)) {
                outcomes.merge(outcome(reply), 1, Integer::sum);
            }
        }

        System.out.printf("ReferenceRacesTest: seed %d, %d rounds: %s%n", seed, ROUNDS, outcomes);
        assertThat(outcomes.keySet())
                .as("seed %d", seed)
                .isSubsetOf("201", "200", "missing-reference", "circular-reference", "version-exists", "too-busy");
        assertThat(outcomes).containsKey("201");
        Map<String, Set<String>> references = new HashMap<>();
        for (String subject : SUBJECTS) {
            for (JsonNode item :
                    client.get(versions(subject) + "?limit=1000").json().path("items")) {
                checkGraph(client, item);
                item.path("references")
                        .forEach(reference -> references
                                .computeIfAbsent(name(item), _ -> new HashSet<>())
                                .add(name(reference)));
            }
        }
        assertThat(onACircle(references)).as("seed %d", seed).isEmpty();
    }

    /** One client's wish: to make x refer to y in one of the ways that there are, in which y may be on its way to refer to x. */
    private Callable<Reply> request(RegistryClient client, int round, String id, int side) {
        String x = SUBJECTS.get(side);
        String y = SUBJECTS.get(1 - side);
        // Above all that went before: taken by nobody but the clients of this round.
        String next = (round + 2) + ".0.0";
        return switch (random.nextInt(4)) {
            case 0 -> () -> client.post(versions(x), body(id, y, "latest", ""));
            // The version that another client is about to make, which is to refer to the one this makes.
            case 1 -> () -> client.post(versions(x), body(id, y, next, ",\"version\":\"" + next + "\""));
            case 2 -> () -> client.post(versions(x), body(id, y, "latest", ",\"version\":\"" + next + "\""));
            default ->
                () -> client.post(
                        "/api/v1/batch",
                        "{\"items\":["
                                + body(id + "-1", y, "latest", ",\"subject\":\"" + x + "\"") + ","
                                + body(id + "-2", x, "latest", ",\"subject\":\"" + y + "\"") + "]}");
        };
    }

    /** A name leads to one version in the whole of what is reached, so each reference has its own. */
    private static String body(String id, String subject, String selector, String further) {
        return "{\"schema\":{\"$ref\":\"%s\"},\"references\":[{\"name\":\"%s\",\"subject\":\"%s\",\"version\":\"%s\"}]%s}"
                .formatted(id, id, subject, selector, further);
    }

    private static void checkGraph(RegistryClient client, JsonNode item) {
        JsonNode graph = client.get("/api/v1/schemas/" + item.path("id").asString() + "/graph?direction=references")
                .json();
        Map<String, Set<String>> edges = new HashMap<>();
        graph.path("edges")
                .forEach(edge -> edges.computeIfAbsent(edge.path("from").asString(), _ -> new HashSet<>())
                        .add(edge.path("to").asString()));
        assertThat(graph.path("isCut").asBoolean(true)).isFalse();
        assertThat(graph.path("nodes").valueStream().map(node -> node.path("id").asString()))
                .doesNotContain(item.path("id").asString())
                .doesNotHaveDuplicates();
        assertThat(onACircle(edges)).as(name(item)).isEmpty();
    }

    private static String name(JsonNode version) {
        return version.path("subject").asString() + " "
                + version.path("version").asString();
    }

    /** What is left of a graph when, again and again, those are taken away to which nothing refers. */
    private static Set<String> onACircle(Map<String, Set<String>> references) {
        Map<String, Integer> users = new HashMap<>();
        references.keySet().forEach(from -> users.putIfAbsent(from, 0));
        references.values().forEach(targets -> targets.forEach(to -> users.merge(to, 1, Integer::sum)));
        Deque<String> unused = new ArrayDeque<>();
        users.forEach((name, count) -> {
            if (count == 0) {
                unused.add(name);
            }
        });
        while (!unused.isEmpty()) {
            String name = unused.remove();
            users.remove(name);
            for (String to : references.getOrDefault(name, Set.of())) {
                if (users.merge(to, -1, Integer::sum) == 0) {
                    unused.add(to);
                }
            }
        }
        return users.keySet();
    }

    @Test
    void deletionAndUse_neverBothSucceed(RegistryClient client) throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();

        for (int round = 0; round < ROUNDS; round++) {
            String base = "base" + round;
            String user = "user" + round;
            String id = client.registerForId(base, "{\"title\":\"base\"}");
            String target = List.of(version(base, "1.0.0"), subject(base), "/api/v1/schemas/" + id)
                    .get(random.nextInt(3));
            boolean isBatch = random.nextBoolean();
            List<Reply> replies = atOnce(List.of(
                    () -> client.delete(target),
                    () -> isBatch
                            ? client.post(
                                    "/api/v1/batch",
                                    "{\"items\":[" + body("b", base, "1.0.0", ",\"subject\":\"" + user + "\"") + "]}")
                            : client.post(versions(user), body("b", base, "1.0.0", ""))));

            Reply deletion = replies.get(0);
            Reply use = replies.get(1);
            outcomes.merge(outcome(deletion) + " " + outcome(use), 1, Integer::sum);
            if (deletion.status() == 200) {
                assertThat(use.text("/code")).as("seed %d: %s", seed, use).isEqualTo("missing-reference");
                assertThat(client.get(subject(user)).status()).isEqualTo(404);
            } else {
                assertThat(deletion.status()).as("seed %d: %s", seed, deletion).isEqualTo(409);
                assertThat(deletion.text("/code")).isEqualTo("schema-in-use");
                assertThat(deletion.json().path("usedBy"))
                        .isEqualTo(Reply.parse("[{\"subject\":\"" + user + "\",\"version\":\"1.0.0\"}]"));
                assertThat(use.status()).as("seed %d: %s", seed, use).isIn(200, 201);
                assertThat(client.get(version(base, "1.0.0")).status()).isEqualTo(200);
            }
        }

        System.out.printf("ReferenceRacesTest: seed %d, %d rounds: %s%n", seed, ROUNDS, outcomes);
    }

    private static String outcome(Reply reply) {
        return reply.status() / 100 == 2 ? "" + reply.status() : reply.text("/code");
    }

    /** Sends all as nearly at the same moment as can be; the answers in the order of the requests. */
    private static List<Reply> atOnce(List<Callable<Reply>> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(requests.size());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> sent = requests.stream()
                    .map(request -> clients.submit(() -> {
                        start.await();
                        return request.call();
                    }))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : sent) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
