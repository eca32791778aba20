package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.ConfluentServer.json;
import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** New versions that differ from others in their tags and contracts. */
class TagRoutesTest {
    private static final String SCHEMA =
            doubleQuoted("{'type':'record','name':'R','fields':[{'name':'f','type':'int'}]}");
    private static final String TAGS = "/subjects/s/versions/latest/tags";
    private static final String FIELD = "'schemaEntity':{'entityPath':'R.f','entityType':'sr_field'},'tags':['PII']";
    private static final String RULE = "{'name':'%s','kind':'CONDITION','mode':'WRITE','type':'CEL','expr':'%s'}";

    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V8_0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tags_ofAvro_standInTheSchemaOfANewVersion() {
        register("{}");

        JsonNode answer = tag("{'tagsToAdd':[{" + FIELD + "}]}");

        assertThat(answer.path("version").intValue()).isEqualTo(2);
        assertThat(json(answer.path("schema").stringValue()))
                .isEqualTo(json(doubleQuoted(
                        "{'type':'record','name':'R','fields':[{'name':'f','type':'int','confluent:tags':['PII']}]}")));
        assertThat(latest("?findTags=PII").path("schemaTags").toString())
                .isEqualTo(
                        doubleQuoted("[{'schemaEntity':{'entityPath':'R.f','entityType':'sr_field'},'tags':['PII']}]"));
    }

    @Test
    void tags_takenAgain_makeAThirdVersion() {
        register("{}");
        tag("{'tagsToAdd':[{" + FIELD + "}]}");

        JsonNode answer = tag("{'tagsToRemove':[{" + FIELD + "}]}");

        assertThat(answer.path("version").intValue()).isEqualTo(3);
        assertThat(answer.path("schema").stringValue()).doesNotContain("PII");
        assertThat(latest("?findTags=*").has("schemaTags")).isFalse();
    }

    @Test
    void tags_ofAnOlderVersion_areAddedToThatOne() {
        register("{'properties':{'n':'1'}}");
        register("{'properties':{'n':'2'}}");

        HttpResponse<String> answer = server.post(
                "/subjects/s/versions/1/tags", doubleQuoted("{'newVersion':3,'tagsToAdd':[{" + FIELD + "}]}"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer.body()).at("/metadata/properties").toString())
                .isEqualTo(doubleQuoted("{'confluent:version':'3','n':'1'}"));
    }

    @Test
    void newVersion_thatIsNotTheNext_isRefused() {
        register("{}");

        assertRefused(
                server.post(TAGS, "{\"newVersion\":7}"), 422, 42201, "Version is not one more than previous version");
    }

    @Test
    void metadata_given_takeThePlaceOfThoseThere() {
        register("{'properties':{'a':'1'},'tags':{'R':['T']}}");

        JsonNode answer = tag("{'metadata':{'properties':{'b':'2'}}}");

        assertThat(answer.path("metadata").toString())
                .isEqualTo(doubleQuoted("{'properties':{'b':'2','confluent:version':'2'}}"));
    }

    @Test
    void metadata_notGiven_stay() {
        register("{'properties':{'a':'1'},'tags':{'R':['T']}}");

        JsonNode answer = tag("{'tagsToAdd':[{" + FIELD + "}]}");

        assertThat(answer.path("metadata").toString())
                .isEqualTo(doubleQuoted("{'tags':{'R':['T']},'properties':{'a':'1','confluent:version':'2'}}"));
    }

    @Test
    void rules_mergedAndRemoved_leaveTheOthers() {
        register("{}");
        tag("{'ruleSet':{'domainRules':[" + RULE.formatted("a", "1") + "," + RULE.formatted("b", "1") + ","
                + RULE.formatted("c", "1") + "]}}");

        JsonNode answer =
                tag("{'rulesToRemove':['a'],'rulesToMerge':{'domainRules':[" + RULE.formatted("b", "2") + "]}}");

        assertThat(answer.at("/ruleSet/domainRules"))
                .extracting(rule ->
                        rule.path("name").stringValue() + rule.path("expr").stringValue())
                .containsExactly("c1", "b2");
    }

    @Test
    void rules_givenWholeAndInParts_areRefused() {
        register("{}");

        assertRefused(
                server.post(TAGS, doubleQuoted("{'ruleSet':{},'rulesToRemove':['a']}")),
                422,
                42210,
                "ruleSet should be omitted if specifying rulesToMerge or rulesToRemove");
    }

    @Test
    void rules_thatCannotBe_areRefused() {
        register("{}");

        assertRefused(
                server.post(
                        TAGS, doubleQuoted("{'rulesToMerge':{'migrationRules':[" + RULE.formatted("a", "1") + "]}}")),
                422,
                42210,
                "Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN");
    }

    @Test
    void part_thatIsNotThere_isRefused() {
        register("{}");

        assertRefused(
                server.post(TAGS, doubleQuoted("{'tagsToAdd':[{" + FIELD.replace("R.f", "R.g") + "}]}")),
                422,
                42201,
                "No matching path 'R.g' found in the schema");
    }

    @Test
    void tags_ofProtobuf_standInItsMetadata() {
        server.post("/subjects/s/versions", doubleQuoted("{'schemaType':'PROTOBUF','schema':'message R'}"));

        tag("{'tagsToAdd':[{" + FIELD + "}]}");

        assertThat(latest("").at("/metadata/tags").toString()).isEqualTo(doubleQuoted("{'R.f':['PII']}"));
        assertThat(latest("?findTags=*").path("schemaTags").size()).isEqualTo(1);
    }

    @Test
    void tags_ofProtobufTakenAgain_areGone() {
        server.post("/subjects/s/versions", doubleQuoted("{'schemaType':'PROTOBUF','schema':'message R'}"));
        tag("{'tagsToAdd':[{" + FIELD + "}]}");

        tag("{'tagsToRemove':[{" + FIELD + "}]}");

        assertThat(latest("").at("/metadata/tags").isMissingNode()).isTrue();
    }

    @Test
    void subjectOrVersion_thatIsNotThere_isToldApart() {
        assertRefused(server.post(TAGS, "{}"), 404, 40401, "Subject 's' not found.");
        register("{}");
        assertRefused(server.post("/subjects/s/versions/9/tags", "{}"), 404, 40402, "Version 9 not found.");
        assertRefused(server.post("/subjects/s/versions/x/tags", "{}"), 422, 42202, "The specified version 'x'");
    }

    @Test
    void tags_inAContext_areThoseOfItsSubject() {
        server.post("/subjects/:.c:s/versions", body("{}"));

        HttpResponse<String> answer =
                server.post("/contexts/.c" + TAGS, doubleQuoted("{'tagsToAdd':[{" + FIELD + "}]}"));

        assertThat(json(answer.body()).path("version").intValue())
                .as(answer.body())
                .isEqualTo(2);
    }

    private void register(String metadata) {
        HttpResponse<String> answer = server.post("/subjects/s/versions", body(metadata));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String body(String metadata) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .set("metadata", JsonExample.of(metadata))
                .toString();
    }

    private JsonNode tag(String body) {
        HttpResponse<String> answer = server.post(TAGS, doubleQuoted(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    private JsonNode latest(String query) {
        return json(server.get("/subjects/s/versions/latest" + query).body());
    }
}
