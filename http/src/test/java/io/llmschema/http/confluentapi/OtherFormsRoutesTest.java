package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.WriteMode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas that are given in another form than the text of their language. */
class OtherFormsRoutesTest {
    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void register_inAnotherForm_keepsTheText() {
        HttpResponse<String> first = server.post("/subjects/s/versions", "{\"schema\":\"~cba\"}");
        HttpResponse<String> again = server.post("/subjects/s/versions", "{\"schema\":\"~cba\"}");
        HttpResponse<String> asText = server.post("/subjects/s/versions", "{\"schema\":\"abc\"}");

        assertAnswer(first, "{\"id\":1,\"version\":1,\"schema\":\"abc\"}");
        assertAnswer(again, "{\"id\":1,\"version\":1,\"schema\":\"abc\"}");
        assertAnswer(asText, "{\"id\":1,\"version\":1,\"schema\":\"abc\"}");
    }

    @Test
    void register_inAnotherForm_normalizesTheText() {
        HttpResponse<String> answer = server.post("/subjects/s/versions?normalize=true", "{\"schema\":\"~acb\"}");

        assertAnswer(answer, "{\"id\":1,\"version\":1,\"schema\":\"abc\"}");
    }

    @Test
    void register_importedInAnotherForm_keepsTheText() {
        server.setMode("s", WriteMode.IMPORT);

        HttpResponse<String> answer = server.post("/subjects/s/versions", "{\"schema\":\"~cba\",\"id\":7}");

        assertAnswer(answer, "{\"id\":7,\"version\":1,\"schema\":\"abc\"}");
    }

    @Test
    void lookUp_inAnotherForm_findsTheText() {
        server.register("s", "abc");

        assertThat(server.post("/subjects/s", "{\"schema\":\"~cba\"}").body()).contains("\"version\":1");
        assertRefused(server.post("/subjects/s", "{\"schema\":\"~abc\"}"), 404, 40403, "Schema not found");
        assertRefused(server.post("/subjects/s", "{\"schema\":\"~gnorw\"}"), 422, 42201, "Invalid schema");
    }
}
