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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The graph of references as a whole, and what a change of a schema does to those that refer to it. */
@ExtendWith(SharedServer.class)
class GraphTest {
    /** A schema, one that refers to it, one that refers to that; and changes of the first. */
    enum Language {
        JSON(
                JSON_SCHEMA,
                "{\"$defs\":{\"zip\":{\"type\":\"string\"}},\"type\":\"number\"}",
                "{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"s.json\"},\"zip\":{\"$ref\":\"s.json#/$defs/zip\"}}}",
                "{\"type\":\"array\",\"items\":{\"$ref\":\"e.json\"}}",
                "s.json",
                "e.json",
                "{\"$defs\":{\"zip\":{\"type\":\"string\",\"title\":\"t\"}},\"type\":\"number\"}",
                "{\"$defs\":{\"zip\":{\"type\":\"string\"}},\"type\":\"integer\"}",
                "{\"type\":\"number\"}"),
        AVRO(
                RegistryClient.AVRO,
                record("a.S", "{\"name\":\"x\",\"type\":\"long\"}"),
                record("a.E", "{\"name\":\"s\",\"type\":\"a.S\"}"),
                record("a.D", "{\"name\":\"e\",\"type\":\"a.E\"}"),
                "a.S",
                "a.E",
                record("a.S", "{\"name\":\"x\",\"type\":\"long\"},{\"name\":\"y\",\"type\":\"int\",\"default\":0}"),
                record("a.S", "{\"name\":\"x\",\"type\":\"long\"},{\"name\":\"y\",\"type\":\"int\"}"),
                record("a.Other", "{\"name\":\"x\",\"type\":\"long\"}")),
        PROTOBUF(
                RegistryClient.PROTOBUF,
                "syntax = \"proto3\"; package p; message S { string x = 1; }",
                "syntax = \"proto3\"; package p; import \"s.proto\"; message E { S s = 1; }",
                "syntax = \"proto3\"; package p; import \"e.proto\"; message D { E e = 1; }",
                "s.proto",
                "e.proto",
                "syntax = \"proto3\"; package p; message S { string x = 1; int32 y = 2; }",
                "syntax = \"proto3\"; package p; message S { int32 x = 1; }",
                "syntax = \"proto3\"; package p; message Other { string x = 1; }");

        private final String mediaType;
        private final String s;
        private final String e;
        private final String d;
        private final String nameOfS;
        private final String nameOfE;
        private final String compatible;
        private final String incompatible;
        private final String breaking;

        Language(
                String mediaType,
                String s,
                String e,
                String d,
                String nameOfS,
                String nameOfE,
                String compatible,
                String incompatible,
                String breaking) {
            this.mediaType = mediaType;
            this.s = s;
            this.e = e;
            this.d = d;
            this.nameOfS = nameOfS;
            this.nameOfE = nameOfE;
            this.compatible = compatible;
            this.incompatible = incompatible;
            this.breaking = breaking;
        }

        private static String record(String name, String fields) {
            return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}";
        }

        /** Registers s, e that refers to s, and d that refers to e. */
        private void register(RegistryClient client) {
            register(client, "s", s, "");
            register(client, "e", e, reference(nameOfS, "s"));
            register(client, "d", d, reference(nameOfE, "e"));
        }

        private void register(RegistryClient client, String subject, String schema, String references) {
            Reply reply = client.post(
                    versions(subject),
                    "{\"schemaType\":\"" + name() + "\",\"schema\":" + quoted(schema) + ",\"references\":[" + references
                            + "]}");
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        }

        private Reply impact(RegistryClient client, String schema) {
            askFor(client);
            Reply reply = client.post(
                    subject("s") + "/impact", "{\"schemaType\":\"" + name() + "\",\"schema\":" + quoted(schema) + "}");
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            return reply;
        }
    }

    /** What is asked of changes; before, anything may be registered. */
    private static void askFor(RegistryClient client) {
        client.put("/api/v1/settings", "{\"level\":\"BACKWARD\",\"policy\":\"STRICT\"}");
    }

    private static String reference(String name, String subject) {
        return "{\"name\":%s,\"subject\":%s,\"version\":\"latest\"}".formatted(quoted(name), quoted(subject));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void graph_inEachLanguage_hasNodesAndEdges(Language language, RegistryClient client) {
        language.register(client);

        JsonNode graph = client.get(version("e", "latest") + "/graph").json();

        assertThat(graph.at("/root/subject").asString()).isEqualTo("e");
        assertThat(graph.at("/root/schemaType").asString()).isEqualTo(language.name());
        assertThat(nodes(graph)).containsExactly("1 s 1.0.0 ACTIVE references", "1 d 1.0.0 ACTIVE dependents");
        assertThat(edges(graph)).containsExactly("e -" + language.nameOfS + "-> s", "d -" + language.nameOfE + "-> e");
        assertThat(graph.path("isCut").asBoolean(true)).isFalse();
    }

    @Test
    void directionAndDepth_sayHowMuchIsShown(RegistryClient client) {
        Language.JSON.register(client);
        String s = version("s", "1.0.0") + "/graph";

        assertThat(nodes(client.get(s + "?direction=references").json())).isEmpty();
        assertThat(nodes(client.get(s + "?direction=dependents&depth=1").json()))
                .containsExactly("1 e 1.0.0 ACTIVE dependents");
        assertThat(nodes(client.get(s + "?depth=2").json()))
                .containsExactly("1 e 1.0.0 ACTIVE dependents", "2 d 1.0.0 ACTIVE dependents");
    }

    @Test
    void deprecatedAndDeleted_areMarked(RegistryClient client) {
        Language.JSON.register(client);
        client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}");
        String id = client.get(version("d", "1.0.0")).text("/id");
        client.delete(version("d", "1.0.0"));

        Reply graph = client.get("/api/v1/schemas/" + id + "/graph");

        assertThat(graph.json().at("/root/isDeleted").asBoolean()).isTrue();
        assertThat(nodes(graph.json()))
                .containsExactly("1 e 1.0.0 ACTIVE references", "2 s 1.0.0 DEPRECATED references");
        assertThat(graph.text("/nodes/1/state/reason")).isEqualTo("r");
        assertThat(client.get("/api/v1/schemas/" + id + "/graph?format=mermaid").text())
                .contains(
                        "n0([\"d 1.0.0 #40;deleted#41;\"]):::deleted",
                        "n2[\"s 1.0.0 #40;deprecated#41;\"]:::deprecated");
        assertThat(nodes(client.get(version("e", "1.0.0") + "/graph").json()))
                .containsExactly("1 s 1.0.0 DEPRECATED references");
    }

    @Test
    void format_isChosenByParameterOrHeader(RegistryClient client) {
        String name = "müll/\"]-->x\\";
        client.register(name, "{\"title\":\"base\"}");
        client.register("user", "{\"$ref\":\"b\"}", "\"references\":[" + reference("b", name) + "]");
        String graph = version(name, "1.0.0") + "/graph";

        for (Reply mermaid :
                List.of(client.get(graph + "?format=mermaid"), accepting(client, graph, "text/vnd.mermaid"))) {
            assertThat(mermaid.header("Content-Type")).isEqualTo("text/vnd.mermaid; charset=utf-8");
            assertThat(mermaid.text())
                    .startsWith("graph LR\n")
                    .contains(
                            "  n0([\"müll/#34;#93;--#62;x#92; 1.0.0\"])\n",
                            "  n1[\"user 1.0.0\"]\n",
                            "  n1 -->|\"b\"| n0\n");
        }
        for (Reply dot : List.of(client.get(graph + "?format=dot"), accepting(client, graph, "text/vnd.graphviz"))) {
            assertThat(dot.header("Content-Type")).isEqualTo("text/vnd.graphviz; charset=utf-8");
            assertThat(dot.text())
                    .startsWith("digraph references {\n")
                    .contains(
                            "  n0 [label=\"müll/\\\"]-->x\\\\ 1.0.0\", peripheries=2];\n",
                            "  n1 -> n0 [label=\"b\"];\n")
                    .endsWith("}\n");
        }
        for (Reply json : List.of(
                client.get(graph),
                client.get(graph + "?format=json"),
                accepting(client, graph, "text/html, */*;q=0.5"),
                accepting(client, graph + "?format=json", "text/vnd.mermaid"))) {
            assertThat(json.mediaType()).isEqualTo("application/json");
            assertThat(json.text("/root/subject")).isEqualTo(name);
            assertThat(json.header("Vary")).contains("Accept", "Registry-Tenant");
        }
    }

    private static Reply accepting(RegistryClient client, String path, String accept) {
        return client.send("GET", path, Map.of("Accept", accept), new byte[0]);
    }

    @Test
    void graph_isTagged_untilItChanges(RegistryClient client) {
        Language.JSON.register(client);
        String path = version("s", "1.0.0") + "/graph";
        for (String format : List.of("json", "mermaid", "dot")) {
            String graph = path + "?format=" + format;
            String tag = client.get(graph).header("ETag");

            assertThat(client.getIfNoneMatch(graph, tag).status()).isEqualTo(304);
            client.register("new" + format, "{\"$ref\":\"s\"}", "\"references\":[" + reference("s", "s") + "]");
            assertThat(client.getIfNoneMatch(graph, tag).status()).isEqualTo(200);
        }
    }

    @Test
    void badInput_isRefused(RegistryClient client) {
        client.register("s", "true");
        String graph = version("s", "1.0.0") + "/graph";

        assertRefused(client.get(graph + "?direction=up"), 400, "invalid-direction");
        assertRefused(client.get(graph + "?depth=0"), 400, "invalid-depth");
        assertRefused(client.get(graph + "?depth=deep"), 400, "invalid-depth");
        assertRefused(client.get(graph + "?format=svg"), 400, "invalid-format");
        assertRefused(client.get(version("s", "2.0.0") + "/graph"), 404, "schema-not-found");
        assertRefused(client.get(version("t", "latest") + "/graph"), 404, "subject-not-found");
        assertRefused(client.get("/api/v1/schemas/x/graph"), 400, "invalid-id");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void impact_ofACompatibleChange_isNone(Language language, RegistryClient client) {
        language.register(client);

        Reply reply = language.impact(client, language.compatible);

        assertThat(reply.text("/verdict")).as(reply.toString()).isEqualTo("COMPATIBLE");
        assertThat(reply.json().path("isCompatible").asBoolean()).isTrue();
        assertThat(reply.text("/level")).isEqualTo("BACKWARD");
        assertThat(reply.text("/replaced/0/version")).isEqualTo("1.0.0");
        assertThat(impacts(reply)).containsExactly("1 e 1.0.0 COMPATIBLE", "2 d 1.0.0 COMPATIBLE");
        assertThat(reply.json().path("isCut").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void impact_ofAnIncompatibleChange_isShownInEachDependent(Language language, RegistryClient client) {
        language.register(client);

        Reply reply = language.impact(client, language.incompatible);

        assertThat(reply.text("/verdict")).isEqualTo("INCOMPATIBLE");
        assertThat(impacts(reply))
                .as(reply.toString())
                .containsExactly("1 e 1.0.0 INCOMPATIBLE", "2 d 1.0.0 INCOMPATIBLE");
        for (JsonNode dependent : reply.json().path("dependents")) {
            assertThat(dependent.at("/comparisons/0/direction").asString()).isEqualTo("BACKWARD");
            assertThat(dependent
                            .at("/comparisons/0/incompatibilities/0/witness/document")
                            .asString())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void impact_ofABreakingChange_saysWhy(Language language, RegistryClient client) {
        language.register(client);

        Reply reply = language.impact(client, language.breaking);

        assertThat(reply.text("/verdict")).isEqualTo("INCOMPATIBLE");
        assertThat(impacts(reply)).as(reply.toString()).containsExactly("1 e 1.0.0 BROKEN", "2 d 1.0.0 BROKEN");
        assertThat(reply.text("/dependents/0/violations/0/reason")).isNotBlank();
        assertThat(reply.text("/dependents/1/violations/0/reason")).contains("'" + language.nameOfE + "'");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void impact_ofABareSchema_isAnsweredAsInAnEnvelope(Language language, RegistryClient client) {
        language.register(client);
        askFor(client);

        Reply bare = client.send(
                "POST", subject("s") + "/impact", language.mediaType, language.incompatible.getBytes(UTF_8));
        Reply forward = client.send(
                "POST",
                subject("s") + "/impact?level=FULL&against=1.0.0",
                language.mediaType,
                language.incompatible.getBytes(UTF_8));

        assertThat(bare.json())
                .isEqualTo(language.impact(client, language.incompatible).json());
        assertThat(forward.json().at("/dependents/0/comparisons")).hasSize(2);
    }

    @Test
    void impact_badInput_isRefused(RegistryClient client) {
        client.register("s", "true");
        String impact = subject("s") + "/impact";

        assertRefused(client.post(impact, "{}"), 400, "malformed-request");
        assertRefused(client.post(impact, "{\"schema\":true,\"level\":\"X\"}"), 400, "invalid-level");
        assertRefused(client.post(impact, "{\"schema\":{\"type\":7}}"), 422, "invalid-schema");
        assertRefused(client.post(impact, "{\"schema\":true,\"against\":[\"2.0.0\"]}"), 404, "schema-not-found");
        assertRefused(
                client.post(impact, "{\"schema\":\"\\\"int\\\"\",\"schemaType\":\"AVRO\"}"), 422, "incomparable-types");
        assertRefused(client.send("POST", impact, "text/plain", new byte[] {'x'}), 415, "unsupported-media-type");
        assertRefused(client.send("POST", impact, AVRO, "{".getBytes(UTF_8)), 422, "invalid-schema");
        assertRefused(client.send("POST", impact, PROTOBUF, "{".getBytes(UTF_8)), 422, "invalid-schema");
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
    }

    private static List<String> nodes(JsonNode graph) {
        return graph.path("nodes")
                .valueStream()
                .map(node -> node.path("distance").asInt() + " "
                        + node.path("subject").asString() + " "
                        + node.path("version").asString() + " "
                        + node.at("/state/stage").asString() + " "
                        + node.path("direction").asString())
                .toList();
    }

    private static List<String> edges(JsonNode graph) {
        Map<String, String> names = new HashMap<>();
        names.put(graph.at("/root/id").asString(), graph.at("/root/subject").asString());
        graph.path("nodes")
                .forEach(node -> names.put(
                        node.path("id").asString(), node.path("subject").asString()));
        return graph.path("edges")
                .valueStream()
                .map(edge -> names.get(edge.path("from").asString()) + " -"
                        + edge.path("name").asString() + "-> "
                        + names.get(edge.path("to").asString()))
                .toList();
    }

    private static List<String> impacts(Reply reply) {
        return reply.json()
                .path("dependents")
                .valueStream()
                .map(dependent -> dependent.path("distance").asInt() + " "
                        + dependent.path("subject").asString() + " "
                        + dependent.path("version").asString() + " "
                        + dependent.path("verdict").asString())
                .toList();
    }
}
