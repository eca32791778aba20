package io.llmschema.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Two servers, and all that one has carried to the other and back by the command line: every route then answers the same. */
@TestMethodOrder(OrderAnnotation.class)
class MigrationTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode NOTHING = MAPPER.missingNode();
    private static final String ALL_SUBJECTS = "/subjects?subjectPrefix=:*:&deleted=true";
    private static final String ORDER = """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "id", "type": "long"}]}""";
    private static final String CART = """
            {"type": "record", "name": "Cart", "namespace": "shop", "fields": [
              {"name": "orders", "type": {"type": "array", "items": "shop.Order"}}]}""";
    private static final String RULES = """
            {"metadata": {"properties": {"owner": "payments"}, "tags": {"**.id": ["PII"]}, "sensitive": ["owner"]},
             "ruleSet": {"domainRules": [
               {"name": "positive", "kind": "CONDITION", "mode": "WRITE", "type": "CEL", "expr": "message.id > 0"}]}}""";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder = Path.of("");

    private static final List<ServerProcess> SERVERS = new ArrayList<>();

    private static ServerProcess start(String name) {
        return ServerProcess.start("--data-dir", folder.resolve(name).toString());
    }

    private static URI from() {
        return SERVERS.get(0).url();
    }

    private static URI to() {
        return SERVERS.get(1).url();
    }

    @BeforeAll
    static void fill() {
        SERVERS.add(start("from"));
        SERVERS.add(start("to"));
        register("orders", "AVRO", ORDER);
        register("carts", "AVRO", CART, "shop.Order orders 1");
        register("orders", "AVRO", ORDER.replace("long", "string"));
        register("words", "JSON", "{\"type\": \"string\"}");
        send("DELETE", "/subjects/words/versions/1", NOTHING);
        register("words", "JSON", "{\"type\": \"string\"}");
        register("gone", "JSON", "{\"type\": \"null\"}");
        register("gone/referrer", "JSON", "{\"$ref\": \"gone\"}", "gone gone 1");
        send("DELETE", "/subjects/gone%2Freferrer", NOTHING);
        send("DELETE", "/subjects/gone", NOTHING);
        register("purged", "JSON", "{\"title\": \"1\"}");
        register("purged", "JSON", "{\"title\": \"2\"}");
        send("DELETE", "/subjects/purged/versions/1", NOTHING);
        send("DELETE", "/subjects/purged/versions/1?permanent=true", NOTHING);
        register("z.proto", "PROTOBUF", "syntax = \"proto3\"; message Z { int32 z = 1; }");
        register(
                "a.proto",
                "PROTOBUF",
                "syntax = \"proto3\"; import \"z.proto\"; message A { Z z = 1; }",
                "z.proto z.proto 1");
        register(":.team:base", "JSON", "{\"title\": \"base\"}");
        register(":.team:user", "JSON", "{\"$ref\": \"base\"}", "base base 1");
        ObjectNode rich = wish("AVRO", ORDER.replace("Order", "Rich"));
        rich.setAll((ObjectNode) MAPPER.readTree(RULES));
        send("POST", "/subjects/rich/versions", rich);
        send("PUT", "/config", MAPPER.readTree("{\"compatibility\": \"FULL\"}"));
        send("PUT", "/config/orders", MAPPER.readTree("{\"compatibility\": \"NONE\", \"normalize\": true}"));
        send("PUT", "/config/nickname", MAPPER.readTree("{\"alias\": \"orders\"}"));
        send("PUT", "/config/:.team:", MAPPER.readTree("{\"compatibility\": \"FORWARD_TRANSITIVE\"}"));
        send("PUT", "/mode/words", MAPPER.readTree("{\"mode\": \"READONLY\"}"));
        send("PUT", "/mode/:.team:", MAPPER.readTree("{\"mode\": \"READONLY\"}"));
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(ServerProcess::close);
        CLIENT.close();
    }

    @Test
    @Order(1)
    void everything_isCarriedOver_andEveryRouteAnswersTheSame() {
        Run run = run("migrate", "from-confluent", from().toString(), "--to", to().toString());

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("both sides are the same");
        assertThat(answers(to())).containsExactlyEntriesOf(answers(from()));
    }

    @Test
    @Order(2)
    void whatCameSince_isBroughtByASecondRun() {
        register("late", "JSON", "{\"title\": \"late\"}");
        send("DELETE", "/subjects/purged", NOTHING);

        Run run = run("migrate", "from-confluent", from().toString(), "--to", to().toString());

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(answers(to())).containsExactlyEntriesOf(answers(from()));
    }

    @Test
    @Order(3)
    void andBack_byTheOtherCommand_andByTheTopic() {
        String topic = folder.resolve("topic.jsonl.zst").toString();
        try (ServerProcess back = start("back")) {
            Run run = run("migrate", "to-confluent", back.url().toString(), "--from", to().toString());
            Run exported = run("migrate", "export-topic", topic, "--url", to().toString());
            Run imported =
                    run("migrate", "import-topic", topic, "--url", back.url().toString(), "--tenant", "by-topic");

            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(exported.exit()).as(exported.output()).isZero();
            assertThat(imported.exit()).as(imported.output()).isZero();
            assertThat(imported.output()).containsPattern("versions +14 +4 +14 +0 +0 +0");
            assertThat(answers(back.url())).containsExactlyEntriesOf(answers(from()));
        }
    }

    @Test
    @Order(4)
    void nextVersion_getsTheSameNumbersOnBothSides() {
        JsonNode here = register(from(), "late", "JSON", "{\"title\": \"later\"}");
        JsonNode there = register(to(), "late", "JSON", "{\"title\": \"later\"}");

        assertThat(there.path("version")).isEqualTo(here.path("version"));
        assertThat(there.path("id").asInt())
                .isGreaterThanOrEqualTo(here.path("id").asInt());
    }

    /** How a run of the command line ended. */
    private record Run(int exit, String output) {}

    private static Run run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.llmschema.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
            return new Run(process.exitValue(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of all routes that tell something of what was filled in, what they say, without the times. */
    private static Map<String, JsonNode> answers(URI server) {
        Map<String, JsonNode> answers = new TreeMap<>();
        for (String path :
                List.of("/subjects", ALL_SUBJECTS, "/contexts", "/config", "/mode", "/schemas?deleted=true")) {
            answers.put(path, get(server, path));
        }
        for (JsonNode name : get(server, ALL_SUBJECTS).values()) {
            addSubject(answers, server, URLEncoder.encode(name.asString(), StandardCharsets.UTF_8));
        }
        for (String scope : List.of("nickname", ":.team:", ":.__GLOBAL:")) {
            answers.put(scope + " config", get(server, "/config/" + scope));
            answers.put(scope + " mode", get(server, "/mode/" + scope));
        }
        answers.put("by alias", get(server, "/subjects/nickname/versions/latest"));
        for (int id = 1; id <= 20; id++) {
            answers.put("id " + id, get(server, "/schemas/ids/" + id));
            answers.put("id in context " + id, get(server, "/schemas/ids/" + id + "?subject=:.team:"));
            answers.put("versions of id " + id, get(server, "/schemas/ids/" + id + "/versions?deleted=true"));
        }
        return answers;
    }

    private static void addSubject(Map<String, JsonNode> answers, URI server, String subject) {
        answers.put(subject + " config", get(server, "/config/" + subject));
        answers.put(subject + " mode", get(server, "/mode/" + subject));
        answers.put(subject + " live", get(server, "/subjects/" + subject + "/versions"));
        JsonNode versions = get(server, "/subjects/" + subject + "/versions?deleted=true");
        answers.put(subject + " versions", versions);
        for (JsonNode version : versions.values()) {
            String path = "/subjects/" + subject + "/versions/" + version;
            answers.put(path, get(server, path + "?deleted=true"));
            answers.put(path + " referencedby", get(server, path + "/referencedby?deleted=true"));
        }
    }

    private static JsonNode get(URI server, String path) {
        JsonNode answer = send(server, "GET", path, NOTHING);
        withoutTimes(answer);
        return answer;
    }

    private static void withoutTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("ts");
        }
        node.values().forEach(MigrationTest::withoutTimes);
    }

    private static void register(String subject, String type, String schema, String... references) {
        ObjectNode wish = wish(type, schema);
        ArrayNode list = wish.putArray("references");
        for (String reference : references) {
            String[] parts = reference.split(" ");
            list.addObject().put("name", parts[0]).put("subject", parts[1]).put("version", Integer.parseInt(parts[2]));
        }
        JsonNode answer =
                send("POST", "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions", wish);
        assertThat(answer.has("id")).as(answer.toString()).isTrue();
    }

    private static JsonNode register(URI server, String subject, String type, String schema) {
        return send(server, "POST", "/subjects/" + subject + "/versions", wish(type, schema));
    }

    private static ObjectNode wish(String type, String schema) {
        return MAPPER.createObjectNode().put("schemaType", type).put("schema", schema);
    }

    private static JsonNode send(String method, String path, JsonNode body) {
        JsonNode answer = send(from(), method, path, body);
        assertThat(answer.has("error_code")).as(path + ": " + answer).isFalse();
        return answer;
    }

    private static JsonNode send(URI server, String method, String path, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        method,
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return MAPPER.readTree(response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
