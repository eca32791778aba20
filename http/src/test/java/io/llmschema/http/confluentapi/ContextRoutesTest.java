package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SubjectSettings;
import io.llmschema.model.WriteMode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which contexts there are, and how one goes. */
class ContextRoutesTest {
    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V8_1);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void list_whereNothingIs_hasTheDefaultOne() {
        answers(server.get("/contexts"), "['.']");
    }

    @Test
    void list_hasEachContextOnceAndTheDefaultOneFirst() {
        server.register("s", "a");
        server.register(":.b:s", "a");
        server.register(":.b:t", "a");
        server.register(":.a-b:s", "a");
        server.register(":.a:s", "a");
        server.register(":.", "a");
        server.register(":.no-context", "a");

        answers(server.get("/contexts"), "['.','.a-b','.a','.b']");
        answers(server.get("/contexts?offset=1&limit=2"), "['.a-b','.a']");
        answers(server.get("/contexts?contextPrefix=.a"), "['.a-b','.a']");
    }

    @Test
    void list_hasContextsAsLongAsTheyHoldAnything() {
        server.register(":.a:s", "a");

        server.delete("/subjects/:.a:s");
        answers(server.get("/contexts"), "['.','.a']");

        server.delete("/subjects/:.a:s?permanent=true");
        answers(server.get("/contexts"), "['.']");
    }

    @Test
    void delete_ofOneThatHoldsAnything_isRefused() {
        server.register(":.a:s", "a");
        assertRefused(server.delete("/contexts/.a"), 422, 42211, "The specified context '.a' is not empty.");

        server.delete("/subjects/:.a:s");
        assertRefused(server.delete("/contexts/.a"), 422, 42211, "The specified context '.a' is not empty.");
    }

    @Test
    void delete_ofAnEmptyOne_takesItsSettingsAlong() {
        server.put("/contexts/.a/config", doubleQuoted("{'compatibility':'NONE','normalize':true}"));
        server.setMode(":.a:", WriteMode.IMPORT);
        server.register("s", "a");

        HttpResponse<String> answer = server.delete("/contexts/.a");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(server.settings(":.a:")).isEqualTo(SubjectSettings.NONE);
    }

    @Test
    void delete_ofNoContext_isRefused() {
        assertRefused(server.delete("/contexts/a"), 400, 400, "'a' is no context");
    }

    private static void answers(HttpResponse<String> answer, String body) {
        assertAnswer(answer, doubleQuoted(body));
    }
}
