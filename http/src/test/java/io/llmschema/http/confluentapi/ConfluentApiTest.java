package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is true of all routes of the dialect. */
class ConfluentApiTest {
    private static final String VERSIONED = "application/vnd.schemaregistry.v1+json";

    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answer_comesInTheTypeThatIsAcceptedMost() {
        assertThat(contentType(server.get("/subjects"))).isEqualTo(VERSIONED);
        assertThat(contentType(server.get("/subjects", "Accept", "*/*"))).isEqualTo(VERSIONED);
        assertThat(contentType(server.get("/subjects", "Accept", "application/json")))
                .isEqualTo("application/json");
        assertThat(contentType(server.get(
                        "/subjects", "Accept", "application/json; q=1, application/vnd.schemaregistry+json; q=0.8")))
                .isEqualTo("application/vnd.schemaregistry+json");
        assertThat(contentType(server.get("/subjects/none/versions", "Accept", "application/json")))
                .isEqualTo("application/json");
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElseThrow();
    }

    @Test
    void unknownPath_isRefusedInTheEnvelope() {
        assertRefused(server.get("/no/such/path"), 404, 404, "HTTP 404 Not Found");
        assertRefused(server.get("/API/V1/SUBJECTS"), 404, 404, "HTTP 404 Not Found");
        assertRefused(server.get("/schemas/ids/x"), 404, 404, "HTTP 404 Not Found");
    }

    @Test
    void trailingSlash_isPassedOver() {
        assertThat(server.get("/subjects/").body()).isEqualTo("[]");
        assertThat(server.get("//").body()).isEqualTo(server.get("/").body()).isEqualTo("{}");
    }

    @Test
    void otherMethod_isRefusedInTheEnvelope() {
        assertRefused(server.delete("/subjects"), 405, 405, "HTTP 405 Method Not Allowed");
    }

    @Test
    void bodyOfAnotherType_isRefused() {
        assertRefused(
                server.post("/subjects/s/versions", "text/plain", "x"), 415, 415, "HTTP 415 Unsupported Media Type");
    }

    @Test
    void bodyInAnyOfTheTypes_isTaken() {
        for (String type : List.of(
                VERSIONED, "application/vnd.schemaregistry+json", "application/json", "application/octet-stream")) {
            assertThat(server.post("/subjects/s/versions", type, "{\"schema\":\"a\",\"future\":1}")
                            .statusCode())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void bodyThatIsNoObject_isRefused() {
        assertRefused(server.post("/subjects/s", "{"), 400, 400, "the body is not JSON");
        assertRefused(server.post("/subjects/s", "[]"), 400, 400, "the body is no JSON object");
        assertRefused(server.post("/subjects/s", ""), 422, 422, "the body of the request must not be null");
        assertRefused(server.post("/subjects/s", "null"), 422, 422, "the body of the request must not be null");
    }

    @Test
    void trailingSlash_isTolerated() {
        assertAnswer(server.get("/subjects/"), "[]");
    }

    @Test
    void answers_carryConsistencyTokens() {
        HttpResponse<String> answer = server.get("/subjects");

        assertThat(answer.headers().firstValue("Registry-Consistency-Token")).isPresent();
    }

    @Test
    void root_isAlive() {
        assertAnswer(server.get("/"), "{}");
        assertAnswer(server.post("/", ""), "{}");
    }

    @Test
    void metadata_tellsTheServer() {
        assertAnswer(
                server.get("/v1/metadata/id"),
                "{\"scope\":{\"path\":[],\"clusters\":{\"kafka-cluster\":\"llm-schema-registry\",\"schema-registry-cluster\":\"schema-registry\"}},\"id\":\"\"}");
        assertAnswer(
                server.get("/v1/metadata/version"), "{\"version\":\"7.9.0\",\"commitId\":\"llm-schema-registry\"}");
        assertAnswer(server.get("/v1/metadata/deployment"), "{\"attributes\":[\"llm-schema-registry\"]}");
    }

    @Test
    void associations_areNone_andWhatElseIsAbsentSaysSo() {
        assertAnswer(server.get("/associations/resources/-/orders?resourceType=topic"), "[]");
        assertRefused(server.get("/dek-registry/v1/keks"), 501, 501, "/dek-registry/v1/keks is not supported");
        assertRefused(server.post("/associations", "{}"), 501, 501, "/associations is not supported");
    }
}
