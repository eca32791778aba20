package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.ConfluentServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SubjectSettings;
import io.llmschema.model.WriteMode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubjectRoutesTest {
    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void list_namesSubjectsOfAllContexts() {
        server.register("b", "a");
        server.register("a", "a");
        server.register(":.ctx:c", "a");

        assertAnswer(server.get("/subjects"), "[\":.ctx:c\",\"a\",\"b\"]");
        assertAnswer(server.get("/subjects?subjectPrefix=a"), "[\"a\"]");
        assertAnswer(server.get("/subjects?subjectPrefix=:.ctx:"), "[\":.ctx:c\"]");
        assertAnswer(server.get("/subjects?subjectPrefix=:*:c"), "[\":.ctx:c\"]");
        assertAnswer(server.get("/contexts/.ctx/subjects"), "[\":.ctx:c\"]");
        assertAnswer(server.get("/subjects?offset=1&limit=1"), "[\"a\"]");
    }

    @Test
    void list_tellsDeletedOnesIfAsked() {
        server.register("a", "a");
        server.register("b", "a");
        server.delete("/subjects/a");

        assertAnswer(server.get("/subjects"), "[\"b\"]");
        assertAnswer(server.get("/subjects?deleted=true"), "[\"a\",\"b\"]");
        assertAnswer(server.get("/subjects?deletedOnly=true"), "[\"a\"]");
    }

    @Test
    void register_isIdempotent_upToWhatMeansNothing() {
        HttpResponse<String> first = server.post("/subjects/s/versions", "{\"schema\":\"a b\"}");
        HttpResponse<String> again = server.post("/subjects/s/versions", "{\"schema\":\"ab\"}");

        assertAnswer(first, "{\"id\":1,\"version\":1,\"schema\":\"a b\"}");
        assertAnswer(again, "{\"id\":1,\"version\":1,\"schema\":\"a b\"}");
    }

    @Test
    void register_normalizes_ifAskedOrConfigured() {
        assertAnswer(
                server.post("/subjects/s/versions?normalize=true", "{\"schema\":\"b a\"}"),
                "{\"id\":1,\"version\":1,\"schema\":\"ab\"}");
        server.configure("t", "{\"normalize\":true}");

        assertThat(server.post("/subjects/t/versions", "{\"schema\":\"b a\"}").body())
                .contains("\"schema\":\"ab\"");
    }

    @Test
    void register_otherTypes_areTold() {
        assertAnswer(
                server.post("/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"a\"}"),
                "{\"id\":1,\"version\":1,\"schemaType\":\"JSON\",\"schema\":\"a\"}");
        assertRefused(
                server.post("/subjects/s/versions", "{\"schemaType\":\"XML\",\"schema\":\"a\"}"),
                422,
                42201,
                "Invalid schema type XML");
    }

    @Test
    void register_withReferences_tellsTheirVersions() {
        server.register("base", "a");

        HttpResponse<String> answer = server.post(
                "/subjects/s/versions",
                "{\"schema\":\"b\",\"references\":[{\"name\":\"r\",\"subject\":\"base\",\"version\":-1}]}");

        assertAnswer(
                answer,
                "{\"id\":2,\"version\":1,\"references\":[{\"name\":\"r\",\"subject\":\"base\",\"version\":1}],\"schema\":\"b\"}");
        assertRefused(
                server.post(
                        "/subjects/s/versions",
                        "{\"schema\":\"c\",\"references\":[{\"name\":\"r\",\"subject\":\"base\",\"version\":7}]}"),
                422,
                42201,
                "Invalid schema {subject=s,");
    }

    @Test
    void register_whatIsNoSchema_isRefused() {
        assertRefused(
                server.post("/subjects/s/versions", "{\"schema\":\"wrong\"}"),
                422,
                42201,
                "Invalid schema {subject=s,");
        assertRefused(server.post("/subjects/s/versions", "{}"), 422, 42201, "Empty schema");
    }

    @Test
    void register_blank_copiesTheLatest_withAnotherContract() {
        server.register("s", "a");

        HttpResponse<String> answer =
                server.post("/subjects/s/versions", "{\"metadata\":{\"properties\":{\"owner\":\"me\"}}}");

        assertAnswer(
                answer, "{\"id\":2,\"version\":2,\"metadata\":{\"properties\":{\"owner\":\"me\"}},\"schema\":\"a\"}");
    }

    @Test
    void register_withoutContract_keepsThatOfTheVersionBefore() {
        server.post("/subjects/s/versions", "{\"schema\":\"a\",\"metadata\":{\"properties\":{\"owner\":\"me\"}}}");

        HttpResponse<String> same = server.post("/subjects/s/versions", "{\"schema\":\"a\"}");
        HttpResponse<String> next = server.post("/subjects/s/versions", "{\"schema\":\"b\"}");

        assertThat(json(same.body()).path("version").intValue()).isEqualTo(1);
        assertThat(json(next.body()).at("/metadata/properties/owner").stringValue())
                .isEqualTo("me");
    }

    @Test
    void register_withVersion_isCompareAndSet() {
        HttpResponse<String> first = server.post("/subjects/s/versions", "{\"schema\":\"a\",\"version\":1}");
        HttpResponse<String> late = server.post("/subjects/s/versions", "{\"schema\":\"b\",\"version\":1}");
        HttpResponse<String> next = server.post("/subjects/s/versions", "{\"schema\":\"b\",\"version\":-1}");

        assertThat(json(first.body()).at("/metadata/properties").toString()).isEqualTo("{\"confluent:version\":\"1\"}");
        assertRefused(late, 422, 42201, "Version is not one more than previous version");
        assertThat(json(next.body()).path("version").intValue()).isEqualTo(2);
        assertThat(json(next.body()).at("/metadata/properties").toString()).isEqualTo("{\"confluent:version\":\"2\"}");
    }

    @Test
    void register_afterVersionsWithTheirNumber_findsThemAllTheSame() {
        server.post("/subjects/s/versions", "{\"schema\":\"a\",\"version\":1}");

        HttpResponse<String> again = server.post("/subjects/s/versions", "{\"schema\":\"a\"}");

        assertThat(json(again.body()).path("version").intValue()).isEqualTo(1);
    }

    @Test
    void register_incompatible_isRefusedWithEveryDifference() {
        server.register("s", "a");

        HttpResponse<String> answer = server.post("/subjects/s/versions", "{\"schema\":\"narrow\"}");

        assertRefused(
                answer,
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"s\", details: "
                        + "[{errorType:'PROPERTY_BECAME_REQUIRED', description:'it is narrow; for example {}: no', additionalInfo:");
        assertThat(json(answer.body()).path("message").stringValue())
                .endsWith(
                        "{oldSchemaVersion: 1}, {oldSchema: 'a'}, {validateFields: 'false', compatibility: 'BACKWARD'}]");
    }

    @Test
    void register_ofAnotherType_isIncompatible() {
        server.register("s", "a");

        assertRefused(
                server.post("/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"a\"}"),
                409,
                409,
                "Schema being registered is incompatible");
    }

    @Test
    void register_whereNothingMayBeWritten_isRefusedBeforeAnythingElse() {
        server.setMode("s", WriteMode.READONLY);

        assertRefused(
                server.post("/subjects/s/versions", "{\"schema\":\"wrong\"}"),
                422,
                42205,
                "Subject s in context . is in read-only mode");
        assertRefused(
                server.post("/subjects/t/versions", "{\"schema\":\"a\",\"id\":7}"),
                422,
                42205,
                "Subject t in context . is not in import mode");
    }

    @Test
    void register_whileImporting_keepsIdsAndVersions() {
        server.setMode("s", WriteMode.IMPORT);

        HttpResponse<String> answer = server.post("/subjects/s/versions", "{\"schema\":\"a\",\"id\":70,\"version\":5}");

        assertAnswer(answer, "{\"id\":70,\"version\":5,\"schema\":\"a\"}");
        assertRefused(
                server.post("/subjects/s/versions", "{\"schema\":\"b\"}"),
                422,
                42205,
                "Subject s in context . is not in read-write mode");
        assertRefused(
                server.post("/subjects/s/versions", "{\"schema\":\"b\",\"id\":70,\"version\":6}"),
                422,
                42205,
                "Overwrite new schema with id 70 in context . is not permitted.");
        assertRefused(
                server.post("/subjects/s/versions", "{\"schema\":\"a\",\"id\":71,\"version\":6}"),
                422,
                42207,
                "The ID of an imported schema does not match the existing ID");
    }

    @Test
    void register_underAnAlias_goesWhereItLeads() {
        server.configure("alias", "{\"alias\":\"s\"}");

        server.register("alias", "a");

        assertAnswer(server.get("/subjects"), "[\"s\"]");
        assertAnswer(server.get("/subjects/alias/versions"), "[1]");
    }

    @Test
    void register_underANameThatIsNone_isRefused() {
        for (String name : new String[] {"__GLOBAL", "__EMPTY", ":.ctx:", ":.__GLOBAL:s", "a%20b"}) {
            assertRefused(
                    server.post("/subjects/" + name + "/versions", "{\"schema\":\"a\"}"),
                    422,
                    42208,
                    "The specified subject '");
        }
    }

    @Test
    void lookUp_findsWhatSaysTheSame() {
        server.register("s", "a b");

        assertAnswer(
                server.post("/subjects/s", "{\"schema\":\"ab\"}"),
                "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"a b\"}");
        assertRefused(server.post("/subjects/s", "{\"schema\":\"c\"}"), 404, 40403, "Schema not found");
        assertRefused(server.post("/subjects/t", "{\"schema\":\"c\"}"), 404, 40401, "Subject 't' not found.");
        assertRefused(server.post("/subjects/s", "{\"schema\":\"wrong\"}"), 422, 42201, "Invalid schema");
    }

    @Test
    void lookUp_findsDeletedOnesIfAsked() {
        server.register("s", "a");
        server.delete("/subjects/s");

        assertRefused(server.post("/subjects/s", "{\"schema\":\"a\"}"), 404, 40401, "Subject 's' not found.");
        assertThat(server.post("/subjects/s?deleted=true", "{\"schema\":\"a\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void listVersions_tellsDeletedOnesAsAsked() {
        server.register("s", "a");
        server.register("s", "b");
        server.register("s", "c");
        server.delete("/subjects/s/versions/2");

        assertAnswer(server.get("/subjects/s/versions"), "[1,3]");
        assertAnswer(server.get("/subjects/s/versions?deleted=true"), "[1,2,3]");
        assertAnswer(server.get("/subjects/s/versions?deletedOnly=true"), "[2]");
        assertAnswer(server.get("/subjects/s/versions?deletedAsNegative=true"), "[1,-2,3]");
        assertAnswer(server.get("/subjects/s/versions?offset=1&limit=5"), "[3]");
        assertRefused(server.get("/subjects/t/versions"), 404, 40401, "Subject 't' not found.");
    }

    @Test
    void nameWithoutContext_isLookedForInAll() {
        server.register(":.ctx:s", "a");

        assertAnswer(server.get("/subjects/s/versions"), "[1]");
        assertThat(json(server.get("/subjects/s/versions/1").body())
                        .path("subject")
                        .stringValue())
                .isEqualTo(":.ctx:s");
    }

    @Test
    void findByMetadata_isTheNewestWithAllProperties() {
        server.post(
                "/subjects/s/versions", "{\"schema\":\"a\",\"metadata\":{\"properties\":{\"k\":\"1\",\"l\":\"2\"}}}");
        server.post("/subjects/s/versions", "{\"schema\":\"b\",\"metadata\":{\"properties\":{\"k\":\"1\"}}}");

        HttpResponse<String> one = server.get("/subjects/s/metadata?key=k&value=1");
        HttpResponse<String> both = server.get("/subjects/s/metadata?key=k&value=1&key=l&value=2");

        assertThat(json(one.body()).path("version").intValue()).isEqualTo(2);
        assertThat(json(both.body()).path("version").intValue()).isEqualTo(1);
        assertRefused(server.get("/subjects/s/metadata?key=k&value=7"), 404, 40403, "Schema not found");
        assertRefused(server.get("/subjects/t/metadata?key=k&value=7"), 404, 40401, "Subject 't' not found.");
    }

    @Test
    void delete_isSoftFirst_andThenForGood_withWhatWasSet() {
        server.register("s", "a");
        server.register("s", "b");
        server.configure("s", "{\"normalize\":true}");

        assertRefused(
                server.delete("/subjects/s?permanent=true"),
                404,
                40405,
                "Subject 's' was not deleted first before being permanently deleted");
        assertAnswer(server.delete("/subjects/s"), "[1,2]");
        assertRefused(
                server.delete("/subjects/s"),
                404,
                40404,
                "Subject 's' was soft deleted.Set permanent=true to delete permanently");
        assertAnswer(server.delete("/subjects/s?permanent=true"), "[1,2]");
        assertRefused(server.delete("/subjects/s?permanent=true"), 404, 40401, "Subject 's' not found.");
        assertThat(server.settings("s")).isEqualTo(SubjectSettings.NONE);
    }

    @Test
    void delete_ofWhatIsReferredTo_isRefused() {
        server.register("base", "a");
        server.post(
                "/subjects/s/versions",
                "{\"schema\":\"b\",\"references\":[{\"name\":\"r\",\"subject\":\"base\",\"version\":1}]}");

        String message = "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=base,version=1}.";
        assertRefused(server.delete("/subjects/base"), 422, 42206, message);
        assertRefused(server.delete("/subjects/base/versions/1"), 422, 42206, message);
    }
}
