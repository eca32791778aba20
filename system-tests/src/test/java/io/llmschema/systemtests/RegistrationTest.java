package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.PROTOBUF;
import static io.llmschema.systemtests.RegistryClient.encoded;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Registering schemas, and getting them back by every key. */
@ExtendWith(SharedServer.class)
class RegistrationTest {
    @Test
    void register_firstVersion_isOneZeroZero(RegistryClient client) {
        Reply reply = client.register("orders", "{\"type\":\"object\"}");

        assertThat(reply.status()).isEqualTo(201);
        JsonNode schema = reply.json().path("schema");
        assertThat(reply.json().path("isNew").asBoolean()).isTrue();
        assertThat(reply.header("Location"))
                .isEqualTo("/api/v1/schemas/" + schema.path("id").asString());
        assertThat(schema.path("version").asString()).isEqualTo("1.0.0");
        assertThat(schema.path("ordinal").asInt()).isEqualTo(1);
        assertThat(schema.path("schemaType").asString()).isEqualTo("JSON");
        assertThat(schema.at("/state/stage").asString()).isEqualTo("ACTIVE");
        assertThat(schema.path("createdBy").asString()).isEqualTo("anonymous");
        assertThat(Instant.parse(schema.path("createdAt").asString()))
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(5)));
    }

    @Test
    void register_further_liesAboveTheHighest(RegistryClient client) {
        client.register("s", "{\"type\":\"string\"}", "\"version\":\"2.5.3\"");
        client.register("s", "{\"type\":\"array\"}", "\"version\":\"1.9.0\"");

        Reply next = client.register("s", "true");

        assertThat(next.text("/schema/version")).isEqualTo("2.6.0");
        assertThat(next.json().at("/schema/ordinal").asInt()).isEqualTo(3);
    }

    @Test
    void register_sameAgain_isTheOneThatIsThere(RegistryClient client) {
        Reply first = client.register("s", "{\"type\":\"object\"}", "\"description\":\"first\"");

        Reply again = client.register("s", "{\"type\":\"object\"}", "\"description\":\"again\"");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("isNew").asBoolean()).isFalse();
        assertThat(again.json().path("schema")).isEqualTo(first.json().path("schema"));
        assertThat(client.get("/api/v1/statistics").json().path("versions").asInt())
                .isEqualTo(1);
    }

    @Test
    void register_sameInAnotherSubject_sharesItsGlobalId(RegistryClient client) {
        Reply first = client.register("a", "{\"type\":\"object\"}");

        Reply second = client.register("b", "{\"type\":\"object\"}");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("/schema/globalId")).isEqualTo(first.text("/schema/globalId"));
        assertThat(second.text("/schema/id")).isNotEqualTo(first.text("/schema/id"));
        JsonNode statistics = client.get("/api/v1/statistics").json();
        assertThat(statistics.path("versions").asInt()).isEqualTo(2);
        assertThat(statistics.path("contents").asInt()).isEqualTo(1);
    }

    @Test
    void register_everyField_comesBack(RegistryClient client) {
        Reply reply = client.register(
                "s",
                "true",
                "\"version\":\"1.0.0-rc.1+build.7\"",
                "\"state\":\"DRAFT\"",
                "\"description\":\"What it is: ü 😀\"",
                "\"owner\":\"team billing\"",
                "\"tags\":[\"b\",\"a\",\"b\"]",
                "\"metadata\":{\"z\":[1,null,{\"a\":\"ü\"}],\"a\":1.50}",
                "\"createdBy\":\"me\"");

        JsonNode schema =
                client.get("/api/v1/schemas/" + reply.text("/schema/id")).json();

        assertThat(schema.path("version").asString()).isEqualTo("1.0.0-rc.1+build.7");
        assertThat(schema.at("/state/stage").asString()).isEqualTo("DRAFT");
        assertThat(schema.path("description").asString()).isEqualTo("What it is: ü 😀");
        assertThat(schema.path("owner").asString()).isEqualTo("team billing");
        assertThat(schema.path("tags")).isEqualTo(Reply.parse("[\"a\",\"b\"]"));
        assertThat(schema.path("metadata").propertyNames()).containsExactly("z", "a");
        assertThat(schema.at("/metadata/z/2/a").asString()).isEqualTo("ü");
        assertThat(schema.path("createdBy").asString()).isEqualTo("me");
    }

    @Test
    void register_bareSchemaOfEachType_isTakenWithItsQueryParameters(RegistryClient client) {
        String query = "?version=3.2.1&description=a%20%2B+b&owner=o&tag=y&tag=x&createdBy=me";
        Reply json = client.send("POST", versions("j") + query, JSON_SCHEMA, "{\"type\":\"object\"}".getBytes(UTF_8));
        Reply avro = client.send("POST", versions("a") + query, AVRO, "\"int\"".getBytes(UTF_8));
        Reply protobuf = client.send("POST", versions("p") + query, PROTOBUF, "syntax = \"proto3\";".getBytes(UTF_8));

        for (Reply reply : List.of(json, avro, protobuf)) {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.text("/schema/version")).isEqualTo("3.2.1");
            assertThat(reply.text("/schema/description")).isEqualTo("a + b");
            assertThat(reply.text("/schema/owner")).isEqualTo("o");
            assertThat(reply.json().at("/schema/tags")).isEqualTo(Reply.parse("[\"x\",\"y\"]"));
            assertThat(reply.text("/schema/createdBy")).isEqualTo("me");
        }
        assertThat(client.get(version("a", "latest") + "/content").mediaType()).isEqualTo(AVRO);
        assertThat(client.get(version("p", "latest") + "/content").mediaType()).isEqualTo(PROTOBUF);
        assertThat(client.get(version("j", "latest") + "/content").mediaType()).isEqualTo(JSON_SCHEMA);
    }

    @Test
    void register_longestDescriptionInTheQuery_isTaken(RegistryClient client) {
        String description = "ä".repeat(4096);

        Reply reply = client.send(
                "POST", versions("s") + "?description=" + encoded(description), JSON_SCHEMA, "true".getBytes(UTF_8));

        assertThat(reply.text("/schema/description")).isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google/api/http.proto",
                "a;b=c",
                "a+b",
                "a%2Fb",
                "a?b",
                "a#b",
                "größe",
                "日本語",
                "a:b@c!$&'()*,=",
                "~",
                "𝒳",
                "versions",
                "ids"
            })
    void subject_unusualName_isKeptAsItIs(String name, RegistryClient client) {
        Reply registered = client.register(name, "true");

        assertThat(registered.text("/schema/subject")).isEqualTo(name);
        assertThat(client.get(subject(name)).text("/subject")).isEqualTo(name);
        assertThat(client.get(version(name, "latest")).text("/subject")).isEqualTo(name);
        assertThat(client.get("/api/v1/subjects").text("/items/0/subject")).isEqualTo(name);
        assertThat(client.get("/api/v1/subjects?prefix=" + encoded(name)).text("/items/0/subject"))
                .isEqualTo(name);
        assertThat(client.delete(subject(name)).status()).isEqualTo(200);
    }

    @Test
    void subject_nameWithASemicolon_isNotCutThere(RegistryClient client) {
        client.register("a", "true");

        Reply reply = client.getRaw("/api/v1/subjects/a;b");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text("/detail")).contains("'a;b'");
    }

    @Test
    void subject_longestName_canBeUsedEverywhere(RegistryClient client) {
        String name = "𝒳".repeat(255);
        client.register(name, "true");
        client.register(name, "{\"type\":\"object\"}");

        Reply page = client.get(versions(name) + "?limit=1");
        Reply subjects = client.get("/api/v1/schemas?limit=1&prefix=" + encoded(name));

        assertThat(client.get(versions(name) + "?limit=1&cursor=" + page.text("/next"))
                        .text("/items/0/version"))
                .isEqualTo("2.0.0");
        assertThat(client.get("/api/v1/schemas?limit=1&prefix=" + encoded(name) + "&cursor=" + subjects.text("/next"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "latest,2.1.0",
        "1.0.0,1.0.0",
        "^1,1.2.0",
        "~1.0.0,1.0.0",
        "1.x,1.2.0",
        ">=1 <2.1,1.2.0",
        "ordinal:1,1.0.0",
        "2.1.0,2.1.0",
        "*,2.1.0",
        "3.0.0-rc.1,3.0.0-rc.1",
        ">=3.0.0-0,3.0.0-rc.1"
    })
    void get_byEverySelector_isTheVersionMeant(String selector, String expected, RegistryClient client) {
        for (String version : List.of("1.0.0", "2.1.0", "1.2.0", "3.0.0-rc.1")) {
            client.register("s", "{\"title\":\"" + version + "\"}", "\"version\":\"" + version + "\"");
        }

        Reply reply = client.get(version("s", selector));

        assertThat(reply.text("/version")).isEqualTo(expected);
        assertThat(reply.json().path("schema").asString()).isEqualTo("{\"title\":\"" + expected + "\"}");
    }

    @Test
    void get_byEveryKey_isTheSame(RegistryClient client) {
        JsonNode registered =
                client.register("s", "{ \"type\" : \"object\" }").json().path("schema");
        String id = registered.path("id").asString();
        String globalId = registered.path("globalId").asString();

        JsonNode byId = client.get("/api/v1/schemas/" + id).json();

        assertThat(byId.path("schema").asString()).isEqualTo("{ \"type\" : \"object\" }");
        assertThat(client.get("/api/v1/schemas/" + id.toUpperCase(java.util.Locale.ROOT))
                        .json())
                .isEqualTo(byId);
        assertThat(client.get(version("s", "1.0.0")).json()).isEqualTo(byId);
        assertThat(client.get("/api/v1/schemas/ids/" + globalId).json()).isEqualTo(byId);
        assertThat(client.get("/api/v1/schemas/ids/" + globalId + "/versions")
                        .json()
                        .at("/items/0"))
                .isEqualTo(registered);
        for (String hash : List.of("raw", "canonical", "unordered")) {
            String value = registered.at("/hashes/" + hash).asString();
            assertThat(client.get("/api/v1/schemas/hashes/" + value).json().at("/items/0"))
                    .isEqualTo(registered);
            assertThat(client.get("/api/v1/schemas/hashes/" + value.toUpperCase(java.util.Locale.ROOT))
                            .json()
                            .at("/items/0"))
                    .isEqualTo(registered);
        }
        assertThat(client.get("/api/v1/schemas").json().at("/items/0")).isEqualTo(registered);
        assertThat(client.get(versions("s")).json().at("/items/0")).isEqualTo(registered);
    }

    @Test
    void hashes_ofTheSameSchemaWrittenDifferently_agreeWhereTheyShould(RegistryClient client) {
        JsonNode first = client.register("a", "{\"type\":\"object\",\"title\":\"t\"}")
                .json()
                .at("/schema/hashes");
        JsonNode spaced = client.register("b", "{ \"type\": \"object\", \"title\": \"t\" }")
                .json()
                .at("/schema/hashes");
        JsonNode turned = client.register("c", "{\"title\":\"t\",\"type\":\"object\"}")
                .json()
                .at("/schema/hashes");

        assertThat(spaced.path("raw")).isNotEqualTo(first.path("raw"));
        assertThat(spaced.path("canonical")).isEqualTo(first.path("canonical"));
        assertThat(turned.path("canonical")).isNotEqualTo(first.path("canonical"));
        assertThat(turned.path("unordered")).isEqualTo(first.path("unordered"));
        assertThat(client.get("/api/v1/schemas/hashes/"
                                + first.path("unordered").asString())
                        .json()
                        .path("items"))
                .hasSize(3);
    }

    @Test
    void batch_laterItemsReferToEarlierOnes_andResultsAreInOrder(RegistryClient client) {
        Reply reply = client.post("/api/v1/batch", """
                {"items":[
                  {"subject":"base","schema":{"type":"object"}},
                  {"subject":"user","schema":{"$ref":"base.json"},
                   "references":[{"name":"base.json","subject":"base","version":"latest"}]},
                  {"subject":"base","schema":{"type":"object"}}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("items"))
                .extracting(item -> item.at("/schema/subject").asString())
                .containsExactly("base", "user", "base");
        assertThat(reply.json().path("items"))
                .extracting(item -> item.path("isNew").asBoolean())
                .containsExactly(true, true, false);
        assertThat(reply.text("/items/1/schema/references/0/version")).isEqualTo("1.0.0");
    }

    @Test
    void statistics_countEverything(RegistryClient client) {
        client.register("a", "true");
        client.register("a", "{\"type\":\"object\"}", "\"state\":\"DRAFT\"");
        client.send("POST", versions("b"), AVRO, "\"int\"".getBytes(UTF_8));
        client.register("c", "false");
        client.delete(subject("c"));

        JsonNode statistics = client.get("/api/v1/statistics").json();

        assertThat(statistics.path("subjects").asInt()).isEqualTo(2);
        assertThat(statistics.path("versions").asInt()).isEqualTo(3);
        assertThat(statistics.path("deletedVersions").asInt()).isEqualTo(1);
        assertThat(statistics.at("/versionsByType/JSON").asInt()).isEqualTo(2);
        assertThat(statistics.at("/versionsByType/AVRO").asInt()).isEqualTo(1);
        assertThat(statistics.at("/versionsByState/ACTIVE").asInt()).isEqualTo(2);
        assertThat(statistics.at("/versionsByState/DRAFT").asInt()).isEqualTo(1);
        assertThat(statistics.path("contentBytes").asInt()).isPositive();
        assertThat(statistics.path("storedBytes").asLong()).isPositive();
    }
}
