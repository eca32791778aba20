package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.ConfluentServer.json;
import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRoutesTest {
    private static final String GUID = "0cc175b9-c0f1-b6a8-31c3-99e269772661";

    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_byId_isTheSchema() {
        server.register("s", "a");
        server.post("/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"b\"}");
        server.post("/subjects/t/versions", "{\"schemaType\":\"JSON\",\"schema\":\"b\"}");

        assertAnswer(server.get("/schemas/ids/1"), "{\"schema\":\"a\"}");
        assertAnswer(server.get("/schemas/ids/1?subject=s"), "{\"schema\":\"a\"}");
        assertAnswer(
                server.get("/schemas/ids/2?fetchMaxId=true"), "{\"schemaType\":\"JSON\",\"schema\":\"b\",\"maxId\":2}");
        assertThat(server.get("/schemas/ids/1/schema").body()).isEqualTo("a");
        assertRefused(server.get("/schemas/ids/7"), 404, 40403, "Schema 7 not found");
    }

    @Test
    void get_byId_ofANewerLevel_tellsMore() {
        try (ConfluentServer newer = new ConfluentServer(ConfluentLevel.V8_0)) {
            newer.register("s", "a");
            newer.delete("/subjects/s");

            assertAnswer(
                    newer.get("/schemas/ids/1"),
                    "{\"subject\":\"s\",\"version\":1,\"guid\":\"%s\",\"schemaType\":\"AVRO\",\"schema\":\"a\",\"ts\":%d,\"deleted\":true}"
                            .formatted(GUID, ConfluentServer.NOW.toEpochMilli()));
        }
    }

    @Test
    void get_byId_inAContext_isThereOnlyIfItWasRegisteredThere() {
        server.register("s", "a");
        server.register(":.ctx:s", "b");

        assertAnswer(server.get("/contexts/.ctx/schemas/ids/2"), "{\"schema\":\"b\"}");
        assertAnswer(server.get("/schemas/ids/2?subject=:.ctx:"), "{\"schema\":\"b\"}");
        assertRefused(server.get("/contexts/.ctx/schemas/ids/1"), 404, 40403, "Schema 1 not found");
        server.register(":.ctx:t", "a");
        assertAnswer(server.get("/contexts/.ctx/schemas/ids/1"), "{\"schema\":\"a\"}");
    }

    @Test
    void subjectsAndVersions_ofAnId_areListed() {
        server.register("s", "a");
        server.register("t", "a");
        server.delete("/subjects/t");

        assertAnswer(server.get("/schemas/ids/1/subjects"), "[\"s\"]");
        assertAnswer(server.get("/schemas/ids/1/subjects?deleted=true"), "[\"s\",\"t\"]");
        assertAnswer(server.get("/schemas/ids/1/versions"), "[{\"subject\":\"s\",\"version\":1}]");
        assertRefused(server.get("/schemas/ids/7/subjects"), 404, 40403, "Schema not found");
        assertRefused(server.get("/schemas/ids/7/versions"), 404, 40403, "Schema not found");
    }

    @Test
    void get_byGuid_isTheSchema() {
        server.register("s", "a");
        server.register(":.ctx:s", "a");

        assertAnswer(server.get("/schemas/guids/" + GUID), "{\"schema\":\"a\"}");
        assertAnswer(
                server.get("/schemas/guids/" + GUID + "/ids"),
                "[{\"context\":\".ctx\",\"id\":1},{\"context\":\".\",\"id\":1}]");
        assertRefused(server.get("/schemas/guids/x"), 404, 40403, "Schema x not found");
    }

    @Test
    void types_areKnown() {
        assertAnswer(server.get("/schemas/types"), "[\"JSON\",\"PROTOBUF\",\"AVRO\"]");
    }

    @Test
    void list_hasSchemas() {
        server.register("s", "a");
        server.register("s", "b");
        server.register(":.ctx:t", "c");

        assertAnswer(
                server.get("/schemas"),
                "[{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"a\"},{\"subject\":\"s\",\"version\":2,\"id\":2,\"schema\":\"b\"}]");
        assertThat(json(server.get("/schemas?latestOnly=true&subjectPrefix=:*:").body())
                        .findValuesAsString("version"))
                .containsExactly("1", "2");
        assertThat(json(server.get("/contexts/.ctx/schemas").body()).findValuesAsString("subject"))
                .containsExactly(":.ctx:t");
        assertThat(json(server.get("/schemas?offset=1&limit=1").body()).findValuesAsString("schema"))
                .containsExactly("b");
    }

    @Test
    void list_withAliases_namesThoseOfEachSubject() {
        server.register("s", "a");
        server.register("s", "b");
        server.register("t", "c");
        server.put("/config/other", "{\"alias\":\"s\"}");
        server.put("/config/another", "{\"alias\":\"s\",\"normalize\":true}");

        assertAnswer(
                server.get("/schemas?aliases=true"),
                doubleQuoted("[{'subject':'s','version':1,'id':1,'schema':'a','aliases':['another','other']},"
                        + "{'subject':'s','version':2,'id':2,'schema':'b','aliases':['another','other']},"
                        + "{'subject':'t','version':1,'id':3,'schema':'c'}]"));
        assertThat(server.get("/schemas").body()).doesNotContain("aliases");
        server.delete("/config/other");
        assertThat(aliases("/schemas?aliases=true&latestOnly=true&subjectPrefix=s"))
                .isEqualTo("[\"another\"]");
    }

    @Test
    void list_withAliases_readsThemInTheContextInWhichTheyAre() {
        server.register("s", "a");
        server.register(":.c:s", "b");
        server.put("/config/x", "{\"alias\":\":.c:s\"}");
        server.put("/config/:.c:y", "{\"alias\":\"s\"}");
        server.put("/config/:.c:z", "{\"alias\":\":.:s\"}");

        assertThat(aliases("/schemas?aliases=true")).isEqualTo("[\":.c:z\"]");
        assertThat(aliases("/contexts/.c/schemas?aliases=true")).isEqualTo("[\":.c:y\",\"x\"]");
    }

    @Test
    void list_withAliases_passesOverWhatIsNoOtherNameOfASubject() {
        server.register("s", "a");
        server.put("/config/s", "{\"alias\":\"s\"}");
        server.put("/config", "{\"alias\":\"s\"}");
        server.put("/config/x", "{\"alias\":\"no name\"}");
        server.put("/config/y", "{\"alias\":\"z\"}");
        server.put("/config/z", "{\"alias\":\"s\"}");
        server.put("/config/w", "{\"alias\":\"s\"}");
        server.put("/config/w", "{\"alias\":null}");

        assertThat(aliases("/schemas?aliases=true")).isEqualTo("[\"z\"]");
    }

    private String aliases(String path) {
        return json(server.get(path).body()).at("/0/aliases").toString();
    }

    @Test
    void list_byRuleType_hasThoseWithSuchRules() {
        server.register("s", "a");
        server.post(
                "/subjects/s/versions",
                "{\"schema\":\"b\",\"ruleSet\":{\"domainRules\":[{\"name\":\"r\",\"kind\":\"CONDITION\",\"mode\":\"WRITE\",\"type\":\"CEL\"}]}}");

        assertThat(json(server.get("/schemas?ruleType=CEL").body()).findValuesAsString("schema"))
                .containsExactly("b");
    }
}
