package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.PROTOBUF;
import static io.llmschema.systemtests.RegistryClient.version;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a text is a schema that could be registered. */
@ExtendWith(SharedServer.class)
class ValidateSchemaTest {
    private static final String PATH = "/api/v1/validate-schema";

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void schema_isValid_withTheHashesThatItWouldHave(Evolution evolution, RegistryClient client) {
        Reply bare = client.post(PATH, evolution.mediaType, evolution.first());
        Reply enveloped = client.post(PATH, evolution.envelope(evolution.first()));

        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.json().path("valid").asBoolean()).as(bare.toString()).isTrue();
        assertThat(bare.text("/schemaType")).isEqualTo(evolution.name());
        assertThat(bare.json().path("violations")).isEmpty();
        assertThat(enveloped.json()).isEqualTo(bare.json());
        assertThat(client.get("/api/v1/statistics").json().path("contents").asInt())
                .isZero();
        assertThat(evolution.register(client, "s", evolution.first()).json().at("/schema/hashes"))
                .isEqualTo(bare.json().path("hashes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JSON     | {"type":7}                                       | 'type'
            JSON     | {"type":                                         | JSON
            JSON     | {"$ref":"b.json"}                                | b.json
            JSON     | ``                                               | empty
            AVRO     | {"type":"record","name":"R","fields":[{}]}       | name
            AVRO     | int                                              | JSON
            AVRO     | {"type":"array","items":"Unknown"}               | Unknown
            PROTOBUF | syntax = "proto3"; message M { Foo f = 1; }      | Foo
            PROTOBUF | syntax = "proto3"; import "b.proto";             | b.proto
            PROTOBUF | {}                                               | message
            """)
    void whatIsNoSchema_isToldWithReasonAndPlace(
            Evolution language, String schema, String fact, RegistryClient client) {
        Reply bare = client.post(PATH, language.mediaType, schema);
        Reply enveloped = client.post(PATH, language.envelope(schema));

        assertThat(bare.status()).as(bare.toString()).isEqualTo(200);
        assertThat(bare.json().path("valid").asBoolean(true)).isFalse();
        assertThat(bare.json().has("hashes")).isFalse();
        assertThat(bare.json().path("violations")).isNotEmpty();
        assertThat(bare.text("/violations/0/reason")).contains(fact);
        assertThat(enveloped.json()).isEqualTo(bare.json());
        Reply refused = language.register(client, "s", schema);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("violations")).isEqualTo(bare.json().path("violations"));
    }

    @Test
    void references_areResolvedAndFollowed(RegistryClient client) {
        client.register("base", "{\"$defs\":{\"a\":true}}");
        String body =
                "{\"schema\":{\"$ref\":\"b.json#/$defs/%s\"},\"references\":[{\"name\":\"b.json\",\"subject\":\"base\",\"version\":\"%s\"}]}";

        assertThat(client.post(PATH, body.formatted("a", "latest"))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(client.post(PATH, body.formatted("a", "^1"))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        Reply missing = client.post(PATH, body.formatted("a", "2.0.0"));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.text("/code")).isEqualTo("missing-reference");
        client.delete(version("base", "1.0.0"));
        assertThat(client.post(PATH, body.formatted("a", "1.0.0")).text("/code"))
                .isEqualTo("missing-reference");
    }

    @Test
    void badInput_isRefused(RegistryClient client) {
        assertRefused(client.post(PATH, "{}"), 400, "malformed-request", "/schema");
        assertRefused(client.post(PATH, ""), 400, "malformed-request", "empty");
        assertRefused(
                client.post(PATH, "{\"schema\":true,\"version\":\"1.0.0\"}"), 400, "malformed-request", "/version");
        assertRefused(client.post(PATH, "{\"schema\":true,\"schemaType\":\"XML\"}"), 400, "invalid-schema-type", "XML");
        assertRefused(
                client.post(PATH, "{\"schema\":1,\"schemaType\":\"PROTOBUF\"}"), 400, "malformed-request", "/schema");
        assertRefused(client.post(PATH, "text/plain", "true"), 415, "unsupported-media-type", JSON_SCHEMA);
        assertRefused(client.post(PATH, "application/json", "[]"), 400, "malformed-request", "object");
        assertRefused(client.get(PATH), 405, "method-not-allowed", "POST");
        assertThat(client.post(PATH, AVRO, "\"int\"").text("/schemaType")).isEqualTo("AVRO");
        assertThat(client.post(PATH, PROTOBUF, "").json().path("valid").asBoolean(true))
                .isFalse();
    }

    private static void assertRefused(Reply reply, int status, String code, String fact) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
        assertThat(reply.text("/detail")).contains(fact);
    }
}
