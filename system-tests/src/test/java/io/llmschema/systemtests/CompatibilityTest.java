package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.PROTOBUF;
import static io.llmschema.systemtests.RegistryClient.quoted;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Asking whether a schema may follow others. */
@ExtendWith(SharedServer.class)
class CompatibilityTest {
    private static final String S = subject("s") + "/compatibility";

    /** Changes of one schema, in each language. */
    enum Change {
        JSON(
                JSON_SCHEMA,
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\"}},\"additionalProperties\":false}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"n\":{\"type\":\"number\"}},\"additionalProperties\":false}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"n\":{\"type\":\"integer\"}},\"additionalProperties\":false}",
                "a"),
        AVRO(
                RegistryClient.AVRO,
                record("{\"name\":\"a\",\"type\":\"string\"}"),
                record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}"),
                record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\"}"),
                "b"),
        PROTOBUF(
                RegistryClient.PROTOBUF,
                message("string a = 1;"),
                message("string a = 1; int32 b = 2;"),
                message("int32 a = 1;"),
                "a");

        private final String mediaType;
        private final String before;
        private final String compatible;
        private final String incompatible;
        private final String culprit;

        Change(String mediaType, String before, String compatible, String incompatible, String culprit) {
            this.mediaType = mediaType;
            this.before = before;
            this.compatible = compatible;
            this.incompatible = incompatible;
            this.culprit = culprit;
        }

        private static String record(String fields) {
            return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
        }

        private static String message(String fields) {
            return "syntax = \"proto3\"; message M { " + fields + " }";
        }

        private Reply register(RegistryClient client) {
            Reply registered = client.send("POST", versions("s"), mediaType, before.getBytes(UTF_8));
            askFor(client);
            return registered;
        }

        /** As an envelope. */
        private Reply check(RegistryClient client, String schema) {
            return client.post(S, "{\"schemaType\":\"" + name() + "\",\"schema\":" + quoted(schema) + "}");
        }
    }

    /** What is asked of those that come after; before, anything may be registered. */
    private static void askFor(RegistryClient client) {
        assertThat(client.put("/api/v1/settings", "{\"level\":\"BACKWARD\",\"policy\":\"STRICT\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void compatibleChange_isCompatible(Change change, RegistryClient client) {
        String id = change.register(client).text("/schema/id");

        Reply reply = change.check(client, change.compatible);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text("/verdict")).as(reply.toString()).isEqualTo("COMPATIBLE");
        assertThat(reply.json().path("isCompatible").asBoolean()).isTrue();
        assertThat(reply.text("/level")).isEqualTo("BACKWARD");
        assertThat(reply.text("/policy")).isEqualTo("STRICT");
        assertThat(reply.json().path("comparisons")).singleElement().satisfies(comparison -> {
            assertThat(comparison.path("version").asString()).isEqualTo("1.0.0");
            assertThat(comparison.path("id").asString()).isEqualTo(id);
            assertThat(comparison.path("direction").asString()).isEqualTo("BACKWARD");
            assertThat(comparison.path("incompatibilities")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void incompatibleChange_isShownWithAWitness(Change change, RegistryClient client) {
        change.register(client);

        Reply reply = change.check(client, change.incompatible);

        assertThat(reply.text("/verdict")).as(reply.toString()).isEqualTo("INCOMPATIBLE");
        assertThat(reply.json().path("isCompatible").asBoolean()).isFalse();
        JsonNode difference = reply.json().at("/comparisons/0/incompatibilities/0");
        assertThat(difference.path("rule").asString()).matches("[a-z]+(-[a-z]+)*");
        assertThat(difference.path("message").asString()).isNotBlank();
        assertThat(difference.at("/witness/document").asString()).isNotBlank();
        assertThat(difference.at("/witness/refusal").asString()).isNotBlank();
        assertThat(difference.toString()).contains(change.culprit);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void bareSchema_isAnsweredAsInAnEnvelope(Change change, RegistryClient client) {
        change.register(client);

        Reply bare = client.send("POST", S, change.mediaType, change.incompatible.getBytes(UTF_8));

        assertThat(bare.json())
                .isEqualTo(change.check(client, change.incompatible).json());
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void sameSchema_isFullyCompatible(Change change, RegistryClient client) {
        change.register(client);

        Reply reply = client.send("POST", S + "?level=FULL", change.mediaType, change.before.getBytes(UTF_8));

        assertThat(reply.text("/verdict")).isEqualTo("COMPATIBLE");
        assertThat(reply.json().path("comparisons")).hasSize(2);
    }

    @Test
    void question_keepsNothing(RegistryClient client) {
        client.post(S, "{\"schema\":true}");

        assertThat(client.get(subject("s")).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/statistics").json().path("versions").asInt())
                .isZero();
    }

    @Test
    void subjectThatIsNotThere_takesAnything(RegistryClient client) {
        Reply reply = client.post(S, "{\"schema\":{\"type\":\"string\"},\"level\":\"FULL_TRANSITIVE\"}");

        assertThat(reply.text("/verdict")).isEqualTo("COMPATIBLE");
        assertThat(reply.json().path("comparisons")).isEmpty();
    }

    @Test
    void level_saysWhichVersionsAndDirections(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"number\"}");
        client.register("s", "{\"type\":\"string\"}", "\"state\":\"DRAFT\"");
        String body = "{\"schema\":{\"type\":\"number\",\"title\":\"t\"},\"level\":\"%s\"}";

        assertThat(compared(client.post(S, body.formatted("NONE")))).isEmpty();
        assertThat(compared(client.post(S, body.formatted("BACKWARD")))).containsExactly("1.1.0 BACKWARD COMPATIBLE");
        assertThat(compared(client.post(S, body.formatted("FULL_TRANSITIVE"))))
                .containsExactly(
                        "1.1.0 BACKWARD COMPATIBLE",
                        "1.1.0 FORWARD COMPATIBLE",
                        "1.0.0 BACKWARD COMPATIBLE",
                        "1.0.0 FORWARD INCOMPATIBLE");
    }

    @Test
    void against_namesTheVersions(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"number\"}");
        askFor(client);
        String body = "{\"schema\":{\"type\":\"integer\",\"title\":\"t\"},\"against\":[%s]}";

        assertThat(compared(client.post(S, body.formatted("\"1.0.0\"")))).containsExactly("1.0.0 BACKWARD COMPATIBLE");
        assertThat(compared(client.post(S, body.formatted("\"ordinal:1\",\"^1\",\"latest\""))))
                .containsExactly("1.1.0 BACKWARD INCOMPATIBLE", "1.0.0 BACKWARD COMPATIBLE");
        assertRefused(client.post(S, body.formatted("\"2.0.0\"")), 404, "schema-not-found", "2.0.0");
        client.delete(version("s", "1.0.0"));
        assertRefused(client.post(S, body.formatted("\"1.0.0\"")), 404, "schema-not-found", "1.0.0");
        assertRefused(
                client.post(subject("none") + "/compatibility", body.formatted("\"latest\"")),
                404,
                "subject-not-found",
                "'none'");
    }

    private static List<String> compared(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json()
                .path("comparisons")
                .valueStream()
                .map(comparison -> comparison.path("version").asString() + " "
                        + comparison.path("direction").asString() + " "
                        + comparison.path("verdict").asString())
                .toList();
    }

    /** The old version keeps what it referred to, though its text says nothing of versions. */
    @Test
    void references_areFollowedOnBothSides(RegistryClient client) {
        client.register("base", "{\"type\":\"integer\"}");
        client.register("base", "{\"type\":\"string\"}");
        String body =
                "{\"schema\":{\"$ref\":\"base.json\"},\"references\":[{\"name\":\"base.json\",\"subject\":\"base\",\"version\":\"%s\"}]}";
        client.post(versions("s"), body.formatted("1.0.0"));
        askFor(client);

        assertThat(client.post(S, body.formatted("1.0.0")).text("/verdict")).isEqualTo("COMPATIBLE");
        assertThat(client.post(S, body.formatted("latest")).text("/verdict")).isEqualTo("INCOMPATIBLE");
        assertRefused(client.post(S, body.formatted("3.0.0")), 422, "missing-reference", "3.0.0");
    }

    @Test
    void policyAndAspects_areHeeded(RegistryClient client) {
        client.register("s", "{\"type\":\"object\"}");
        askFor(client);
        String gained =
                "{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}},\"policy\":\"%s\"}";

        assertThat(client.post(S, gained.formatted("STRICT")).text("/verdict")).isEqualTo("INCOMPATIBLE");
        assertThat(client.post(S, gained.formatted("LENIENT")).text("/verdict")).isEqualTo("COMPATIBLE");
        assertThat(client.post(S, "{\"schema\":true,\"aspects\":[\"JSON\"]}").text("/verdict"))
                .isEqualTo("COMPATIBLE");
        assertRefused(client.post(S, "{\"schema\":true,\"aspects\":[\"BINARY\"]}"), 400, "invalid-aspect", "[JSON]");
    }

    @Test
    void badInput_isRefusedWithWhatIsAllowed(RegistryClient client) {
        client.register("s", "true");
        askFor(client);
        String tooMany = String.join(",", Collections.nCopies(201, "\"latest\""));

        assertRefused(client.post(S, "{\"schema\":true,\"level\":\"X\"}"), 400, "invalid-level", "X", "BACKWARD");
        assertRefused(client.post(S, "{\"schema\":true,\"policy\":\"X\"}"), 400, "invalid-policy", "LENIENT");
        assertRefused(client.post(S, "{\"schema\":true,\"aspects\":[\"X\"]}"), 400, "invalid-aspect", "BINARY");
        assertRefused(client.post(S, "{\"schema\":true,\"against\":[\"newest\"]}"), 400, "invalid-version", "newest");
        assertRefused(client.post(S, "{\"schema\":true,\"against\":[" + tooMany + "]}"), 400, "invalid-against", "200");
        assertRefused(client.post(S, "{\"schema\":true,\"version\":\"1\"}"), 400, "malformed-request", "/version");
        assertRefused(client.post(S, "{\"schema\":true,\"level\":1}"), 400, "malformed-request", "/level");
        assertRefused(client.post(S, "{}"), 400, "malformed-request", "/schema");
        assertRefused(client.post(S, "{\"schema\":{\"type\":7}}"), 422, "invalid-schema", "JSON");
        assertRefused(
                client.post(S, "{\"schema\":\"\\\"int\\\"\",\"schemaType\":\"AVRO\"}"),
                422,
                "incomparable-types",
                "AVRO",
                "JSON");
        assertRefused(
                client.send("POST", S, "text/plain", new byte[] {'x'}), 415, "unsupported-media-type", "text/plain");
        assertRefused(client.send("POST", S, AVRO, "{".getBytes(UTF_8)), 422, "invalid-schema", "AVRO");
        assertRefused(client.send("POST", S, PROTOBUF, "{".getBytes(UTF_8)), 422, "invalid-schema", "PROTOBUF");
    }

    @Test
    void batch_answersEachItemForItself(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        askFor(client);

        Reply reply = client.post("/api/v1/compatibility", """
                {"items":[{"subject":"s","schema":{"type":"number"}},
                          {"subject":"s","schema":{"type":7}},
                          {"subject":"s","schema":{"type":"string"}},
                          {"subject":"a b","schema":true},
                          {"subject":"s","schema":true,"against":["9.0.0"]},
                          {"subject":"none","schema":true}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("verdict").asString("")
                                + item.path("code").asString("")))
                .containsExactly(
                        "COMPATIBLE",
                        "invalid-schema",
                        "INCOMPATIBLE",
                        "invalid-subject",
                        "schema-not-found",
                        "COMPATIBLE");
    }

    @Test
    void batch_badInput_isRefusedAsAWhole(RegistryClient client) {
        String item = "{\"subject\":\"s\",\"schema\":true}";
        String tooMany = "{\"items\":[" + String.join(",", Collections.nCopies(101, item)) + "]}";

        assertRefused(client.post("/api/v1/compatibility", tooMany), 400, "invalid-batch", "101 items", "100");
        assertRefused(client.post("/api/v1/compatibility", "{\"items\":[]}"), 400, "invalid-batch", "0 items");
        assertRefused(client.post("/api/v1/compatibility", "{}"), 400, "malformed-request", "/items");
        assertRefused(
                client.post("/api/v1/compatibility", "{\"items\":[" + item + ",{\"subject\":\"s\"}]}"),
                400,
                "malformed-request",
                "/items/1/schema");
    }

    private static void assertRefused(Reply reply, int status, String code, String... facts) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
        assertThat(reply.text("/detail")).contains(facts);
    }
}
