package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.PROTOBUF;
import static io.llmschema.systemtests.RegistryClient.quoted;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent: a clear problem document, nothing stored, and a server as healthy as before. */
@ExtendWith(SharedServer.class)
class BadInputTest {
    private static final int MAX_CONTENT_BYTES = 16 * 1024 * 1024;
    private static final int MAX_REQUEST_BYTES = 2 * MAX_CONTENT_BYTES + 1024 * 1024;
    private static final String S = versions("s");
    private static final String UUID = "01993b1e-7c1a-7000-8000-000000000000";

    /** Asserts that a request is refused so, with a detail that names these facts, and that it has left no trace. */
    private static Reply assertRefused(
            RegistryClient client, int status, String code, Supplier<Reply> request, String... facts) {
        ObjectNode before = contents(client);

        Reply reply = request.get();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.mediaType()).isEqualTo("application/problem+json");
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
        for (String fact : facts) {
            assertThat(reply.text("/detail")).contains(fact);
        }
        assertThat(contents(client)).isEqualTo(before);
        assertThat(client.get("/health/ready").text("/status")).isEqualTo("UP");
        return reply;
    }

    /** What the tenant has stored. The bytes on disk are left out: they are those of all tenants. */
    private static ObjectNode contents(RegistryClient client) {
        ObjectNode statistics = (ObjectNode) client.get("/api/v1/statistics").json();
        statistics.remove("storedBytes");
        return statistics;
    }

    private static Reply assertRefused(RegistryClient client, int status, String code, String body, String... facts) {
        return assertRefused(client, status, code, () -> client.post(S, body), facts);
    }

    // The body as JSON.

    @Test
    void register_emptyBody_isRefused(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "", "empty", "JSON object");
        assertRefused(client, 400, "malformed-request", " \n ", "empty", "JSON object");
    }

    @Test
    void register_emptyBareSchema_isRefused(RegistryClient client) {
        assertRefused(client, 422, "invalid-schema", () -> client.send("POST", S, JSON_SCHEMA, new byte[0]), "empty");
    }

    @Test
    void register_malformedJson_isRefusedWithItsPlace(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "{\"schema\": {},\n  \"owner\": }", "line 2");
        assertRefused(client, 400, "malformed-request", "{\"schema\": {}", "line 1");
        assertRefused(client, 400, "malformed-request", "{\"schema\": {}} x", "line 1");
        assertRefused(client, 400, "malformed-request", "{\"schema\": NaN}", "line 1");
        assertRefused(client, 400, "malformed-request", "{'schema': {}}", "line 1");
        assertRefused(client, 400, "malformed-request", "{\"schema\": {}, // no\n}", "line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "true"})
    void register_bodyThatIsNoObject_isRefused(String body, RegistryClient client) {
        assertRefused(client, 400, "malformed-request", body, "no JSON object");
    }

    @Test
    void register_duplicateKey_isRefusedWithItsPlace(RegistryClient client) {
        assertRefused(
                client,
                400,
                "malformed-request",
                "{\"schema\":{},\n\"owner\":\"a\",\n\"owner\":\"b\"}",
                "owner",
                "at the root");
        assertRefused(
                client, 400, "malformed-request", "{\"schema\":{},\"metadata\":{\"k\":1,\"k\":1}}", "'k'", "/metadata");
    }

    @Test
    void register_duplicateKeyInTheSchema_isRefusedWithItsPlace(RegistryClient client) {
        Reply asText = assertRefused(
                client,
                422,
                "invalid-schema",
                "{\"schema\":\"{\\\"type\\\":\\\"object\\\",\\n\\\"type\\\":\\\"string\\\"}\"}",
                "type");
        assertThat(asText.json().at("/violations/0/line").asInt()).isEqualTo(2);
        assertRefused(
                client, 400, "malformed-request", "{\"schema\":{\"type\":\"object\",\"type\":\"string\"}}", "type");
    }

    @Test
    void register_unknownField_isRefusedWithTheKnownOnes(RegistryClient client) {
        assertRefused(
                client, 400, "malformed-request", "{\"schema\":{},\"schemaTyp\":\"AVRO\"}", "/schemaTyp", "schemaType");
    }

    @Test
    void register_fieldOfAnotherType_isRefusedWithItsPlace(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"owner\":7}", "/owner", "string");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"tags\":\"a\"}", "/tags", "array");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"tags\":[\"a\",7]}", "/tags/1", "string");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"metadata\":[]}", "/metadata", "object");
        assertRefused(
                client, 400, "malformed-request", "{\"schema\":{},\"references\":[7]}", "/references/0", "object");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"version\":null}", "/version", "string");
    }

    @Test
    void register_withoutSchema_isRefused(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "{\"schemaType\":\"JSON\"}", "/schema", "missing");
    }

    @Test
    void register_protobufAsJsonValue_isRefused(RegistryClient client) {
        assertRefused(
                client, 400, "malformed-request", "{\"schemaType\":\"PROTOBUF\",\"schema\":{}}", "/schema", "string");
    }

    // Encodings.

    @Test
    void register_bodyThatIsNotUtf8_isRefused(RegistryClient client) {
        String body = "{\"schema\":{\"title\":\"Größe\"}}";

        assertRefused(
                client,
                400,
                "malformed-request",
                () -> client.send("POST", S, JSON, body.getBytes(ISO_8859_1)),
                "UTF-8");
        assertRefused(
                client, 400, "malformed-request", () -> client.send("POST", S, JSON, body.getBytes(UTF_16)), "UTF-8");
        assertRefused(
                client,
                400,
                "malformed-request",
                () -> client.send("POST", S, JSON, "{\"schema\":{}}".getBytes(UTF_16LE)),
                "line 1");
    }

    @Test
    void register_bareSchemaThatIsNotUtf8_isRefused(RegistryClient client) {
        byte[] latin = "{\"title\":\n\"Größe\"}".getBytes(ISO_8859_1);

        Reply reply = assertRefused(
                client, 422, "invalid-schema", () -> client.send("POST", S, JSON_SCHEMA, latin), "0xF6", "UTF-8");

        assertThat(reply.json().at("/violations/0/line").asInt()).isEqualTo(2);
        assertRefused(
                client, 422, "invalid-schema", () -> client.send("POST", S, AVRO, "\"int\"".getBytes(UTF_16)), "UTF-8");
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        assertRefused(client, 422, "invalid-schema", () -> client.send("POST", S, JSON_SCHEMA, overlong), "UTF-8");
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        assertRefused(client, 422, "invalid-schema", () -> client.send("POST", S, AVRO, surrogate), "UTF-8");
    }

    @Test
    void register_byteOrderMarkBeforeTheEnvelope_isRefused(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "\uFEFF{\"schema\":{}}", "line 1", "column 1");
    }

    @Test
    void register_otherCharset_isRefused(RegistryClient client) {
        byte[] body = "{\"schema\":{}}".getBytes(UTF_8);

        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, JSON + "; charset=iso-8859-1", body),
                "UTF-8",
                "iso-8859-1");
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, JSON + "; a=b; Charset=\"UTF-16\"", body),
                "UTF-8",
                "utf-16");
        assertThat(client.send("POST", S, JSON + "; charset=\"UTF-8\"; a=b", body)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void register_loneSurrogate_isRefused(RegistryClient client) {
        assertRefused(
                client,
                400,
                "malformed-request",
                "{\"schema\":\"{\\\"title\\\":\\\"\\ud800\\\"}\"}",
                "/schema",
                "surrogate");
        assertRefused(client, 400, "invalid-description", "{\"schema\":{},\"description\":\"a\\ud83d\"}", "U+D83D");
        assertRefused(client, 400, "invalid-owner", "{\"schema\":{},\"owner\":\"\\ude00b\"}", "U+DE00");
        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":[\"\\ud83d\"]}", "U+D83D");
        assertRefused(
                client, 400, "invalid-metadata", "{\"schema\":{},\"metadata\":{\"k\":[\"\\ud83d\"]}}", "surrogate");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"metadata\":{\"\\ud83d\":1}}", "surrogate");
        assertRefused(client, 400, "invalid-created-by", "{\"schema\":{},\"createdBy\":\"\\ud83d\"}", "U+D83D");
    }

    @Test
    void register_nul_isRefused(RegistryClient client) {
        assertRefused(client, 400, "invalid-description", "{\"schema\":{},\"description\":\"a\\u0000\"}", "U+0000");
        assertRefused(client, 400, "invalid-owner", "{\"schema\":{},\"owner\":\"\\u0000\"}", "U+0000");
        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":[\"a\\u0000\"]}", "U+0000");
        assertRefused(client, 400, "invalid-metadata", "{\"schema\":{},\"metadata\":{\"k\":\"\\u0000\"}}", "NUL");
        assertRefused(client, 400, "invalid-metadata", "{\"schema\":{},\"metadata\":{\"a\":{\"\\u0000\":1}}}", "NUL");
        assertRefused(client, 400, "invalid-created-by", "{\"schema\":{},\"createdBy\":\"\\u0000\"}", "U+0000");
        assertRefused(
                client,
                400,
                "invalid-description",
                () -> client.send("POST", S + "?description=a%00", JSON_SCHEMA, "{}".getBytes(UTF_8)));
        assertRefused(client, 400, "invalid-q", () -> client.get("/api/v1/search?q=a%00b"), "NUL");
        assertRefused(client, 400, "invalid-owner", () -> client.get("/api/v1/subjects?owner=%00"), "NUL");
        assertRefused(
                client,
                400,
                "invalid-metadata",
                () -> client.get("/api/v1/schemas?metadata=" + RegistryClient.encoded("{\"a\":\"\\u0000\"}")));
        assertRefused(client, 400, "invalid-cursor", () -> client.get("/api/v1/schemas?cursor=a%00"));
    }

    @Test
    void anything_compressed_isRefused(RegistryClient client) {
        byte[] compressed = gzip("{\"schema\":{}}");

        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, Map.of("Content-Type", JSON, "Content-Encoding", "gzip"), compressed),
                "Content-Encoding");
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, Map.of("Content-Type", JSON_SCHEMA, "Content-Encoding", "br"), compressed),
                "Content-Encoding");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    // Size and depth.

    @Test
    void register_nestingBomb_isRefused(RegistryClient client) {
        String brackets = "[".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000);

        for (String bomb :
                List.of(brackets, objects, brackets + "]".repeat(100_000), objects + "1" + "}".repeat(100_000))) {
            assertRefused(client, 400, "malformed-request", "{\"schema\":" + bomb + "}", "deep");
            assertRefused(client, 422, "invalid-schema", "{\"schema\":" + quoted(bomb) + "}", "deep");
            assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"metadata\":" + bomb + "}", "deep");
            assertRefused(
                    client,
                    422,
                    "invalid-schema",
                    () -> client.send("POST", S, JSON_SCHEMA, bomb.getBytes(UTF_8)),
                    "deep");
            assertRefused(
                    client, 422, "invalid-schema", () -> client.send("POST", S, AVRO, bomb.getBytes(UTF_8)), "deep");
        }
    }

    @Test
    void register_nestingBombOfEachLanguage_isRefused(RegistryClient client) {
        int depth = 100_000;
        String avro = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
        String protobuf = "syntax = \"proto3\";" + "message M {".repeat(depth) + "}".repeat(depth);
        String option = "syntax = \"proto3\"; message M { option (o) = " + "{ a: ".repeat(depth) + "1"
                + "}".repeat(depth) + "; }";
        String regex = "{\"pattern\":\"" + "(".repeat(depth) + "a" + ")".repeat(depth) + "\"}";

        assertRefused(client, 422, "invalid-schema", () -> client.send("POST", S, AVRO, avro.getBytes(UTF_8)), "deep");
        assertRefused(
                client,
                422,
                "invalid-schema",
                () -> client.send("POST", S, PROTOBUF, protobuf.getBytes(UTF_8)),
                "deep");
        assertRefused(client, 422, "invalid-schema", () -> client.send("POST", S, PROTOBUF, option.getBytes(UTF_8)));
        Reply reply = client.send("POST", S + "?dryRun=true", JSON_SCHEMA, regex.getBytes(UTF_8));
        assertThat(reply.status()).as("a pattern nested deeply").isIn(200, 422);
    }

    @Test
    void register_contentAtTheLimit_isTaken_andOneByteMoreIsRefused(RegistryClient client) {
        byte[] largest = ("{\"title\":\"" + "a".repeat(MAX_CONTENT_BYTES - 12) + "\"}").getBytes(UTF_8);
        byte[] tooLarge = Arrays.copyOf(largest, MAX_CONTENT_BYTES + 1);
        tooLarge[MAX_CONTENT_BYTES] = ' ';

        assertRefused(
                client,
                413,
                "content-too-large",
                () -> client.send("POST", S, JSON_SCHEMA, tooLarge),
                "16,777,217",
                "16,777,216");
        assertThat(client.send("POST", S, JSON_SCHEMA, largest).status()).isEqualTo(201);
        assertThat(client.get(version("s", "latest") + "/content").body()).isEqualTo(largest);
    }

    @Test
    void request_largerThanTheLimit_isRefused(RegistryClient client) {
        String declared = client.rawPost(S, "Content-Type: " + JSON, "Content-Length: " + (MAX_REQUEST_BYTES + 1));

        assertRefused(client, 413, "content-too-large", () -> client.sendRaw(declared.getBytes(UTF_8)), "34,603,008");
        String absurd = client.rawPost(S, "Content-Type: " + JSON, "Content-Length: 9223372036854775807");
        assertRefused(client, 413, "content-too-large", () -> client.sendRaw(absurd.getBytes(UTF_8)), "34,603,008");
    }

    @Test
    void request_chunkedAndLargerThanTheLimit_isRefused(RegistryClient client) {
        byte[] head = client.rawPost(S, "Content-Type: " + JSON, "Transfer-Encoding: chunked")
                .getBytes(UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        byte[] megabyte = new byte[1024 * 1024];
        Arrays.fill(megabyte, (byte) ' ');
        for (int sent = 0; sent <= MAX_REQUEST_BYTES; sent += megabyte.length) {
            request.writeBytes("100000\r\n".getBytes(UTF_8));
            request.writeBytes(megabyte);
            request.writeBytes("\r\n".getBytes(UTF_8));
        }
        request.writeBytes("0\r\n\r\n".getBytes(UTF_8));

        assertRefused(client, 413, "content-too-large", () -> client.sendRaw(request.toByteArray()), "34,603,008");
    }

    @Test
    void request_bodyThatStopsHalfWay_isRefused(RegistryClient client) {
        String sized = client.rawPost(S, "Content-Type: " + JSON, "Content-Length: 1000") + "{\"schema\":";
        String chunked = client.rawPost(S, "Content-Type: " + JSON, "Transfer-Encoding: chunked") + "a\r\n{\"schema\"";

        assertRefused(client, 400, "malformed-request", () -> client.sendRaw(sized.getBytes(UTF_8)), "ended early");
        assertRefused(client, 400, "malformed-request", () -> client.sendRaw(chunked.getBytes(UTF_8)), "ended early");
    }

    /** It would hold the room for bodies, and so keep others from writing. Takes as long as the server is patient: half a minute. */
    @Test
    void request_bodyThatStalls_isGivenUp(RegistryClient client) {
        String stalled = client.rawPost(S, "Content-Type: " + JSON, "Transfer-Encoding: chunked") + "a\r\n{\"schema\"";

        boolean hasEnded =
                RawHttp.endsWithin(java.time.Duration.ofMinutes(1), client.server(), stalled.getBytes(UTF_8));

        assertThat(hasEnded).isTrue();
        client.register("s", "true");
    }

    @Test
    void request_malformedChunk_isRefused(RegistryClient client) {
        String chunked = client.rawPost(S, "Content-Type: " + JSON, "Transfer-Encoding: chunked")
                + "zz\r\n{\"schema\":{}}\r\n0\r\n\r\n";

        assertRefused(client, 400, "malformed-request", () -> client.sendRaw(chunked.getBytes(UTF_8)));
    }

    @Test
    void request_thatIsNotHttp_isRefused(RegistryClient client) {
        for (String request : List.of(
                "GET\r\n\r\n",
                "GET /health/live HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/1.0\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "POST " + S
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
                "POST " + S + " HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST " + S + " HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")) {
            assertRefused(client, 400, "malformed-request", () -> client.sendRaw(request.getBytes(UTF_8)));
        }
    }

    // Values.

    @Test
    void register_unknownType_isRefusedWithTheKnownOnes(RegistryClient client) {
        assertRefused(
                client,
                400,
                "invalid-schema-type",
                "{\"schema\":{},\"schemaType\":\"XML\"}",
                "XML",
                "JSON, AVRO and PROTOBUF");
        assertRefused(
                client,
                400,
                "invalid-schema-type",
                () -> client.get("/api/v1/schemas?type=XML"),
                "XML",
                "JSON, AVRO and PROTOBUF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "v1.0.0",
                "1.0.0.0",
                "01.0.0",
                "1.0.0-",
                "1.0.0-01",
                "1.0.0+",
                "1.0.0-a..b",
                "latest",
                "",
                " 1.0.0",
                "1.0.2147483648",
                "-1.0.0"
            })
    void register_badSemver_isRefused(String version, RegistryClient client) {
        assertRefused(
                client,
                400,
                "invalid-version",
                "{\"schema\":{},\"version\":" + quoted(version) + "}",
                "not a valid version");
    }

    @Test
    void register_longVersion_isRefused(RegistryClient client) {
        assertRefused(
                client, 400, "invalid-version", "{\"schema\":{},\"version\":\"1.0.0-" + "a".repeat(200) + "\"}", "128");
        assertRefused(client, 400, "invalid-version", () -> client.get(version("s", "1".repeat(3000))));
    }

    @Test
    void register_versionThatExistsWithOtherContent_isRefused(RegistryClient client) {
        client.register("s", "{\"type\":\"string\"}", "\"version\":\"1.2.3\"");

        assertRefused(
                client,
                409,
                "version-exists",
                "{\"schema\":{\"type\":\"object\"},\"version\":\"1.2.3\"}",
                "'s'",
                "1.2.3");
        assertRefused(
                client,
                409,
                "version-exists",
                "{\"schema\":{\"type\":\"object\"},\"version\":\"1.2.3+build\"}",
                "'s'",
                "1.2.3");
    }

    @Test
    void register_versionThatWasDeleted_isRefused(RegistryClient client) {
        client.register("s", "{\"type\":\"string\"}");
        client.delete(version("s", "1.0.0"));

        assertRefused(
                client,
                409,
                "version-exists",
                "{\"schema\":{\"type\":\"object\"},\"version\":\"1.0.0\"}",
                "deleted",
                "1.0.0");
    }

    @Test
    void register_whenNoVersionFollows_isRefused(RegistryClient client) {
        client.register("s", "{\"type\":\"string\"}", "\"version\":\"1.2147483647.0\"");

        assertRefused(
                client, 409, "versions-exhausted", "{\"schema\":{\"type\":[\"string\",\"null\"]}}", "1.2147483647.0");
    }

    @Test
    void register_initialStateOtherThanDraftOrActive_isRefused(RegistryClient client) {
        assertRefused(
                client, 400, "invalid-state", "{\"schema\":{},\"state\":\"ARCHIVED\"}", "ARCHIVED", "DRAFT or ACTIVE");
        assertRefused(client, 400, "invalid-state", "{\"schema\":{},\"state\":\"NEW\"}", "NEW", "DRAFT");
    }

    @Test
    void register_tooMuchMetadata_isRefused(RegistryClient client) {
        String tags = IntStream.range(0, 65).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(",", "[", "]"));

        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":" + tags + "}", "65", "64");
        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":[\"" + "t".repeat(65) + "\"]}", "65", "64");
        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":[\"\"]}", "0");
        assertRefused(client, 400, "invalid-tags", "{\"schema\":{},\"tags\":[\" \"]}", "blank");
        assertRefused(
                client, 400, "invalid-owner", "{\"schema\":{},\"owner\":\"" + "o".repeat(256) + "\"}", "255", "256");
        assertRefused(client, 400, "invalid-owner", "{\"schema\":{},\"owner\":\"\"}", "255", "0");
        assertRefused(
                client,
                400,
                "invalid-description",
                "{\"schema\":{},\"description\":\"" + "d".repeat(4097) + "\"}",
                "4096",
                "4097");
        assertRefused(
                client,
                400,
                "invalid-created-by",
                "{\"schema\":{},\"createdBy\":\"" + "c".repeat(256) + "\"}",
                "255",
                "256");
        assertRefused(
                client,
                400,
                "invalid-metadata",
                "{\"schema\":{},\"metadata\":{\"k\":\"" + "m".repeat(65_536) + "\"}}",
                "65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400000", "1e-400000", "-1e999999999", "1e301"})
    void register_hugeNumberInMetadata_isRefused(String number, RegistryClient client) {
        assertRefused(
                client, 400, "invalid-metadata", "{\"schema\":{},\"metadata\":{\"k\":" + number + "}}", "power of ten");
    }

    @Test
    void register_endlessNumber_isRefused(RegistryClient client) {
        assertRefused(
                client,
                400,
                "malformed-request",
                "{\"schema\":{},\"metadata\":{\"k\":" + "9".repeat(2000) + "}}",
                "number");
        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"metadata\":{\"k\":1e9999999999}}", "line 1");
    }

    @Test
    void register_deepMetadata_isRefusedOrComesBack(RegistryClient client) {
        String deep = "{\"a\":".repeat(400) + "1" + "}".repeat(400);

        assertRefused(client, 400, "malformed-request", "{\"schema\":{},\"metadata\":" + deep + "}", "deep");
        String lessDeep = "{\"a\":".repeat(250) + "1" + "}".repeat(250);
        client.register("s", "true", "\"metadata\":" + lessDeep);
        assertThat(client.get(version("s", "latest")).json().path("metadata")).isEqualTo(Reply.parse(lessDeep));
        assertRefused(
                client,
                400,
                "malformed-request",
                () -> client.patch(subject("s"), "{\"metadata\":" + deep + "}"),
                "deep");
    }

    // Names and paths.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "😀",
                "a\u0000b",
                "tab\tb",
                "line\nb",
                "a\u00A0b",
                "\u202Eb",
                "\u007F",
                "e\u0301",
                "/a",
                "a/",
                "a//b",
                "a/../b",
                ".",
                ".."
            })
    void subject_badName_isRefused(String name, RegistryClient client) {
        assertRefused(client, 400, "invalid-subject", () -> client.post(versions(name), "{\"schema\":{}}"));
        assertRefused(client, 400, "invalid-subject", () -> client.get(subject(name)));
        assertRefused(client, 400, "invalid-subject", () -> client.get(version(name, "latest")));
    }

    @Test
    void subject_emoji_isRefusedWithTheCharacter(RegistryClient client) {
        assertRefused(
                client,
                400,
                "invalid-subject",
                () -> client.post(versions("a😀"), "{\"schema\":{}}"),
                "U+1F600",
                "GRINNING FACE");
        assertRefused(
                client,
                400,
                "invalid-subject",
                () -> client.post(versions("a b"), "{\"schema\":{}}"),
                "'a b'",
                "U+0020",
                "SPACE");
    }

    @Test
    void subject_nameOf300Characters_isRefused(RegistryClient client) {
        assertRefused(
                client,
                400,
                "invalid-subject",
                () -> client.post(versions("a".repeat(300)), "{\"schema\":{}}"),
                "255",
                "300");
        assertRefused(
                client,
                400,
                "invalid-subject",
                () -> client.post(versions("ä".repeat(256)), "{\"schema\":{}}"),
                "255",
                "256");
        assertRefused(
                client,
                400,
                "invalid-subject",
                () -> client.post(versions("𝒳".repeat(256)), "{\"schema\":{}}"),
                "255",
                "256");
    }

    @Test
    void path_rawSlashInAName_isAnUnknownRouteWithAHint(RegistryClient client) {
        assertRefused(
                client,
                404,
                "unknown-route",
                () -> client.post("/api/v1/subjects/a/b/versions", "{\"schema\":{}}"),
                "%2F",
                "/docs");
        assertRefused(client, 404, "unknown-route", () -> client.get("/api/v1/subjects//versions"), "%2F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v2/subjects",
                "/api/v1/subjects/s/versions/1.0.0/nothing",
                "/health",
                "/api/v1/subjects/../../etc"
            })
    void path_thatIsUnknown_isRefused(String path, RegistryClient client) {
        assertRefused(client, 404, "unknown-route", () -> client.getRaw(path), path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/subjects/%ZZ",
                "/api/v1/subjects/%",
                "/api/v1/subjects/a%F",
                "/api/v1/subjects/%FF",
                "/api/v1/subjects/%C0%80",
                "/api/v1/subjects/%ED%A0%80",
                "/api/v1/schemas/%FF"
            })
    void path_badPercentEncoding_isRefused(String path, RegistryClient client) {
        Reply reply = assertRefused(client, 400, "malformed-path", () -> client.getRaw(path));

        assertThat(reply.text("/detail")).containsIgnoringCase("percent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner=%FF", "owner=%C0%80", "prefix=a%ED%A0%80", "%FF=1"})
    void query_badPercentEncoding_isRefused(String query, RegistryClient client) {
        Reply reply = assertRefused(client, 400, "malformed-path", () -> client.getRaw("/api/v1/subjects?" + query));

        assertThat(reply.text("/detail")).containsIgnoringCase("percent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner=%ZZ", "owner=%", "owner=%F"})
    void query_brokenPercentEncoding_isRefusedWithItsPlace(String query, RegistryClient client) {
        assertRefused(client, 400, "malformed-request", () -> client.getRaw("/api/v1/subjects?" + query), "%", query);
    }

    @Test
    void path_rawCharactersThatNeedEncoding_areRefused(RegistryClient client) {
        for (String target : List.of("/api/v1/subjects/ä", "/api/v1/subjects/a\tb", "/api/v1/subjects/\u0001")) {
            ObjectNode before = contents(client);

            Reply reply = client.getRaw(target);

            assertThat(reply.status()).as(target).isEqualTo(400);
            assertThat(contents(client)).isEqualTo(before);
        }
    }

    @Test
    void path_veryLong_isRefused(RegistryClient client) {
        Reply reply = client.getRaw("/api/v1/subjects/" + "a".repeat(200_000));

        assertThat(reply.status()).isEqualTo(414);
        assertThat(client.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void headers_veryLong_areRefused(RegistryClient client) {
        Reply reply = client.sendRaw(
                ("GET /health/live HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(200_000) + "\r\n\r\n").getBytes(UTF_8));

        assertThat(reply.status()).isIn(400, 413);
        assertThat(client.get("/health/ready").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "x",
                "01993b1e-7c1a-7000-8000-00000000000",
                "1-1-1-1-1",
                "01993b1e-7c1a-7000-8000-00000000000g",
                "01993b1e07c1a07000080000000000000000",
                "%20"
            })
    void id_thatIsNoUuid_isRefused(String id, RegistryClient client) {
        for (String suffix : List.of("", "/content", "/references", "/dependents")) {
            assertRefused(client, 400, "invalid-id", () -> client.get("/api/v1/schemas/" + id + suffix), "UUID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "abc", "1.0", "99999999999999999999"})
    void globalId_thatIsNone_isRefused(String id, RegistryClient client) {
        for (String suffix : List.of("", "/content", "/versions")) {
            assertRefused(
                    client,
                    400,
                    "invalid-global-id",
                    () -> client.get("/api/v1/schemas/ids/" + id + suffix),
                    id,
                    "2147483647");
        }
    }

    @Test
    void hash_thatIsNone_isRefused(RegistryClient client) {
        for (String hash : List.of("abc", "g".repeat(64), "a".repeat(63), "a".repeat(65))) {
            assertRefused(
                    client, 400, "invalid-hash", () -> client.get("/api/v1/schemas/hashes/" + hash), "64 hexadecimal");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a b", "ä", "a/b"})
    void tenant_badName_isRefused(String tenant, RegistryClient client) {
        String request = "GET /api/v1/subjects HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRegistry-Tenant: " + tenant
                + "\r\n\r\n";

        assertRefused(client, 400, "invalid-tenant", () -> client.sendRaw(request.getBytes(UTF_8)), "63");
    }

    @Test
    void tenant_ofTooManyCharacters_isRefused(RegistryClient client) {
        assertRefused(
                client, 400, "invalid-tenant", () -> client.as("a".repeat(64)).get("/api/v1/subjects"), "63");
        assertRefused(
                client, 400, "invalid-tenant", () -> client.as("a".repeat(64)).post(S, "{\"schema\":{}}"), "63");
    }

    // Query parameters.

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "abc", "-1", "1.5", "99999999999"})
    void limit_thatIsNone_isRefused(String limit, RegistryClient client) {
        client.register("s", "true");
        for (String list : List.of(
                "/api/v1/subjects", S, "/api/v1/schemas", "/api/v1/search", version("s", "1.0.0") + "/references")) {
            assertRefused(client, 400, "invalid-limit", () -> client.get(list + "?limit=" + limit), limit);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/subjects?deleted=maybe,invalid-deleted,only",
        "/api/v1/subjects?state=NEW,invalid-state,DRAFT",
        "/api/v1/schemas?order=best,invalid-order,newest",
        "/api/v1/subjects/s/versions?order=newest,invalid-order,ordinal or version",
        "/api/v1/schemas?metadata=1,invalid-metadata,JSON object",
        "/api/v1/schemas?metadata=%7B,invalid-metadata,JSON object",
        "/api/v1/search?scope=some,invalid-scope,latest or all",
        "/api/v1/search?sort=best,invalid-sort,relevance",
        "/api/v1/subjects/s/versions/1.0.0/references?transitive=perhaps,invalid-transitive,true or false",
        "/api/v1/subjects/s/versions/ordinal:0,invalid-version,counted from 1",
        "/api/v1/subjects/s/versions/ordinal:x,invalid-version,whole number",
        "/api/v1/subjects/s/versions/newest,invalid-version,latest"
    })
    void parameter_thatIsNotOfItsForm_isRefused(String path, String code, String fact, RegistryClient client) {
        client.register("s", "true");

        assertRefused(client, 400, code, () -> client.get(path), fact);
    }

    @Test
    void parameter_veryLong_isRefused(RegistryClient client) {
        assertRefused(client, 400, "invalid-q", () -> client.get("/api/v1/search?q=" + "a".repeat(1001)), "1000");
        assertRefused(
                client, 400, "invalid-owner", () -> client.get("/api/v1/subjects?owner=" + "a".repeat(8193)), "8,192");
    }

    @Test
    void dryRun_withAnotherValue_isRefused(RegistryClient client) {
        assertRefused(
                client,
                400,
                "invalid-dry-run",
                () -> client.post(S + "?dryRun=ja", "{\"schema\":{}}"),
                "true or false");
    }

    // Cursors.

    @Test
    void cursor_thatWasTamperedWith_isRefused(RegistryClient client) {
        client.register("a", "true");
        client.register("b", "true");
        client.register("c", "true");
        String next = client.get("/api/v1/subjects?limit=1").text("/next");
        assertThat(client.get("/api/v1/subjects?limit=1&cursor=" + next).status())
                .isEqualTo(200);

        for (int i = 0; i < next.length() - 1; i++) {
            String changed = next.substring(0, i) + (next.charAt(i) == 'A' ? 'B' : 'A') + next.substring(i + 1);
            assertThat(client.get("/api/v1/subjects?limit=1&cursor=" + changed).text("/code"))
                    .isEqualTo("invalid-cursor");
        }
        for (String bad : List.of(
                "x", "%20", next.substring(1), next.substring(0, next.length() - 2), next + "AAAA", "a".repeat(8000))) {
            assertRefused(
                    client,
                    400,
                    "invalid-cursor",
                    () -> client.get("/api/v1/subjects?limit=1&cursor=" + bad),
                    "without a cursor");
        }
    }

    @Test
    void cursor_ofAnotherList_isRefused(RegistryClient client) {
        client.register("a", "true");
        client.register("b", "true");
        String next = client.get("/api/v1/subjects?limit=1").text("/next");

        assertRefused(client, 400, "invalid-cursor", () -> client.get("/api/v1/schemas?limit=1&cursor=" + next));
        assertRefused(
                client, 400, "invalid-cursor", () -> client.get("/api/v1/subjects?prefix=a&limit=1&cursor=" + next));
        assertRefused(
                client,
                400,
                "invalid-cursor",
                () -> client.as("another").get("/api/v1/subjects?limit=1&cursor=" + next));
        assertRefused(client, 400, "invalid-cursor", () -> client.get(versions("a") + "?limit=1&cursor=" + next));
    }

    /** Its checksum is no secret, so that what is inside must be doubted too. */
    @Test
    void cursor_thatWasForged_isRefused(RegistryClient client) {
        client.register("s", "true");
        List<String> lists = List.of(
                "/api/v1/subjects",
                "/api/v1/schemas",
                "/api/v1/schemas?order=version",
                "/api/v1/schemas?order=newest",
                S,
                "/api/v1/search",
                "/api/v1/search?q=s",
                "/api/v1/search?sort=newest",
                version("s", "1.0.0") + "/references");
        for (String list : lists) {
            for (List<String> keys : List.of(
                    List.<String>of(),
                    List.of("x"),
                    List.of("\u0000", "\u0000"),
                    List.of("NaN", "NaN"),
                    List.of("", "", "", ""),
                    List.of("s", "-1"))) {
                String forged = forged(client.tenant() + " " + identity(list), keys);

                Reply reply = client.get(list + (list.contains("?") ? "&" : "?") + "cursor=" + forged);

                assertThat(reply.status())
                        .as("%s after %s: %s", list, keys, reply)
                        .isIn(200, 400);
            }
        }
    }

    private static String identity(String list) {
        String[] parts = list.split("\\?");
        return parts.length == 1 ? parts[0] : parts[0] + " " + parts[1].replaceFirst("=(.*)", "=[$1]");
    }

    private static String forged(String list, List<String> keys) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(1);
        payload.write(keys.size());
        for (String key : keys) {
            byte[] bytes = key.replace("\u0000", "\u00C0\u0080").getBytes(ISO_8859_1);
            payload.write(0);
            payload.write(bytes.length);
            payload.writeBytes(bytes);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(payload.toByteArray());
        all.writeBytes(list.getBytes(UTF_8));
        try {
            byte[] checksum = MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
            payload.write(checksum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(payload.toByteArray());
    }

    // Methods and media types.

    @Test
    void contentType_thatIsNotTaken_isRefusedWithThoseThatAre(RegistryClient client) {
        client.register("s", "true");
        byte[] body = "{\"schema\":{}}".getBytes(UTF_8);

        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, "text/plain", body),
                "text/plain",
                JSON,
                AVRO,
                PROTOBUF);
        assertRefused(client, 415, "unsupported-media-type", () -> client.send("POST", S, Map.of(), body), "''", JSON);
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", S, "application/merge-patch+json", body),
                JSON);
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("POST", "/api/v1/batch", JSON_SCHEMA, body),
                JSON);
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("PATCH", subject("s"), "text/plain", body),
                "merge-patch");
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("PUT", subject("s") + "/state", "text/plain", body),
                JSON);
        assertRefused(
                client,
                415,
                "unsupported-media-type",
                () -> client.send("PUT", version("s", "1.0.0") + "/state", "text/plain", body),
                JSON);
        assertRefused(client, 415, "unsupported-media-type", () -> client.send("POST", S, "garbage;;;", body), JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/subjects,GET",
        "PUT,/api/v1/subjects/s,'DELETE, GET, PATCH'",
        "DELETE,/api/v1/subjects/s/versions,'GET, POST'",
        "PUT,/api/v1/schemas/01993b1e-7c1a-7000-8000-000000000000,'DELETE, GET'",
        "GET,/api/v1/subjects/s/state,PUT",
        "GET,/api/v1/batch,POST",
        "POST,/health/live,GET",
        "OPTIONS,/api/v1/subjects,GET",
        "TRACE,/api/v1/subjects,GET",
        "BREW,/api/v1/subjects,GET"
    })
    void method_thatIsNotPossible_isRefusedWithThoseThatAre(
            String method, String path, String allowed, RegistryClient client) {
        String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

        Reply reply = assertRefused(
                client, 405, "method-not-allowed", () -> client.sendRaw(request.getBytes(UTF_8)), method, allowed);

        assertThat(reply.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void head_isAnsweredAsGetWithoutABody(RegistryClient client) {
        client.register("s", "{\"type\":\"string\"}");

        for (String path : List.of(
                version("s", "latest"), version("s", "latest") + "/content", "/api/v1/subjects", "/health/live")) {
            Reply get = client.get(path);
            Reply head = client.send("HEAD", path, Map.of(), new byte[0]);

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
        }
        assertThat(client.send("HEAD", version("s", "9.9.9"), Map.of(), new byte[0])
                        .status())
                .isEqualTo(404);
    }

    // What is not there.

    @Test
    void subject_thatIsNotThere_isNotFound(RegistryClient client) {
        assertRefused(client, 404, "subject-not-found", () -> client.get(subject("none")), "'none'");
        assertRefused(client, 404, "subject-not-found", () -> client.get(versions("none")), "'none'");
        assertRefused(client, 404, "subject-not-found", () -> client.get(version("none", "latest")), "'none'");
        assertRefused(client, 404, "subject-not-found", () -> client.delete(subject("none")), "'none'");
        assertRefused(client, 404, "subject-not-found", () -> client.patch(subject("none"), "{}"), "'none'");
        assertRefused(
                client,
                404,
                "subject-not-found",
                () -> client.put(subject("none") + "/state", "{\"stage\":\"ARCHIVED\"}"),
                "'none'");
    }

    @Test
    void schema_thatIsNotThere_isNotFound(RegistryClient client) {
        client.register("s", "true");

        assertRefused(client, 404, "schema-not-found", () -> client.get(version("s", "9.9.9")), "'s'", "9.9.9");
        assertRefused(client, 404, "schema-not-found", () -> client.get(version("s", "^9")), "'s'", "^9");
        assertRefused(client, 404, "schema-not-found", () -> client.get(version("s", "ordinal:2")), "'s'", "ordinal:2");
        assertRefused(client, 404, "schema-not-found", () -> client.delete(version("s", "9.9.9")), "9.9.9");
        assertRefused(
                client,
                404,
                "schema-not-found",
                () -> client.put(version("s", "9.9.9") + "/state", "{\"stage\":\"ARCHIVED\"}"),
                "9.9.9");
        for (String suffix : List.of("", "/content", "/references", "/dependents")) {
            assertRefused(client, 404, "schema-not-found", () -> client.get("/api/v1/schemas/" + UUID + suffix), UUID);
        }
        for (String suffix : List.of("", "/content")) {
            assertRefused(
                    client,
                    404,
                    "schema-not-found",
                    () -> client.get("/api/v1/schemas/ids/2147483647" + suffix),
                    "2147483647");
        }
    }

    // References.

    @Test
    void reference_thatLeadsNowhere_isRefused(RegistryClient client) {
        client.register("base", "true");

        assertRefused(
                client,
                422,
                "missing-reference",
                referring("x.json", "none", "1.0.0"),
                "'x.json'",
                "'none'",
                "register that subject first");
        assertRefused(
                client,
                422,
                "missing-reference",
                referring("x.json", "base", "2.0.0"),
                "'base'",
                "2.0.0",
                "no such version");
        assertRefused(
                client, 422, "missing-reference", referring("x.json", "base", "^2"), "'base'", "^2", "no such version");
    }

    @Test
    void reference_toADraft_isRefusedAsLatest(RegistryClient client) {
        client.register("base", "true", "\"state\":\"DRAFT\"");

        assertRefused(client, 422, "missing-reference", referring("x.json", "base", "latest"), "'base'", "latest");
    }

    private static String referring(String name, String subject, String version) {
        return "{\"schema\":{\"$ref\":\"%s\"},\"references\":[{\"name\":\"%s\",\"subject\":\"%s\",\"version\":\"%s\"}]}"
                .formatted(name, name, subject, version);
    }

    @Test
    void reference_toItself_isRefused(RegistryClient client) {
        String body = referring("x.json", "s", "1.0.0").replaceFirst("\\{", "{\"version\":\"1.0.0\",");

        assertRefused(client, 422, "circular-reference", body, "'s' 1.0.0");
    }

    @Test
    void reference_thatTheSchemaNeedsButIsNotGiven_isRefused(RegistryClient client) {
        assertRefused(client, 422, "invalid-schema", "{\"schema\":{\"$ref\":\"x.json\"}}", "x.json");
    }

    @Test
    void reference_toAnotherType_isRefused(RegistryClient client) {
        client.send("POST", versions("avro"), AVRO, "\"int\"".getBytes(UTF_8));

        assertRefused(client, 422, "invalid-reference", referring("x.json", "avro", "latest"), "AVRO", "JSON");
    }

    @Test
    void reference_nameTwice_isRefused(RegistryClient client) {
        client.register("base", "true");
        String reference = "{\"name\":\"x.json\",\"subject\":\"base\",\"version\":\"1.0.0\"}";

        assertRefused(
                client,
                422,
                "invalid-reference",
                "{\"schema\":true,\"references\":[" + reference + "," + reference + "]}",
                "'x.json'",
                "two references");
    }

    @Test
    void reference_badFields_areRefused(RegistryClient client) {
        assertRefused(client, 400, "malformed-request", "{\"schema\":true,\"references\":[{}]}", "/references/0/name");
        assertRefused(client, 400, "invalid-subject", referring("x.json", "a b", "1.0.0"), "'a b'");
        assertRefused(client, 400, "invalid-version", referring("x.json", "a", "newest"), "newest");
    }

    // States.

    @Test
    void state_changeThatIsNotAllowed_isRefusedWithThoseThatAre(RegistryClient client) {
        client.register("s", "true");
        String state = version("s", "1.0.0") + "/state";

        assertRefused(
                client,
                409,
                "illegal-transition",
                () -> client.put(state, "{\"stage\":\"DRAFT\"}"),
                "ACTIVE",
                "DRAFT",
                "[DEPRECATED, ARCHIVED]");
    }

    @Test
    void state_badBody_isRefused(RegistryClient client) {
        client.register("s", "true");
        for (String state : List.of(version("s", "1.0.0") + "/state", subject("s") + "/state")) {
            assertRefused(client, 400, "malformed-request", () -> client.put(state, "{}"), "/stage");
            assertRefused(
                    client, 400, "invalid-state", () -> client.put(state, "{\"stage\":\"GONE\"}"), "GONE", "ARCHIVED");
            assertRefused(
                    client, 400, "malformed-request", () -> client.put(state, "{\"stage\":\"DEPRECATED\"}"), "/reason");
            assertRefused(
                    client,
                    400,
                    "invalid-reason",
                    () -> client.put(state, "{\"stage\":\"DEPRECATED\",\"reason\":\"\"}"));
            assertRefused(
                    client,
                    400,
                    "invalid-reason",
                    () -> client.put(state, "{\"stage\":\"DEPRECATED\",\"reason\":\"" + "r".repeat(1001) + "\"}"),
                    "1000");
            assertRefused(
                    client,
                    400,
                    "malformed-request",
                    () -> client.put(state, "{\"stage\":\"ACTIVE\",\"reason\":\"r\"}"),
                    "DEPRECATED");
            assertRefused(
                    client,
                    400,
                    "invalid-sunset",
                    () -> client.put(state, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\",\"sunset\":\"soon\"}"),
                    "soon");
            assertRefused(
                    client,
                    400,
                    "invalid-sunset",
                    () -> client.put(state, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\",\"sunset\":\"2027-02-30\"}"));
            assertRefused(
                    client,
                    400,
                    "invalid-sunset",
                    () -> client.put(
                            state, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\",\"sunset\":\"+999999999-01-01\"}"));
            assertRefused(client, 400, "malformed-request", () -> client.put(state, "not json"), "line 1");
        }
    }

    @Test
    void change_ofAVersionThatIsNotNamedExactly_isRefused(RegistryClient client) {
        client.register("s", "true");

        assertRefused(client, 400, "invalid-version", () -> client.delete(version("s", "latest")), "latest", "exact");
        assertRefused(client, 400, "invalid-version", () -> client.delete(version("s", "^1")), "^1", "exact");
        assertRefused(
                client,
                400,
                "invalid-version",
                () -> client.put(version("s", "1.x") + "/state", "{\"stage\":\"ARCHIVED\"}"),
                "exact");
    }

    @Test
    void patch_badBody_isRefused(RegistryClient client) {
        client.register("s", "true");

        assertRefused(client, 400, "malformed-request", () -> client.patch(subject("s"), "[]"), "no JSON object");
        assertRefused(
                client, 400, "malformed-request", () -> client.patch(subject("s"), "{\"subject\":\"t\"}"), "/subject");
        assertRefused(client, 400, "malformed-request", () -> client.patch(subject("s"), "{\"state\":null}"), "/state");
        assertRefused(
                client,
                400,
                "invalid-metadata",
                () -> client.patch(subject("s"), "{\"metadata\":{\"k\":1e400000}}"),
                "power of ten");
        assertRefused(
                client,
                400,
                "invalid-metadata",
                () -> client.patch(subject("s"), "{\"metadata\":{\"k\":\"\\u0000\"}}"),
                "NUL");
        assertRefused(client, 400, "invalid-tags", () -> client.patch(subject("s"), "{\"tags\":[\"\"]}"));
    }

    // Schemas that are none.

    @Test
    void register_invalidJsonSchema_isRefusedWithEveryPlace(RegistryClient client) {
        Reply reply = assertRefused(
                client, 422, "invalid-schema", "{\"schema\":{\"type\":\"objekt\",\"properties\":{\"a\":7}}}", "JSON");

        assertThat(reply.json().path("violations"))
                .extracting(violation -> violation.path("pointer").asString())
                .contains("/type", "/properties/a");
    }

    @Test
    void register_invalidAvro_isRefused(RegistryClient client) {
        Reply reply = assertRefused(
                client,
                422,
                "invalid-schema",
                () -> client.send(
                        "POST",
                        S,
                        AVRO,
                        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"Nope\"}]}"
                                .getBytes(UTF_8)),
                "Nope");

        assertThat(reply.text("/violations/0/pointer")).startsWith("/fields/0");
    }

    @Test
    void register_invalidProtobuf_isRefusedWithItsPlace(RegistryClient client) {
        Reply reply = assertRefused(
                client,
                422,
                "invalid-schema",
                () -> client.send(
                        "POST", S, PROTOBUF, "syntax = \"proto3\";\nmessage M {\n  Nope a = 1;\n}".getBytes(UTF_8)),
                "Nope");

        assertThat(reply.json().at("/violations/0/line").asInt()).isEqualTo(3);
    }

    // Batches.

    @Test
    void batch_ofNothingOrTooMuch_isRefused(RegistryClient client) {
        String item = "{\"subject\":\"s\",\"schema\":true}";
        String tooMany =
                IntStream.range(0, 1001).mapToObj(_ -> item).collect(Collectors.joining(",", "{\"items\":[", "]}"));

        assertRefused(
                client, 400, "invalid-batch", () -> client.post("/api/v1/batch", "{\"items\":[]}"), "0 items", "1000");
        assertRefused(client, 400, "invalid-batch", () -> client.post("/api/v1/batch", tooMany), "1001 items", "1000");
        assertRefused(client, 400, "malformed-request", () -> client.post("/api/v1/batch", "{}"), "/items", "missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422|invalid-schema|{\"subject\":\"c\",\"schema\":{\"type\":\"objekt\"}}",
                "422|missing-reference|{\"subject\":\"c\",\"schema\":true,\"references\":[{\"name\":\"x\",\"subject\":\"none\",\"version\":\"latest\"}]}",
                "409|version-exists|{\"subject\":\"a\",\"version\":\"1.0.0\",\"schema\":{\"title\":\"other\"}}",
                "400|invalid-subject|{\"subject\":\"a b\",\"schema\":true}",
                "400|invalid-version|{\"subject\":\"c\",\"schema\":true,\"version\":\"1\"}",
                "400|invalid-schema-type|{\"subject\":\"c\",\"schema\":true,\"schemaType\":\"XML\"}",
                "400|invalid-tags|{\"subject\":\"c\",\"schema\":true,\"tags\":[\"\"]}",
                "400|malformed-request|{\"subject\":\"c\"}",
                "400|malformed-request|7"
            })
    void batch_whoseThirdItemIsBad_registersNothing(int status, String code, String item, RegistryClient client) {
        String batch =
                "{\"items\":[{\"subject\":\"a\",\"schema\":true},{\"subject\":\"b\",\"schema\":true}," + item + "]}";

        Reply reply = assertRefused(client, status, code, () -> client.post("/api/v1/batch", batch));

        if (code.equals("malformed-request")) {
            assertThat(reply.text("/detail")).contains("/items/2");
        } else {
            assertThat(reply.json().path("index").asInt(-1)).as(reply.text()).isEqualTo(2);
            assertThat(reply.text("/detail")).contains("item 2", "nothing was registered");
        }
    }

    @Test
    void batch_tooLargeContent_isRefusedWithItsIndex(RegistryClient client) {
        String large = "\"" + "a".repeat(MAX_CONTENT_BYTES + 1) + "\"";
        String batch = "{\"items\":[{\"subject\":\"a\",\"schema\":true},{\"subject\":\"b\",\"schema\":{\"title\":"
                + large + "}}]}";

        Reply reply = assertRefused(
                client, 413, "content-too-large", () -> client.post("/api/v1/batch", batch), "16,777,216");

        assertThat(reply.json().path("index").asInt(-1)).isEqualTo(1);
    }

    @Test
    void batch_inACircle_isRefusedWithTheCircle(RegistryClient client) {
        String batch = "{\"items\":[" + item("a", "b") + "," + item("b", "c") + "," + item("c", "a") + "]}";

        Reply reply = assertRefused(
                client, 422, "circular-reference", () -> client.post("/api/v1/batch", batch), "'a'", "'b'", "'c'", "→");

        assertThat(reply.json().path("index").asInt(-1)).isZero();
    }

    @Test
    void batch_inTheWrongOrder_isRefusedWithTheRightOne(RegistryClient client) {
        String batch = "{\"items\":[" + item("a", "b") + ",{\"subject\":\"b\",\"schema\":true}]}";

        assertRefused(
                client,
                422,
                "missing-reference",
                () -> client.post("/api/v1/batch", batch),
                "item 1",
                "after item 0",
                "before");
    }

    @Test
    void batch_itemThatNeedsItself_isRefused(RegistryClient client) {
        assertRefused(
                client,
                422,
                "circular-reference",
                () -> client.post("/api/v1/batch", "{\"items\":[" + item("a", "a") + "]}"),
                "'a'");
    }

    private static String item(String subject, String needed) {
        return "{\"subject\":\"%s\",\"schema\":{\"$ref\":\"x\"},\"references\":[{\"name\":\"x\",\"subject\":\"%s\",\"version\":\"latest\"}]}"
                .formatted(subject, needed);
    }

    @Test
    void dryRun_storesNothing(RegistryClient client) {
        ObjectNode before = contents(client);

        Reply one = client.post(S + "?dryRun=true", "{\"schema\":{}}");
        Reply batch = client.post(
                "/api/v1/batch?dryRun", "{\"items\":[{\"subject\":\"a\",\"schema\":true}," + item("b", "a") + "]}");

        assertThat(one.status()).isEqualTo(200);
        assertThat(one.json().path("isNew").asBoolean()).isTrue();
        assertThat(batch.status()).isEqualTo(200);
        assertThat(contents(client)).isEqualTo(before);
        assertThat(client.get(subject("s")).status()).isEqualTo(404);
    }
}
