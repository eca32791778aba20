package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.WriteMode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is set for subjects, contexts and all, and what is answered of it. */
class ConfigRoutesTest {
    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_whereNothingIsSet_isTheDefault() {
        answers(server.get("/config"), "{'compatibilityLevel':'BACKWARD'}");
        answers(server.get("/config/s?defaultToGlobal=true"), "{'compatibilityLevel':'BACKWARD'}");
        assertRefused(
                server.get("/config/s"),
                404,
                40408,
                "Subject 's' does not have subject-level compatibility configured");
    }

    @Test
    void put_level_isWhatVersionsAreJudgedBy() {
        answers(server.put("/config", doubleQuoted("{'compatibility':'none'}")), "{'compatibility':'NONE'}");
        answers(server.put("/config/s", doubleQuoted("{'compatibility':'FULL'}")), "{'compatibility':'FULL'}");

        answers(server.get("/config"), "{'compatibilityLevel':'NONE'}");
        answers(server.get("/config/s"), "{'compatibilityLevel':'FULL'}");
        answers(server.get("/config/other?defaultToGlobal=true"), "{'compatibilityLevel':'NONE'}");
        assertThat(level("s")).isEqualTo(CompatibilityLevel.FULL);
        assertThat(level("other")).isEqualTo(CompatibilityLevel.NONE);
    }

    @Test
    void put_isAMerge_andNullClears() {
        server.put("/config/s", doubleQuoted("{'compatibility':'FULL','normalize':true,'alias':'a'}"));

        HttpResponse<String> answer = server.put(
                "/config/s", doubleQuoted("{'validateFields':true,'normalize':false,'alias':null,'other':1}"));

        answers(answer, "{'compatibility':'FULL','normalize':false,'validateFields':true}");
        answers(server.get("/config/s"), "{'compatibilityLevel':'FULL','normalize':false,'validateFields':true}");
    }

    @Test
    void put_contractsAndRules_areKeptSorted() {
        server.put(
                "/config/s",
                doubleQuoted(
                        "{'defaultMetadata':{'properties':{'b':'1','a':'2'}},'overrideRuleSet':{'domainRules':[{'name':'r','type':'CEL','mode':'READ'}]}}"));

        assertThat(server.get("/config/s").body())
                .isEqualTo(
                        doubleQuoted(
                                "{'defaultMetadata':{'properties':{'a':'2','b':'1'}},"
                                        + "'overrideRuleSet':{'domainRules':[{'name':'r','mode':'READ','type':'CEL','disabled':false}]}}"));
    }

    @Test
    void put_whatCannotBe_isRefusedAndChangesNothing() {
        assertRefused(
                server.put("/config", doubleQuoted("{'compatibility':'SOME'}")),
                422,
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
        assertRefused(
                server.put("/config", doubleQuoted("{'compatibilityPolicy':'LOGICAL'}")),
                422,
                422,
                "Invalid compatibility policy");
        assertRefused(
                server.put("/config", doubleQuoted("{'defaultRuleSet':{'domainRules':[{'name':'1'}]}}")),
                422,
                42210,
                "Illegal initial character in rule name: 1");
        assertRefused(server.put("/config", doubleQuoted("{'normalize':'yes'}")), 400, 400, "");
        answers(server.get("/config"), "{'compatibilityLevel':'BACKWARD'}");
    }

    @Test
    void put_policyAndGroup_areSettingsOfTheRegistry() {
        server.put("/config", doubleQuoted("{'compatibilityPolicy':'strict','compatibilityGroup':'major'}"));

        assertThat(server.registry()
                        .settingsInForce(ConfluentServer.subject("s"))
                        .groupBy())
                .isEqualTo("major");
        answers(
                server.get("/config"),
                "{'compatibilityLevel':'BACKWARD','compatibilityPolicy':'STRICT','compatibilityGroup':'major'}");
    }

    @Test
    void get_defaultToGlobal_takesSomeFieldsFromAbove() {
        server.put(
                "/config", doubleQuoted("{'compatibility':'NONE','normalize':true,'alias':'x','validateRules':true}"));
        server.put("/config/s", doubleQuoted("{'validateRules':false}"));

        answers(
                server.get("/config/s?defaultToGlobal=true"),
                "{'compatibilityLevel':'NONE','normalize':true,'validateRules':false}");
        answers(server.get("/config/s"), "{'validateRules':false}");
    }

    @Test
    void delete_ofASubject_answersWhatWasSet() {
        server.put("/config/s", doubleQuoted("{'compatibility':'FULL','alias':'a'}"));

        answers(server.delete("/config/s"), "{'compatibilityLevel':'FULL','alias':'a'}");

        assertRefused(server.delete("/config/s"), 404, 40401, "Subject 's' not found.");
        assertRefused(server.get("/config/s"), 404, 40408, "");
    }

    @Test
    void delete_ofAll_returnsToTheDefault() {
        server.put("/config", doubleQuoted("{'compatibility':'FULL'}"));

        answers(server.delete("/config"), "{'compatibilityLevel':'FULL'}");

        answers(server.get("/config"), "{'compatibilityLevel':'BACKWARD'}");
        answers(server.delete("/config"), "{'compatibilityLevel':'BACKWARD'}");
    }

    @Test
    void delete_leavesWhatIsNoConfig() {
        server.setMode("s", WriteMode.IMPORT);
        server.put("/config/s", doubleQuoted("{'compatibility':'FULL'}"));

        server.delete("/config/s");

        assertThat(server.settings("s").mode()).isEqualTo(WriteMode.IMPORT);
    }

    @Test
    void configOfAContext_countsForItsSubjects() {
        answers(
                server.put("/contexts/.c/config", doubleQuoted("{'compatibility':'NONE'}")),
                "{'compatibility':'NONE'}");

        answers(server.get("/contexts/.c/config"), "{'compatibilityLevel':'NONE'}");
        answers(server.get("/config/:.c:"), "{'compatibilityLevel':'NONE'}");
        answers(server.get("/config/:.c:s?defaultToGlobal=true"), "{'compatibilityLevel':'NONE'}");
        answers(server.get("/contexts/.c/config/s?defaultToGlobal=true"), "{'compatibilityLevel':'NONE'}");
        answers(server.get("/config"), "{'compatibilityLevel':'BACKWARD'}");
        assertThat(level(":.c:s")).isEqualTo(CompatibilityLevel.NONE);
        assertRefused(server.get("/contexts/.d/config"), 404, 40408, "Subject ':.d:'");
    }

    @Test
    void configOfAllContexts_countsForAll() {
        server.put("/config/:.__GLOBAL:", doubleQuoted("{'compatibility':'FORWARD'}"));

        answers(server.get("/config"), "{'compatibilityLevel':'FORWARD'}");
        answers(server.get("/config/:.c:s?defaultToGlobal=true"), "{'compatibilityLevel':'FORWARD'}");
    }

    @Test
    void nameOfTheDefaultContext_isAll() {
        server.put("/config/:.:", doubleQuoted("{'compatibility':'FORWARD'}"));

        answers(server.get("/config"), "{'compatibilityLevel':'FORWARD'}");
    }

    @Test
    void put_namesThatNoSubjectHas_areRefused() {
        for (String name : new String[] {"__GLOBAL", "__EMPTY", ":.c:__GLOBAL", ":.__GLOBAL:s", "a%07b"}) {
            assertRefused(
                    server.put("/config/" + name, doubleQuoted("{'compatibility':'FULL'}")),
                    422,
                    42208,
                    "The specified subject '");
        }
    }

    @Test
    void put_whereNothingMayBeChanged_isRefused() {
        server.setMode("s", WriteMode.READONLY);

        assertRefused(
                server.put("/config/s", doubleQuoted("{'compatibility':'FULL'}")),
                422,
                42205,
                "Subject s in context . is in read-only mode");
    }

    private CompatibilityLevel level(String subject) {
        return server.registry()
                .settingsInForce(ConfluentServer.subject(subject))
                .criteria()
                .level();
    }

    private static void answers(HttpResponse<String> answer, String body) {
        assertAnswer(answer, doubleQuoted(body));
    }
}
