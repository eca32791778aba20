package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.PROTOBUF;
import static io.llmschema.systemtests.RegistryClient.quoted;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was registered comes back byte for byte, however oddly it was written. */
@ExtendWith(SharedServer.class)
class ByteExactTest {
    static Stream<Arguments> oddContents() {
        return Stream.of(
                Arguments.of(JSON_SCHEMA, "{\r\n\t\"type\" :\r\"object\"\r\n}\r\n"),
                Arguments.of(JSON_SCHEMA, "\uFEFF{\"type\":\"object\"}"),
                Arguments.of(JSON_SCHEMA, "  \n\n {}  \n\n"),
                Arguments.of(
                        JSON_SCHEMA,
                        "{\"maximum\":1.0E+2,\"minimum\":-0.0,\"multipleOf\":1e-5,\"const\":100000000000000000000000000000.10}"),
                Arguments.of(
                        JSON_SCHEMA,
                        "{\"title\":\"\\u0041\\/\\ud83d\\ude00\\u00e9\\\"\\\\\",\"\\u0064escription\":\"d\"}"),
                Arguments.of(JSON_SCHEMA, "{\"title\":\"é e\u0301 😀 \u2028 \u202E \u007F\"}"),
                Arguments.of(JSON_SCHEMA, "{\"const\":\"\\u0000\",\"x\":\"\\ud800\"}"),
                Arguments.of(JSON_SCHEMA, "true"),
                Arguments.of(JSON_SCHEMA, "{\"b\":1,\"a\":2,\"$comment\":\"\"}"),
                Arguments.of(AVRO, "\"int\""),
                Arguments.of(AVRO, "{ \"type\" : \"int\", \"x\" : 1.50 }\r\n"),
                Arguments.of(AVRO, "\uFEFF[ \"null\" ,\r\n \"string\" ]"),
                Arguments.of(
                        PROTOBUF,
                        "// only a comment, ünïcödé 😀\r\nsyntax = 'proto3';\r\n\r\n/* */ message M { }\t\r\n"),
                Arguments.of(
                        PROTOBUF, "\uFEFFsyntax = \"proto2\";message M{optional string s=1[default=\"\\x41\\n\"];}"));
    }

    @ParameterizedTest
    @MethodSource("oddContents")
    void bareSchema_comesBackAsItWas(String mediaType, String content, RegistryClient client) {
        byte[] bytes = content.getBytes(UTF_8);

        Reply registered = client.send("POST", versions("s"), mediaType, bytes);

        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        assertSame(client, registered, bytes);
    }

    @ParameterizedTest
    @MethodSource("oddContents")
    void schemaAsText_comesBackAsItWas(String mediaType, String content, RegistryClient client) {
        String type = switch (mediaType) {
            case AVRO -> "AVRO";
            case PROTOBUF -> "PROTOBUF";
            default -> "JSON";
        };

        Reply registered =
                client.post(versions("s"), "{\"schemaType\":\"" + type + "\",\"schema\":" + quoted(content) + "}");

        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        assertSame(client, registered, content.getBytes(UTF_8));
    }

    private static void assertSame(RegistryClient client, Reply registered, byte[] bytes) {
        String id = registered.text("/schema/id");
        String globalId = registered.text("/schema/globalId");
        assertThat(client.get("/api/v1/schemas/" + id + "/content").body()).isEqualTo(bytes);
        assertThat(client.get("/api/v1/schemas/ids/" + globalId + "/content").body())
                .isEqualTo(bytes);
        assertThat(client.get(version("s", "latest") + "/content").body()).isEqualTo(bytes);
        assertThat(client.get("/api/v1/schemas/" + id).json().path("schema").asString())
                .isEqualTo(new String(bytes, UTF_8));
        assertThat(registered.json().at("/schema/size").asInt()).isEqualTo(bytes.length);
        assertThat(registered.text("/schema/hashes/raw")).isEqualTo(sha256(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "{ \"type\" :\r\n\t\"object\",\"maximum\":1.0E+2 , \"title\":\"\\u0041 é 😀 } ] \\\" \" }",
                "{\"schema\":{\"schema\":1},\"properties\":{\"schema\":{}}}",
                "true",
                "{}"
            })
    void schemaAsJsonValue_keepsItsBytes(String value, RegistryClient client) {
        String body = "{\"description\":\"\\\"schema\\\":{é😀}\",\"metadata\":{\"schema\":{\"a\":1}}, \"schema\"  :\n "
                + value + " \n,\"owner\":\"o\"}";

        Reply registered = client.post(versions("s"), body);

        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        assertSame(client, registered, value.getBytes(UTF_8));
    }

    @Test
    void schemasAsJsonValuesInABatch_keepTheirBytes(RegistryClient client) {
        client.post(
                "/api/v1/batch",
                "{\"items\":[ {\"subject\":\"a\",\"schema\": { \"title\" : \"é1\" }"
                        + " },{\"subject\":\"b\",\"schemaType\":\"AVRO\",\"schema\":[ \"null\" , \"int\" ]}]}");

        assertThat(client.get(version("a", "latest") + "/content").text()).isEqualTo("{ \"title\" : \"é1\" }");
        assertThat(client.get(version("b", "latest") + "/content").text()).isEqualTo("[ \"null\" , \"int\" ]");
    }

    @Test
    void avroStringInTheEnvelope_isTheSchemaAsText(RegistryClient client) {
        Reply asText = client.post(versions("s"), "{\"schemaType\":\"AVRO\",\"schema\":\"\\\"int\\\"\"}");

        assertThat(asText.status()).as(asText.toString()).isEqualTo(201);
        assertThat(client.get(version("s", "latest") + "/content").text()).isEqualTo("\"int\"");
    }

    @Test
    void differentBytesOfTheSameSchema_areTwoVersions(RegistryClient client) {
        client.send("POST", versions("s"), JSON_SCHEMA, "{\"a\":1}".getBytes(UTF_8));

        Reply spaced = client.send("POST", versions("s"), JSON_SCHEMA, "{\"a\": 1}".getBytes(UTF_8));
        Reply first = client.send("POST", versions("s"), JSON, "{\"schema\":{\"a\":1}}".getBytes(UTF_8));

        assertThat(spaced.text("/schema/version")).isEqualTo("1.0.1");
        assertThat(first.text("/schema/version")).isEqualTo("1.0.0");
    }
}
