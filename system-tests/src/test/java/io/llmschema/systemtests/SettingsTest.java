package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.MERGE_PATCH;
import static io.llmschema.systemtests.RegistryClient.settings;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** By what versions and documents are judged: set for a subject, for a tenant, or at the server's start; the nearest counts. */
@ExtendWith(SharedServer.class)
class SettingsTest {
    private static final String TENANT = "/api/v1/settings";

    /** What the shared server was started with, and else the defaults. */
    private static final String OF_THE_SERVER = """
            {"level":"NONE","policy":"LENIENT","aspects":[],"blocksUnknown":true,"groupBy":"","allowsLowerVersions":true,
             "validationMode":"STRICT","mode":"READWRITE"}""";

    private static final String EVERYTHING = """
            {"level":"FULL_TRANSITIVE","policy":"STRICT","aspects":["BINARY","JSON"],"blocksUnknown":false,"groupBy":"app",
             "allowsLowerVersions":false,"validationMode":"MONITOR","mode":"READWRITE"}""";

    private static JsonNode inForce(Reply reply) {
        return reply.json().path("inForce");
    }

    private static JsonNode set(Reply reply) {
        return reply.json().path("set");
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "/api/v1/subjects/s/settings"})
    void nothingSet_isAsTheServerWasStarted(String path, RegistryClient client) {
        Reply reply = client.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(set(reply)).isEmpty();
        assertThat(inForce(reply)).isEqualTo(Reply.parse(OF_THE_SERVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "/api/v1/subjects/s/settings"})
    void everySetting_comesBackAndIsInForce_untilItIsTakenBack(String path, RegistryClient client) {
        Reply put = client.put(path, EVERYTHING);

        assertThat(put.status()).isEqualTo(200);
        assertThat(set(put)).isEqualTo(Reply.parse(EVERYTHING));
        assertThat(inForce(put)).isEqualTo(Reply.parse(EVERYTHING));
        assertThat(client.get(path).json()).isEqualTo(put.json());
        Reply deleted = client.delete(path);
        assertThat(set(deleted)).isEmpty();
        assertThat(inForce(deleted)).isEqualTo(Reply.parse(OF_THE_SERVER));
        assertThat(client.get(path).json()).isEqualTo(deleted.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "/api/v1/subjects/s/settings"})
    void put_replacesAll_andPatchChangesSome(String path, RegistryClient client) {
        client.put(path, EVERYTHING);

        assertThat(set(client.put(path, "{\"level\":\"FORWARD\",\"groupBy\":\"app\"}")))
                .isEqualTo(Reply.parse("{\"level\":\"FORWARD\",\"groupBy\":\"app\"}"));
        assertThat(set(client.patch(path, "{\"level\":null,\"blocksUnknown\":false,\"aspects\":[\"JSON\"]}")))
                .isEqualTo(Reply.parse("{\"aspects\":[\"JSON\"],\"blocksUnknown\":false,\"groupBy\":\"app\"}"));
        assertThat(set(client.patch(path, "{}")))
                .isEqualTo(Reply.parse("{\"aspects\":[\"JSON\"],\"blocksUnknown\":false,\"groupBy\":\"app\"}"));
        assertThat(set(client.send(
                        "PATCH",
                        path,
                        JSON,
                        "{\"groupBy\":null,\"blocksUnknown\":null,\"aspects\":null}".getBytes(UTF_8))))
                .isEmpty();
    }

    /** The parts are inherited one by one, and what is empty is set all the same. */
    @Test
    void subject_hasWhatIsSetForIt_andElseWhatTheTenantHas(RegistryClient client) {
        client.put(
                TENANT,
                "{\"level\":\"FULL\",\"groupBy\":\"app\",\"aspects\":[\"BINARY\"],\"validationMode\":\"WARN\"}");
        client.set("s", "{\"level\":\"FORWARD\",\"groupBy\":\"\",\"aspects\":[],\"allowsLowerVersions\":false}");

        Reply reply = client.get(settings("s"));

        assertThat(inForce(reply)).isEqualTo(Reply.parse("""
                {"level":"FORWARD","policy":"LENIENT","aspects":[],"blocksUnknown":true,"groupBy":"","allowsLowerVersions":false,
                 "validationMode":"WARN","mode":"READWRITE"}"""));
        assertThat(inForce(client.get(settings("other"))).path("level").asString())
                .isEqualTo("FULL");
        client.delete(TENANT);
        assertThat(inForce(client.get(settings("s"))).path("validationMode").asString())
                .isEqualTo("STRICT");
        assertThat(inForce(client.get(settings("s"))).path("level").asString()).isEqualTo("FORWARD");
    }

    @Test
    void settings_ofOneTenantOrSubject_areNotThoseOfAnother(RegistryClient client, RegistryClient another) {
        client.put(TENANT, EVERYTHING);
        client.set("s", EVERYTHING);

        assertThat(set(another.get(TENANT))).isEmpty();
        assertThat(inForce(another.get(settings("s")))).isEqualTo(Reply.parse(OF_THE_SERVER));
        assertThat(set(client.get(settings("S")))).isEmpty();
    }

    @Test
    void subjectThatIsNotThere_hasSettings_andIsStillNotThere(RegistryClient client) {
        client.set("a/b", "{\"level\":\"FULL\"}");

        assertThat(client.get(subject("a/b")).text("/code")).isEqualTo("subject-not-found");
        assertThat(client.get(versions("a/b")).text("/code")).isEqualTo("subject-not-found");
        assertThat(client.get("/api/v1/subjects?deleted=true").json().path("items"))
                .isEmpty();
        assertThat(client.get("/api/v1/statistics").json().path("subjects").asInt())
                .isZero();
        assertThat(client.register("a/b", "true").text("/schema/version")).isEqualTo("1.0.0");
        assertThat(set(client.get(settings("a/b")))).isEqualTo(Reply.parse("{\"level\":\"FULL\"}"));
    }

    @Test
    void settings_outliveTheDeletionOfTheirSubject(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        client.register("s", "true");

        client.delete(subject("s"));

        assertThat(set(client.get(settings("s")))).isEqualTo(Reply.parse("{\"level\":\"BACKWARD\"}"));
    }

    @Test
    void change_asksNothingOfWhatIsThere(RegistryClient client) {
        client.register("s", "{\"type\":\"integer\"}");
        client.register("s", "{\"type\":\"string\"}");
        Reply before = client.get(versions("s"));

        client.set("s", "{\"level\":\"FULL_TRANSITIVE\"}");

        assertThat(client.get(versions("s")).json()).isEqualTo(before.json());
    }

    @Test
    void nameOfTheTenantsSettings_isNoSubject(RegistryClient client) {
        client.put(TENANT, "{\"level\":\"FULL\"}");
        String inABatch =
                "{\"items\":[{\"subject\":\"s\",\"schema\":true},{\"subject\":\"__GLOBAL\",\"schema\":true}]}";

        assertRefused(client.post(versions("__GLOBAL"), "{\"schema\":true}"), 400, "invalid-subject", "__GLOBAL");
        assertRefused(
                client.post(versions("__GLOBAL") + "?dryRun=true", "{\"schema\":true}"),
                400,
                "invalid-subject",
                "__GLOBAL");
        Reply batch = client.post("/api/v1/batch", inABatch);
        assertRefused(batch, 400, "invalid-subject", "__GLOBAL");
        assertThat(batch.json().path("index").asInt(-1)).isEqualTo(1);
        assertThat(client.get(subject("s")).status()).isEqualTo(404);
        assertThat(client.get(subject("__GLOBAL")).text("/code")).isEqualTo("subject-not-found");
        assertThat(client.delete(subject("__GLOBAL")).text("/code")).isEqualTo("subject-not-found");
        assertThat(set(client.get(TENANT))).isEqualTo(Reply.parse("{\"level\":\"FULL\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"level":"BACKWARDS"}       | invalid-level           | FULL_TRANSITIVE
            {"policy":"LAX"}            | invalid-policy          | LENIENT
            {"aspects":["XML"]}         | invalid-aspect          | BINARY
            {"validationMode":"OFF"}    | invalid-validation-mode | MONITOR
            {"level":1}                 | malformed-request       | /level
            {"policy":["STRICT"]}       | malformed-request       | /policy
            {"aspects":"JSON"}          | malformed-request       | /aspects
            {"aspects":[1]}             | malformed-request       | /aspects/0
            {"blocksUnknown":"true"}    | malformed-request       | /blocksUnknown
            {"groupBy":false}           | malformed-request       | /groupBy
            {"allowsLowerVersions":0}   | malformed-request       | /allowsLowerVersions
            {"validationMode":{}}       | malformed-request       | /validationMode
            {"compatibility":"FULL"}    | malformed-request       | /compatibility
            {"level":"FULL","level":""} | malformed-request       | level
            {"level":                   | malformed-request       | line 1
            ["FULL"]                    | malformed-request       | no JSON object
            ``                          | malformed-request       | empty
            """)
    void badInput_isRefusedWithItsPlace_andChangesNothing(
            String body, String code, String fact, RegistryClient client) {
        client.put(TENANT, "{\"level\":\"FULL\"}");
        client.set("s", "{\"policy\":\"STRICT\"}");
        Reply before = client.get(settings("s"));

        for (String path : List.of(TENANT, settings("s"))) {
            assertRefused(client.put(path, body), 400, code, fact);
            assertRefused(client.patch(path, body), 400, code, fact);
        }

        assertThat(client.get(settings("s")).json()).isEqualTo(before.json());
    }

    @Test
    void badInput_otherwise_isRefused(RegistryClient client) {
        byte[] body = "{}".getBytes(UTF_8);

        assertRefused(
                client.put(settings("s"), "{\"groupBy\":\"" + "x".repeat(256) + "\"}"), 400, "invalid-group-by", "255");
        assertRefused(client.send("PUT", TENANT, MERGE_PATCH, body), 415, "unsupported-media-type", MERGE_PATCH);
        assertRefused(client.send("PATCH", TENANT, "text/plain", body), 415, "unsupported-media-type", MERGE_PATCH);
        assertRefused(client.put(settings("a b"), "{}"), 400, "invalid-subject", "a b");
        assertRefused(client.get(settings("a//b")), 400, "invalid-subject", "a//b");
        assertRefused(client.post(TENANT, "{}"), 405, "method-not-allowed", "PATCH");
    }

    /** A null takes back what is set, in a patch; where all is replaced there is nothing to take back. */
    @Test
    void put_null_isRefused(RegistryClient client) {
        assertRefused(client.put(TENANT, "{\"level\":null}"), 400, "malformed-request", "/level");
    }

    @Test
    void longestGroup_isTaken(RegistryClient client) {
        String longest = "ä".repeat(255);

        client.set("s", "{\"groupBy\":\"" + longest + "\"}");

        assertThat(client.get(settings("s")).text("/inForce/groupBy")).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "/api/v1/subjects/s/settings"})
    void read_again_isNotModified_untilItChanges(String path, RegistryClient client) {
        String etag = client.get(path).header("ETag");

        Reply again = client.getIfNoneMatch(path, etag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(etag);
        client.put(path, EVERYTHING);
        Reply changed = client.getIfNoneMatch(path, etag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(etag);
    }

    /** What is in force for the subject is part of the answer, wherever it is set. */
    @Test
    void readOfASubject_isModified_whenItsTenantsSettingsAre(RegistryClient client) {
        String etag = client.get(settings("s")).header("ETag");

        client.put(TENANT, EVERYTHING);

        assertThat(client.getIfNoneMatch(settings("s"), etag).status()).isEqualTo(200);
    }

    private static void assertRefused(Reply reply, int status, String code, String fact) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo(code);
        assertThat(reply.text("/detail")).contains(fact);
    }
}
