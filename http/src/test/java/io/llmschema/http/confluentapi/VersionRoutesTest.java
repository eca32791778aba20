package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.ConfluentServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SubjectSettings;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionRoutesTest {
    private static final String REFERRING =
            "{\"schema\":\"b\",\"references\":[{\"name\":\"r\",\"subject\":\"base\",\"version\":1}]}";

    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_byNumberOrLatest_isTheVersion() {
        server.register("s", "a");
        server.register("s", "b");
        String second = "{\"subject\":\"s\",\"version\":2,\"id\":2,\"schema\":\"b\"}";

        assertAnswer(server.get("/subjects/s/versions/2"), second);
        assertAnswer(server.get("/subjects/s/versions/latest"), second);
        assertAnswer(server.get("/subjects/s/versions/-1"), second);
        assertAnswer(
                server.get("/subjects/s/versions/1"), "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"a\"}");
    }

    @Test
    void get_ofANewerLevel_tellsMore() {
        try (ConfluentServer newer = new ConfluentServer(ConfluentLevel.V8_1)) {
            newer.register("s", "a");

            assertAnswer(
                    newer.get("/subjects/s/versions/1"),
                    "{\"subject\":\"s\",\"version\":1,\"id\":1,\"guid\":\"0cc175b9-c0f1-b6a8-31c3-99e269772661\",\"schemaType\":\"AVRO\","
                            + "\"schema\":\"a\",\"ts\":%d}".formatted(ConfluentServer.NOW.toEpochMilli()));
        }
    }

    @Test
    void get_again_isNotSentAgain() {
        server.register("s", "a");
        String tag = server.get("/subjects/s/versions/1")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        HttpResponse<String> again = server.get("/subjects/s/versions/1", "If-None-Match", tag);
        HttpResponse<String> other =
                server.get("/subjects/s/versions/1", "If-None-Match", tag, "Accept", "application/json");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void get_ofWhatIsNotThere_isRefused() {
        server.register("s", "a");

        assertRefused(server.get("/subjects/t/versions/1"), 404, 40401, "Subject 't' not found.");
        assertRefused(server.get("/subjects/t/versions/latest"), 404, 40401, "Subject 't' not found.");
        assertRefused(server.get("/subjects/s/versions/7"), 404, 40402, "Version 7 not found.");
        for (String version : new String[] {"0", "-2", "x", "1.0.0"}) {
            assertRefused(
                    server.get("/subjects/s/versions/" + version),
                    422,
                    42202,
                    "The specified version '" + version
                            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }
    }

    @Test
    void get_deleted_isThereIfAskedFor() {
        server.register("s", "a");
        server.register("s", "b");
        server.delete("/subjects/s/versions/2");

        assertRefused(server.get("/subjects/s/versions/2"), 404, 40402, "Version 2 not found.");
        assertThat(server.get("/subjects/s/versions/2?deleted=true").statusCode())
                .isEqualTo(200);
        assertThat(json(server.get("/subjects/s/versions/latest").body())
                        .path("version")
                        .intValue())
                .isEqualTo(1);
        assertThat(json(server.get("/subjects/s/versions/latest?deleted=true").body())
                        .path("version")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void schema_isTheTextItself() {
        server.post("/subjects/s/versions", "{\"schema\":\"{\\\"a\\\" : 1}\"}");

        assertThat(server.get("/subjects/s/versions/1/schema").body()).isEqualTo("{\"a\" : 1}");
    }

    @Test
    void format_isThatAskedFor_orNoneIfItIsUnknown() {
        server.register("s", "a");

        assertThat(json(server.get("/subjects/s/versions/1?format=loud").body())
                        .path("schema")
                        .stringValue())
                .isEqualTo("A");
        assertThat(server.get("/subjects/s/versions/1/schema?format=loud").body())
                .isEqualTo("A");
        assertAnswer(server.get("/schemas/ids/1?format=loud"), "{\"schema\":\"A\"}");
        assertAnswer(server.get("/schemas/ids/1?format=unknown"), "{\"schema\":\"a\"}");
    }

    @Test
    void references_areNamedWithTheirContextOnlyIfItIsAnother() {
        server.register(":.ctx:base", "a");
        server.post("/contexts/.ctx/subjects/s/versions", REFERRING);

        assertThat(json(server.get("/subjects/:.ctx:s/versions/1").body())
                        .at("/references/0/subject")
                        .stringValue())
                .isEqualTo("base");
        assertThat(json(server.get("/subjects/:.ctx:s/versions/1?referenceFormat=qualified")
                                .body())
                        .at("/references/0/subject")
                        .stringValue())
                .isEqualTo(":.ctx:base");
    }

    @Test
    void referencedBy_namesIds() {
        server.register("base", "a");
        server.post("/subjects/s/versions", REFERRING);
        server.post("/subjects/t/versions", REFERRING);

        assertAnswer(server.get("/subjects/base/versions/1/referencedby"), "[2]");
        assertAnswer(server.get("/subjects/s/versions/latest/referencedby"), "[]");
    }

    @Test
    void referencedBy_namesDeletedOnesIfTheyAreAskedFor() {
        server.register("base", "a");
        server.post("/subjects/s/versions", REFERRING);
        server.post("/subjects/t/versions", REFERRING.replace("\"b\"", "\"c\""));
        server.delete("/subjects/s");

        assertAnswer(server.get("/subjects/base/versions/1/referencedby"), "[3]");
        assertAnswer(server.get("/subjects/base/versions/1/referencedby?deleted=true"), "[2,3]");
        server.delete("/subjects/t");
        server.delete("/subjects/base");
        assertRefused(server.get("/subjects/base/versions/1/referencedby"), 404, 40401, "Subject 'base' not found.");
        assertAnswer(server.get("/subjects/base/versions/1/referencedby?deleted=true"), "[2,3]");
        server.delete("/subjects/s?permanent=true");
        assertAnswer(server.get("/subjects/base/versions/1/referencedby?deleted=true"), "[3]");
    }

    @Test
    void delete_isSoftFirst_andThenForGood() {
        server.register("s", "a");
        server.register("s", "b");
        server.configure("s", "{\"normalize\":true}");

        assertRefused(
                server.delete("/subjects/s/versions/2?permanent=true"),
                404,
                40407,
                "Subject 's' Version 2 was not deleted first before being permanently deleted");
        assertAnswer(server.delete("/subjects/s/versions/latest"), "2");
        assertRefused(
                server.delete("/subjects/s/versions/2"),
                404,
                40406,
                "Subject 's' Version 2 was soft deleted.Set permanent=true to delete permanently");
        assertAnswer(server.delete("/subjects/s/versions/2?permanent=true"), "2");
        assertRefused(server.delete("/subjects/s/versions/2?permanent=true"), 404, 40402, "Version 2 not found.");
        assertThat(server.settings("s").attributes()).isNotNull();
    }

    @Test
    void delete_ofTheLastForGood_takesWhatWasSet() {
        server.register("s", "a");
        server.configure("s", "{\"normalize\":true}");
        server.delete("/subjects/s/versions/1");

        server.delete("/subjects/s/versions/1?permanent=true");

        assertThat(server.settings("s")).isEqualTo(SubjectSettings.NONE);
    }
}
