package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.BINARY;
import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.NDJSON;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whether documents conform to what is registered, one by one and in streams. */
@ExtendWith(SharedServer.class)
class DocumentsTest {
    private static final int MAX_REQUEST_BYTES = 2 * 16 * 1024 * 1024 + 1024 * 1024;
    private static final int MAX_DOCUMENTS = 10_000;
    private static final String LATEST = version("s", "latest") + "/validate";
    private static final String AGE = """
            {"type":"object","properties":{"age":{"type":"integer"},"tags":{"items":{"type":"string"}}},"required":["name"]}""";

    /** A schema in each language, with a document that is valid, and one that is not. */
    enum Language {
        JSON(
                RegistryClient.JSON_SCHEMA,
                AGE,
                "{\"name\":\"a\",\"age\":1,\"tags\":[\"x\"]}",
                "{\"age\":\"x\",\"tags\":[\"x\",1]}",
                """
                '' /required required
                /age /properties/age/type type
                /tags/1 /properties/tags/items/type type"""),
        AVRO(
                RegistryClient.AVRO,
                """
                {"type":"record","name":"shop.Person","fields":[{"name":"name","type":"string"},{"name":"age","type":["null","int"]},
                 {"name":"in","type":{"type":"record","name":"In","fields":[{"name":"x","type":"int"}]}}]}""",
                "{\"name\":\"a\",\"age\":{\"int\":1},\"in\":{\"x\":1}}",
                "{\"name\":1,\"age\":\"x\",\"in\":{}}",
                """
                /name /fields/0/type type
                /age /fields/1/type union
                /in /fields/2/type/fields/0 required"""),
        PROTOBUF(
                RegistryClient.PROTOBUF,
                """
                syntax = "proto3"; package shop;
                message Person { string name = 1; int32 age = 2; In in = 3; }
                message In { int32 x = 1; }""",
                "{\"name\":\"a\",\"age\":1,\"in\":{\"x\":1}}",
                "{\"name\":1,\"age\":\"x\",\"in\":{\"y\":1}}",
                """
                /name shop.Person.name type
                /age shop.Person.age type
                /in/y shop.In unknown-field""");

        private final String mediaType;
        private final String schema;
        private final String valid;
        private final String invalid;
        private final String errors;

        Language(String mediaType, String schema, String valid, String invalid, String errors) {
            this.mediaType = mediaType;
            this.schema = schema;
            this.valid = valid;
            this.invalid = invalid;
            this.errors = errors;
        }

        /** Of the invalid document; see {@link DocumentsTest#errors}. */
        private List<String> errors() {
            return errors.lines().toList();
        }

        private Reply register(RegistryClient client) {
            return client.post(versions("s"), mediaType, schema);
        }
    }

    /** Of each error the place in the document, that of the rule, and the keyword. */
    private static List<String> errors(JsonNode report) {
        return report.path("errors")
                .valueStream()
                .map(error -> {
                    assertThat(error.path("message").asString()).isNotBlank();
                    String place = error.path("instancePath").asString();
                    return (place.isEmpty() ? "''" : place) + " "
                            + error.path("schemaPath").asString() + " "
                            + error.path("keyword").asString();
                })
                .toList();
    }

    private static Reply binary(RegistryClient client, String path, String hex) {
        return client.send("POST", path, BINARY, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static List<JsonNode> stream(RegistryClient client, String body) {
        Reply reply = client.post(LATEST, NDJSON, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.mediaType()).isEqualTo(NDJSON);
        return reply.text().lines().map(Reply::parse).toList();
    }

    private static String sum(int documents, int valid, int invalid) {
        return "{\"documents\":%d,\"valid\":%d,\"invalid\":%d}".formatted(documents, valid, invalid);
    }

    // One document.

    @ParameterizedTest
    @EnumSource(Language.class)
    void validDocument_isAccepted_underEveryAddressOfTheVersion(Language language, RegistryClient client) {
        String id = language.register(client).text("/schema/id");
        String expected = """
                {"valid":true,"accepted":true,"mode":"STRICT","subject":"s","version":"1.0.0","schemaId":"%s","encoding":"JSON",
                 "errorCount":0,"isCut":false,"errors":[]}""".formatted(id);

        for (String path : List.of(
                "/api/v1/schemas/" + id,
                version("s", "1.0.0"),
                version("s", "latest"),
                version("s", "^1.0"),
                version("s", "ordinal:1"))) {
            Reply reply = client.post(path + "/validate", language.valid);

            assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(200);
            assertThat(reply.json()).isEqualTo(Reply.parse(expected));
            assertThat(reply.header("Warning")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void invalidDocument_isRefusedWithAllErrorsAndTheirPlaces(Language language, RegistryClient client) {
        String id = language.register(client).text("/schema/id");

        Reply reply = client.post(LATEST, language.invalid);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.text("/code")).isEqualTo("document-invalid");
        assertThat(reply.text("/detail")).contains("1.0.0", "'s'", "2 more");
        assertThat(reply.text("/schemaId")).isEqualTo(id);
        assertThat(reply.json().path("errorCount").asInt()).isEqualTo(3);
        assertThat(errors(reply.json())).containsExactlyElementsOf(language.errors());
        assertThat(client.post("/api/v1/schemas/" + id + "/validate", language.invalid)
                        .json())
                .isEqualTo(reply.json());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whatIsNotJson_isInvalid(Language language, RegistryClient client) {
        language.register(client);

        for (String text : List.of("{\n\"name\": }", "", " ", "{} {}", "{\"name\":\"a\",\"name\":\"a\"}", "nope")) {
            Reply reply = client.post(LATEST, JSON, text);

            assertThat(reply.status()).as("%s: %s", text, reply).isEqualTo(422);
            assertThat(reply.text("/code")).isEqualTo("document-invalid");
            assertThat(errors(reply.json())).as(text).singleElement().asString().endsWith(" syntax");
        }
        Reply notUtf8 = client.send("POST", LATEST, JSON, new byte[] {'"', (byte) 0xFF, '"'});
        assertThat(errors(notUtf8.json())).singleElement().asString().endsWith(" syntax");
    }

    @Test
    void avroBinary_isABareDatum(RegistryClient client) {
        Language.AVRO.register(client);

        // The string a; branch 1 and the int 1; the int 2.
        Reply valid = binary(client, LATEST, "02 61  02 02  04");

        assertThat(valid.status()).as(valid.toString()).isEqualTo(200);
        assertThat(valid.text("/encoding")).isEqualTo("BINARY");
        assertThat(binary(client, LATEST, "02 61 00 04").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "no such branch,    02 61 04 02 04, /age",
        "cut off,           02 61 00,       /in/x",
        "length beyond,     7e 61 00 04,    /name",
        "negative length,   01 61 00 04,    /name",
        "not UTF-8,         02 ff 00 04,    /name",
        "something after,   02 61 00 04 00, ''",
        "nothing at all,    '',             /name",
    })
    void avroBinary_thatIsNone_isInvalidWithItsPlace(String what, String hex, String place, RegistryClient client) {
        Language.AVRO.register(client);

        Reply reply = binary(client, LATEST, hex);

        assertThat(reply.status()).as("%s: %s", what, reply).isEqualTo(422);
        assertThat(reply.text("/code")).isEqualTo("document-invalid");
        assertThat(reply.text("/encoding")).isEqualTo("BINARY");
        assertThat(reply.text("/errors/0/instancePath")).as(reply.toString()).isEqualTo(place);
    }

    @Test
    void protobufBinary_isABareMessage(RegistryClient client) {
        Language.PROTOBUF.register(client);

        // Field 1, the string a; field 2, the number 5; field 3, a message with its field 1; field 9, which is not
        // known.
        Reply valid = binary(client, LATEST, "0a 01 61  10 05  1a 02 08 01  48 01");

        assertThat(valid.status()).as(valid.toString()).isEqualTo(200);
        assertThat(valid.text("/encoding")).isEqualTo("BINARY");
        assertThat(binary(client, LATEST, "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "length beyond,   0a 05 61",
        "not UTF-8,       0a 01 ff",
        "inner cut off,   1a 01 08",
        "endless number,  10 ff ff ff ff ff ff ff ff ff ff 01",
        "field zero,      00 01",
        "no wire type,    0f",
        "end of a group,  0c",
    })
    void protobufBinary_thatIsNone_isInvalid(String what, String hex, RegistryClient client) {
        Language.PROTOBUF.register(client);

        Reply reply = binary(client, LATEST, hex);

        assertThat(reply.status()).as("%s: %s", what, reply).isEqualTo(422);
        assertThat(reply.text("/code")).isEqualTo("document-invalid");
        assertThat(errors(reply.json())).isNotEmpty();
    }

    @Test
    void message_picksWhatTheDocumentIs(RegistryClient client) {
        Language.PROTOBUF.register(client);
        assertThat(client.post(LATEST + "?message=shop.In", "{\"x\":1}").status())
                .isEqualTo(200);
        assertThat(client.post(LATEST + "?message=shop.In", "{\"name\":\"a\"}").status())
                .isEqualTo(422);
        assertThat(binary(client, LATEST + "?message=shop.In", "08 01").status())
                .isEqualTo(200);
        assertRefused(client.post(LATEST + "?message=In", "{}"), 400, "invalid-message", "shop.Person");
        assertRefused(client.post(LATEST + "?message=In", NDJSON, "{}\n"), 400, "invalid-message", "shop.Person");

        client.delete(subject("s"));
        Language.AVRO.register(client);

        assertThat(binary(client, LATEST + "?message=shop.In", "02").status()).isEqualTo(200);
        assertRefused(client.post(LATEST + "?message=In", "{}"), 400, "invalid-message", "shop.Person");
        client.delete(subject("s"));
        Language.JSON.register(client);
        assertRefused(client.post(LATEST + "?message=In", "{}"), 400, "invalid-message", "JSON Schema");
    }

    @Test
    void manyErrors_areCutAt500(RegistryClient client) {
        client.register("s", "{\"items\":{\"type\":\"string\"}}");

        Reply reply = client.post(LATEST, "[" + "1,".repeat(600) + "1]");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors")).hasSize(500);
        assertThat(reply.json().path("isCut").asBoolean()).isTrue();
    }

    @Test
    void references_areFollowed(RegistryClient client) {
        client.register("base", "{\"type\":\"integer\"}");
        client.post(
                versions("s"),
                "{\"schema\":{\"items\":{\"$ref\":\"b.json\"}},\"references\":[{\"name\":\"b.json\",\"subject\":\"base\",\"version\":\"1.0.0\"}]}");

        assertThat(client.post(LATEST, "[1]").status()).isEqualTo(200);
        assertThat(errors(client.post(LATEST, "[1,\"x\"]").json())).containsExactly("/1 b.json#/type type");
    }

    /** A version that is being written, one that is archived, and one that is deleted can still be validated against. */
    @Test
    void everyVersionThatCanBeRead_canBeValidatedAgainst(RegistryClient client) {
        String id = client.registerForId("s", AGE, "\"state\":\"DRAFT\"");
        String byId = "/api/v1/schemas/" + id + "/validate";
        assertThat(client.post(version("s", "1.0.0") + "/validate", "{\"name\":1}")
                        .status())
                .isEqualTo(200);
        assertRefused(client.post(LATEST, "{}"), 404, "schema-not-found", "latest");

        client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}");
        assertThat(client.post(byId, "{\"name\":1}").status()).isEqualTo(200);
        client.delete(version("s", "1.0.0"));

        assertThat(client.post(byId, "{\"name\":1}").status()).isEqualTo(200);
        assertThat(client.post(version("s", "1.0.0") + "/validate", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void newVersion_isValidatedAgainstFromThenOn(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        assertThat(client.post(LATEST, "1").text("/version")).isEqualTo("1.0.0");

        client.register("s", "{\"type\":\"string\"}");

        assertThat(client.post(LATEST, "1").text("/version")).isEqualTo("2.0.0");
        assertThat(client.post(LATEST, "1").status()).isEqualTo(422);
        assertThat(client.post(version("s", "1.0.0") + "/validate", "1").status())
                .isEqualTo(200);
    }

    // What becomes of an invalid document.

    @Test
    void warn_acceptsWithAWarningAndTheErrors(RegistryClient client) {
        client.register("s", AGE);
        client.set("s", "{\"validationMode\":\"WARN\"}");

        Reply invalid = client.post(LATEST, Language.JSON.invalid);

        assertThat(invalid.status()).isEqualTo(200);
        assertThat(invalid.header("Warning")).startsWith("199 ");
        assertThat(invalid.json().path("valid").asBoolean(true)).isFalse();
        assertThat(invalid.json().path("accepted").asBoolean()).isTrue();
        assertThat(invalid.text("/mode")).isEqualTo("WARN");
        assertThat(errors(invalid.json())).containsExactlyElementsOf(Language.JSON.errors());
        assertThat(client.post(LATEST, Language.JSON.valid).header("Warning")).isEmpty();
        assertThat(client.post(LATEST, "{").status()).isEqualTo(200);
    }

    @Test
    void monitor_acceptsAndCounts_andTellsNoErrors(RegistryClient client) {
        client.register("s", AGE);
        client.put("/api/v1/settings", "{\"validationMode\":\"MONITOR\"}");

        Reply invalid = client.post(LATEST, Language.JSON.invalid);

        assertThat(invalid.status()).isEqualTo(200);
        assertThat(invalid.header("Warning")).isEmpty();
        assertThat(invalid.json().path("valid").asBoolean(true)).isFalse();
        assertThat(invalid.json().path("accepted").asBoolean()).isTrue();
        assertThat(invalid.text("/mode")).isEqualTo("MONITOR");
        assertThat(invalid.json().path("errorCount").asInt()).isEqualTo(3);
        assertThat(invalid.json().path("errors")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STRICT, false, 3", "WARN, true, 3", "MONITOR, true, 0"})
    void stream_isAnsweredWith200InEveryMode(String mode, boolean isAccepted, int told, RegistryClient client) {
        client.register("s", AGE);
        client.set("s", "{\"validationMode\":\"" + mode + "\"}");

        List<JsonNode> lines = stream(client, Language.JSON.valid + "\n" + Language.JSON.invalid + "\n");

        assertThat(lines.get(0).path("accepted").asBoolean()).isTrue();
        assertThat(lines.get(1).path("valid").asBoolean(true)).isFalse();
        assertThat(lines.get(1).path("accepted").asBoolean(!isAccepted)).isEqualTo(isAccepted);
        assertThat(lines.get(1).path("errorCount").asInt()).isEqualTo(3);
        assertThat(lines.get(1).path("errors")).hasSize(told);
        assertThat(lines.get(2)).isEqualTo(Reply.parse(sum(2, 1, 1)));
    }

    // Many documents.

    @ParameterizedTest
    @EnumSource(Language.class)
    void stream_hasALineForEachDocument_andTheSum(Language language, RegistryClient client) {
        language.register(client);

        List<JsonNode> lines = stream(client, language.valid + "\n" + language.invalid + "\n" + language.valid + "\n");

        assertThat(lines).hasSize(4);
        assertThat(lines.subList(0, 3).stream().map(line -> line.path("line").asInt()))
                .containsExactly(1, 2, 3);
        assertThat(lines.subList(0, 3).stream().map(line -> line.path("valid").asBoolean()))
                .containsExactly(true, false, true);
        assertThat(errors(lines.get(1))).containsExactlyElementsOf(language.errors());
        assertThat(lines.getLast()).isEqualTo(Reply.parse(sum(3, 2, 1)));
    }

    @Test
    void stream_ofAnyShape_isReadLineByLine(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");

        List<JsonNode> lines = stream(client, "\n1\r\n\r\n  \t\n{\"a\": 2\n \"x\" \n3\n4");

        assertThat(lines.stream()
                        .limit(lines.size() - 1)
                        .map(line -> line.path("line").asInt() + " "
                                + line.path("valid").asBoolean() + " "
                                + String.join(",", errors(line))))
                .containsExactly("2 true ", "5 false ''  syntax", "6 false '' /type type", "7 true ", "8 true ");
        assertThat(lines.getLast()).isEqualTo(Reply.parse(sum(5, 3, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n \n\n"})
    void stream_ofNothing_hasASumOfNothing(String body, RegistryClient client) {
        client.register("s", AGE);

        assertThat(stream(client, body)).containsExactly(Reply.parse(sum(0, 0, 0)));
    }

    @Test
    void stream_ofTheMostDocuments_isTaken_andOfOneMoreRefused(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");

        List<JsonNode> lines = stream(client, "1\n".repeat(MAX_DOCUMENTS) + "\n\n");

        assertThat(lines).hasSize(MAX_DOCUMENTS + 1);
        assertThat(lines.getLast()).isEqualTo(Reply.parse(sum(MAX_DOCUMENTS, MAX_DOCUMENTS, 0)));
        assertRefused(client.post(LATEST, NDJSON, "1\n".repeat(MAX_DOCUMENTS + 1)), 413, "content-too-large", "10,000");
    }

    @Test
    void stream_listsAtMost20000Errors_andCountsTheOthers(RegistryClient client) {
        client.register("s", "{\"items\":{\"type\":\"string\"}}");
        String bad = "[" + "1,".repeat(298) + "1]\n";

        List<JsonNode> lines = stream(client, bad.repeat(70));

        assertThat(lines.stream().mapToInt(line -> line.path("errors").size()).sum())
                .isBetween(19_000, 20_000);
        assertThat(lines.get(69).path("errorCount").asInt()).isEqualTo(299);
        assertThat(lines.get(69).path("errors")).isEmpty();
        assertThat(lines.get(69).path("isCut").asBoolean()).isTrue();
        assertThat(lines.getLast()).isEqualTo(Reply.parse(sum(70, 0, 70)));
    }

    // Bad input.

    @Test
    void badInput_isRefused(RegistryClient client) {
        Language.JSON.register(client);

        assertRefused(client.post(LATEST, "text/plain", "{}"), 415, "unsupported-media-type", "text/plain");
        assertRefused(client.send("POST", LATEST, Map.of(), new byte[0]), 415, "unsupported-media-type", JSON);
        assertRefused(binary(client, LATEST, "7b7d"), 400, "invalid-encoding", "JSON");
        assertRefused(client.post(version("s", "9.0.0") + "/validate", "{}"), 404, "schema-not-found", "9.0.0");
        assertRefused(client.post(version("none", "latest") + "/validate", "{}"), 404, "subject-not-found", "none");
        assertRefused(client.post(version("s", "newest") + "/validate", "{}"), 400, "invalid-version", "newest");
        assertRefused(client.post("/api/v1/schemas/7/validate", "{}"), 400, "invalid-id", "7");
        assertRefused(
                client.post("/api/v1/schemas/01993b1e-7c1a-7000-8000-000000000000/validate", "{}"),
                404,
                "schema-not-found",
                "01993b1e");
        assertRefused(client.get(LATEST), 405, "method-not-allowed", "POST");
    }

    @Test
    void anotherTenantsSchema_isNotThere(RegistryClient client, RegistryClient another) {
        String id = client.registerForId("s", AGE);

        assertThat(another.post("/api/v1/schemas/" + id + "/validate", "{}").text("/code"))
                .isEqualTo("schema-not-found");
        assertThat(another.post(LATEST, "{}").text("/code")).isEqualTo("subject-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, NDJSON, BINARY})
    void documentLargerThanTheLimit_isRefused(String mediaType, RegistryClient client) {
        client.register("s", AGE);
        String declared =
                client.rawPost(LATEST, "Content-Type: " + mediaType, "Content-Length: " + (MAX_REQUEST_BYTES + 1));

        assertRefused(client.sendRaw(declared.getBytes(UTF_8)), 413, "content-too-large", "34,603,008");
    }

    @ParameterizedTest
    @CsvSource({"256, 200", "100000, 422"})
    void depth_isBounded(int depth, int status, RegistryClient client) {
        client.register("s", "true");

        Reply reply = client.post(LATEST, "[".repeat(depth) + "]".repeat(depth));

        assertThat(reply.status())
                .as(reply.text().substring(0, Math.min(300, reply.text().length())))
                .isEqualTo(status);
    }

    private static void assertRefused(Reply reply, int status, String code, String fact) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
        assertThat(reply.text("/detail")).contains(fact);
    }
}
