package io.llmschema.systemtests.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many clients of the Confluent dialect, and of both dialects, that register into one subject at the same moment. */
class SimultaneousRegistrationTest {
    private static final int CLIENTS = 64;
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static ServerProcess server;
    private static KitClient client;

    @BeforeAll
    static void start() throws IOException {
        Launch launch = new Launch(
                List.of(),
                System.getProperty("java.class.path"),
                Map.of(),
                folder,
                List.of("--port", "0", "--data-dir", "data"));
        server = launch.start();
        client = new KitClient(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.terminate();
        server.awaitExit();
    }

    @Test
    void register_theSameSchemaAtOnce_isOneVersionWithOneId() throws Exception {
        List<Answer> answers = atOnce(_ -> confluent("same", schema(0)));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(numbers(answers, "/id")).hasSize(CLIENTS).containsOnly(idOfFirst("same"));
        assertThat(numbers(answers, "/version")).hasSize(CLIENTS).containsOnly(1);
        assertThat(versions("same")).containsExactly(1);
    }

    @Test
    void register_differentSchemasAtOnce_areVersionsWithoutGapsAndWithIdsOfTheirOwn() throws Exception {
        List<Answer> answers = atOnce(number -> confluent("different", schema(number)));

        List<Integer> oneToAll = IntStream.rangeClosed(1, CLIENTS).boxed().toList();
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(numbers(answers, "/id")).doesNotHaveDuplicates();
        assertThat(numbers(answers, "/version")).containsExactlyInAnyOrderElementsOf(oneToAll);
        assertThat(versions("different")).isEqualTo(oneToAll);
        for (int number = 0; number < CLIENTS; number++) {
            JsonNode registered = json(answers.get(number));
            JsonNode found = json(get(
                    "/subjects/different/versions/" + registered.path("version").asInt()));
            assertThat(found.path("id")).isEqualTo(registered.path("id"));
            assertThat(found.path("schema").asString()).isEqualTo(schema(number));
        }
    }

    @Test
    void register_theSameSchemaInBothDialectsAtOnce_isOneVersionWithOneId() throws Exception {
        List<Answer> answers =
                atOnce(number -> number % 2 == 0 ? confluent("mixed", schema(0)) : nativeDialect("mixed", schema(0)));

        List<Answer> confluent = every(2, answers, 0);
        List<Answer> natives = every(2, answers, 1);
        int id = idOfFirst("mixed");
        assertThat(confluent).hasSize(CLIENTS / 2).allMatch(answer -> answer.status() == 200);
        assertThat(natives)
                .hasSize(CLIENTS / 2)
                .allMatch(answer -> Set.of(200, 201).contains(answer.status()));
        assertThat(natives).filteredOn(answer -> answer.status() == 201).hasSizeLessThanOrEqualTo(1);
        assertThat(numbers(confluent, "/id")).containsOnly(id);
        assertThat(numbers(confluent, "/version")).containsOnly(1);
        assertThat(numbers(natives, "/schema/globalId")).containsOnly(id);
        assertThat(numbers(natives, "/schema/ordinal")).containsOnly(1);
        assertThat(versions("mixed")).containsExactly(1);
    }

    /** Each has a field of its own, which those who do not know it pass over and those who do can do without: any reads what any writes. */
    private static String schema(int number) {
        return "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"field_%d\",\"type\":\"int\",\"default\":0}]}"
                .formatted(number);
    }

    private static Request confluent(String subject, String schema) {
        return post("/subjects/" + subject + "/versions", Map.of("schema", schema));
    }

    private static Request nativeDialect(String subject, String schema) {
        return post("/api/v1/subjects/" + subject + "/versions", Map.of("schema", schema, "schemaType", "AVRO"));
    }

    private static Request post(String path, Map<String, String> body) {
        return new Request(
                "POST",
                path,
                Map.of("Content-Type", "application/json"),
                new Request.Raw(MAPPER.writeValueAsString(body)));
    }

    private interface RequestOfClient {
        Request of(int number);
    }

    /** The answers to the requests of all clients, in the order of their numbers. None is sent before all are ready. */
    private static List<Answer> atOnce(RequestOfClient requests) throws Exception {
        CountDownLatch ready = new CountDownLatch(CLIENTS);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = IntStream.range(0, CLIENTS)
                    .mapToObj(requests::of)
                    .map(request -> clients.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return client.send(request);
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : sent) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static Answer get(String path) {
        return client.send(new Request("GET", path, Map.of(), null));
    }

    private static int idOfFirst(String subject) {
        return json(get("/subjects/" + subject + "/versions/1")).path("id").asInt();
    }

    private static List<Integer> versions(String subject) {
        return json(get("/subjects/" + subject + "/versions?deleted=true")).values().stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<Integer> numbers(List<Answer> answers, String pointer) {
        return answers.stream().map(answer -> json(answer).at(pointer).asInt()).toList();
    }

    private static <T> List<T> every(int step, List<T> items, int first) {
        return IntStream.range(0, items.size())
                .filter(index -> index % step == first)
                .mapToObj(items::get)
                .toList();
    }

    private static JsonNode json(Answer answer) {
        return MAPPER.readTree(answer.body());
    }
}
