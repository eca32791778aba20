package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.encoded;
import static io.llmschema.systemtests.RegistryClient.quoted;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What differs between two versions, or a version and a schema that is none yet. */
@ExtendWith(SharedServer.class)
class DiffTest {
    private static String diff(String versions) {
        return subject("s") + "/diff/" + encoded(versions);
    }

    /** Kind, nature and place of each change. */
    private static List<String> changes(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json()
                .path("changes")
                .valueStream()
                .map(change -> change.path("kind").asString() + " "
                        + change.path("nature").asString() + " "
                        + change.path("afterPath").asString())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void oneStep_isOfItsClass(Evolution evolution, RegistryClient client) {
        evolution.registerAll(client, "s");

        for (int i = 0; i < Evolution.CLASSES.size(); i++) {
            Reply reply = client.get(diff(Evolution.VERSIONS.get(i) + ".." + Evolution.VERSIONS.get(i + 1)));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/class")).as(reply.toString()).isEqualTo(Evolution.CLASSES.get(i));
            assertThat(reply.text("/raises")).isEqualTo(Evolution.RAISES.get(i));
            assertThat(reply.json().path("changes")).as(reply.toString()).hasSize(1);
            assertThat(reply.text("/changes/0/class")).isEqualTo(Evolution.CLASSES.get(i));
            assertThat(reply.json().path("incompatibilities").isEmpty())
                    .isEqualTo(!Evolution.CLASSES.get(i).equals("BREAKING"));
        }
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void manySteps_haveEveryChange_andSayBetweenWhat(Evolution evolution, RegistryClient client) {
        evolution.registerAll(client, "s");

        Reply reply = client.get(diff("1.0.0..latest"));

        assertThat(reply.text("/subject")).isEqualTo("s");
        assertThat(reply.json().path("from")).isEqualTo(name(client.get(version("s", "1.0.0"))));
        assertThat(reply.json().path("to")).isEqualTo(name(client.get(version("s", "2.0.0"))));
        assertThat(reply.text("/class")).isEqualTo("BREAKING");
        assertThat(reply.json().path("isSameType").asBoolean()).isTrue();
        assertThat(reply.json().path("isCut").asBoolean(true)).isFalse();
        assertThat(reply.json().path("changes").size()).isGreaterThanOrEqualTo(2);
        assertThat(reply.text("/incompatibilities/0/witness/document")).isNotBlank();
    }

    private static JsonNode name(Reply version) {
        return Reply.parse(
                "{\"version\":\"%s\",\"id\":\"%s\"}".formatted(version.text("/version"), version.text("/id")));
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void sameVersion_hasNoChanges(Evolution evolution, RegistryClient client) {
        evolution.register(client, "s", evolution.first());
        evolution.register(client, "s", evolution.first() + "\n");

        for (String versions : List.of("1.0.0..1.0.0", "1.0.0..1.0.1")) {
            Reply reply = client.get(diff(versions));

            assertThat(changes(reply)).isEmpty();
            assertThat(reply.text("/class")).isEqualTo("NONE");
            assertThat(reply.text("/raises")).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void text_isForPeople(Evolution evolution, RegistryClient client) {
        evolution.registerAll(client, "s");

        Reply asked = client.get(diff("1.0.0..latest") + "?format=text");
        Reply accepted = client.send("GET", diff("1.0.0..latest"), Map.of("Accept", "text/plain"), new byte[0]);

        assertThat(asked.mediaType()).isEqualTo("text/plain");
        assertThat(asked.text())
                .startsWith("--- s 1.0.0\n+++ s 2.0.0\nbreaking change: raises major\n")
                .contains("(breaking)", "\nbreaks: ", "for example ", "is refused: ");
        assertThat(accepted.text()).isEqualTo(asked.text());
        assertThat(client.send(
                                "GET",
                                diff("1.0.0..latest") + "?format=json",
                                Map.of("Accept", "text/plain"),
                                new byte[0])
                        .mediaType())
                .isEqualTo("application/json");
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void candidate_isComparedWithAVersion_andNotKept(Evolution evolution, RegistryClient client) {
        evolution.register(client, "s", evolution.first());

        Reply bare = client.post(diff("latest"), evolution.mediaType, evolution.breaking());
        Reply enveloped = client.post(diff("ordinal:1"), evolution.envelope(evolution.breaking()));
        Reply text = client.post(diff("1.0.0") + "?format=text", evolution.mediaType, evolution.breaking());

        assertThat(bare.text("/class")).as(bare.toString()).isEqualTo("BREAKING");
        assertThat(bare.json().has("to")).isFalse();
        assertThat(enveloped.json()).isEqualTo(bare.json());
        assertThat(text.text()).startsWith("--- s 1.0.0\n+++ the schema given\n");
        assertThat(client.get(subject("s")).json().path("versionCount").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0..1.1.0, 1.0.0, 1.1.0",
        "ordinal:1..ordinal:3, 1.0.0, 2.0.0",
        "^1..latest, 1.1.0, 2.0.0",
        "latest..~1.0.0, 2.0.0, 1.0.0",
        "1.x..2.x, 1.1.0, 2.0.0",
    })
    void versions_areNamedInEveryWay(String versions, String from, String to, RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"number\"}");
        client.register("s", "{\"type\":\"string\"}");

        Reply reply = client.get(diff(versions));

        assertThat(reply.text("/from/version")).as(reply.toString()).isEqualTo(from);
        assertThat(reply.text("/to/version")).isEqualTo(to);
    }

    @Test
    void otherWayRound_isAnotherDifference(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"number\"}");

        assertThat(client.get(diff("1.0.0..1.1.0")).text("/class")).isEqualTo("ADDITIVE");
        assertThat(client.get(diff("1.1.0..1.0.0")).text("/class")).isEqualTo("BREAKING");
    }

    @Test
    void orderOfKeys_isShownAsSuch(RegistryClient client) {
        client.register("s", "{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}");
        client.register("s", "{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}");

        Reply reply = client.get(diff("1.0.0..latest"));

        assertThat(changes(reply)).containsExactly("REORDERED ORDER /properties");
        assertThat(reply.text("/class")).isEqualTo("ORDER");
        assertThat(reply.text("/raises")).isEqualTo("patch");
        assertThat(reply.text("/changes/0/before")).isEqualTo("a, b");
        assertThat(reply.text("/changes/0/after")).isEqualTo("b, a");
        assertThat(client.get(diff("1.0.0..latest") + "?format=text").text()).contains("^ /properties  (order)");
    }

    @Test
    void changes_areToldPlaceByPlace_eachWithItsClass(RegistryClient client) {
        client.register("s", """
                {"title":"Order","properties":{"a":{"type":"string"},"b":{"minimum":1}},"required":["a"]}""");
        client.register("s", """
                {"title":"An order","properties":{"a":{"type":"integer"},"b":{"minimum":0}},"required":["a"]}""");

        Reply reply = client.get(diff("1.0.0..latest"));

        assertThat(changes(reply))
                .containsExactlyInAnyOrder(
                        "CHANGED WORDS /title",
                        "CHANGED MEANING /properties/a/type",
                        "CHANGED MEANING /properties/b/minimum");
        assertThat(reply.json()
                        .path("changes")
                        .valueStream()
                        .map(change -> change.path("class").asString()))
                .containsExactlyInAnyOrder("WORDS", "BREAKING", "ADDITIVE");
    }

    /** Beside a field that breaks readers, one with a default does not. */
    @Test
    void avroFieldWithADefault_isAdditive_besideOneWithout(RegistryClient client) {
        String record = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}%s]}";
        Evolution.AVRO.register(client, "s", record.formatted(""));

        Reply reply = client.post(
                diff("latest"),
                RegistryClient.AVRO,
                record.formatted(",{\"name\":\"b\",\"type\":\"int\",\"default\":0},{\"name\":\"c\",\"type\":\"int\"}"));

        assertThat(changes(reply)).containsExactly("ADDED MEANING /fields/1", "ADDED MEANING /fields/2");
        assertThat(reply.text("/changes/0/class")).as(reply.toString()).isEqualTo("ADDITIVE");
        assertThat(reply.text("/changes/1/class")).isEqualTo("BREAKING");
    }

    @Test
    void whatNobodyCanTell_isBreakingAndToldAsUndecided(RegistryClient client) {
        client.register("s", "{\"type\":\"string\",\"pattern\":\"^ab\"}");

        Reply reply = client.post(diff("latest"), "{\"schema\":{\"type\":\"string\",\"pattern\":\"^(?=a)ab\"}}");

        assertThat(reply.text("/class")).isEqualTo("BREAKING");
        assertThat(reply.json().path("incompatibilities")).isEmpty();
        assertThat(reply.text("/undecided/0/reason")).isNotBlank();
    }

    @Test
    void otherLanguage_isBreaking_andNothingMoreIsKnown(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");

        Reply reply = client.post(diff("latest"), RegistryClient.AVRO, "\"int\"");

        assertThat(reply.json().path("isSameType").asBoolean(true)).isFalse();
        assertThat(reply.text("/class")).isEqualTo("BREAKING");
        assertThat(changes(reply)).isEmpty();
    }

    @Test
    void manyChanges_areCut(RegistryClient client) {
        StringBuilder before = new StringBuilder("{\"properties\":{\"p\":{}");
        StringBuilder after = new StringBuilder("{\"properties\":{\"p\":{}");
        for (int i = 0; i < 1_100; i++) {
            before.append(",\"p").append(i).append("\":{\"title\":\"a\"}");
            after.append(",\"p").append(i).append("\":{\"title\":\"b\"}");
        }
        client.register("s", before.append("}}").toString());

        Reply reply = client.post(diff("latest"), "{\"schema\":" + after.append("}}") + "}");

        assertThat(reply.json().path("changes")).hasSize(1_000);
        assertThat(reply.json().path("isCut").asBoolean()).isTrue();
        assertThat(reply.text("/raises"))
                .as("what is not listed may touch the meaning")
                .isEqualTo("minor");
    }

    @ParameterizedTest
    @CsvSource({"STRICT, BREAKING", "LENIENT, ADDITIVE"})
    void candidate_isJudgedByThePolicyThatIsAskedFor_orElseByThatInForce(
            String policy, String expected, RegistryClient client) {
        client.register("s", "{\"type\":\"object\"}");
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";

        Reply asked = client.post(diff("latest"), "{\"schema\":" + schema + ",\"policy\":\"" + policy + "\"}");
        client.set("s", "{\"policy\":\"" + policy + "\"}");
        Reply inForce = client.post(diff("latest"), "{\"schema\":" + schema + "}");

        assertThat(inForce.text("/class")).isEqualTo(expected);
        assertThat(asked.text("/class")).isEqualTo(expected);
    }

    @Test
    void candidate_mayReferToWhatIsThere(RegistryClient client) {
        client.register("base", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"integer\"}");
        String body = "{\"schema\":%s,\"references\":[{\"name\":\"b\",\"subject\":\"base\",\"version\":\"%s\"}]}";

        Reply reply = client.post(diff("latest"), body.formatted("{\"$ref\":\"b\"}", "latest"));

        assertThat(reply.json().path("incompatibilities")).isEmpty();
        assertRefused(
                client.post(diff("latest"), body.formatted("{\"$ref\":\"b\"}", "7.0.0")),
                422,
                "missing-reference",
                "7.0.0");
    }

    @Test
    void read_again_isNotModified_untilAVersionIsAnother(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        String etag = client.get(diff("1.0.0..latest")).header("ETag");

        assertThat(client.getIfNoneMatch(diff("1.0.0..latest"), etag).status()).isEqualTo(304);
        client.register("s", "{\"type\":\"number\"}");
        assertThat(client.getIfNoneMatch(diff("1.0.0..latest"), etag).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, 400, invalid-diff, two dots",
        "..1.0.0, 400, invalid-diff, two dots",
        "1.0.0.., 400, invalid-diff, two dots",
        "1.0.0...1.0.0, 400, invalid-version, .1.0.0",
        "newest..1.0.0, 400, invalid-version, newest",
        "1.0.0..2.0.0, 404, schema-not-found, 2.0.0",
        "^7..1.0.0, 404, schema-not-found, ^7",
        "ordinal:9..latest, 404, schema-not-found, 9",
    })
    void badPath_isRefused(String versions, int status, String code, String fact, RegistryClient client) {
        client.register("s", "true");

        assertRefused(client.get(diff(versions)), status, code, fact);
    }

    @Test
    void badInput_isRefused(RegistryClient client) {
        client.register("s", "true");
        client.register("other", "{\"title\":\"1\"}", "\"version\":\"3.0.0\"");

        assertRefused(client.get(diff("1.0.0..3.0.0")), 404, "schema-not-found", "3.0.0");
        assertRefused(client.get(subject("none") + "/diff/1.0.0..latest"), 404, "subject-not-found", "none");
        assertRefused(client.get(diff("1.0.0..latest") + "?format=xml"), 400, "invalid-format", "text");
        assertRefused(client.post(diff("1.0.0..latest"), "{\"schema\":true}"), 400, "invalid-version", "1.0.0..latest");
        assertRefused(client.post(diff("9.0.0"), "{\"schema\":true}"), 404, "schema-not-found", "9.0.0");
        assertRefused(client.post(diff("latest"), "{}"), 400, "malformed-request", "/schema");
        assertRefused(client.post(diff("latest"), "{\"schema\":" + quoted("{") + "}"), 422, "invalid-schema", "JSON");
        assertRefused(client.post(diff("latest"), "text/plain", "x"), 415, "unsupported-media-type", "text/plain");
        client.delete(version("s", "1.0.0"));
        assertRefused(client.get(diff("1.0.0..1.0.0")), 404, "", "'s'");
    }

    private static void assertRefused(Reply reply, int status, String code, String fact) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).contains(code);
        assertThat(reply.text("/detail")).contains(fact);
    }
}
