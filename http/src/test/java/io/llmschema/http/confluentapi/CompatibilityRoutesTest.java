package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.ConfluentServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.SubjectSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompatibilityRoutesTest {
    private static final String VERSIONS = "/compatibility/subjects/s/versions";
    private static final String COMPATIBLE = "{\"is_compatible\":true}";
    private static final String INCOMPATIBLE = "{\"is_compatible\":false}";

    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void check_withAllOrOneVersion_isYesOrNo() {
        server.register("s", "a");

        for (String path : new String[] {VERSIONS, VERSIONS + "/latest", VERSIONS + "/1"}) {
            assertAnswer(server.post(path, "{\"schema\":\"b\"}"), COMPATIBLE);
            assertAnswer(server.post(path, "{\"schema\":\"narrow\"}"), INCOMPATIBLE);
            assertAnswer(server.post(path, "{\"schema\":\"~worran\"}"), INCOMPATIBLE);
            assertAnswer(server.post(path, "{\"schema\":\"hard\"}"), INCOMPATIBLE);
        }
    }

    @Test
    void check_withNothing_isCompatible() {
        assertAnswer(server.post(VERSIONS, "{\"schema\":\"narrow\"}"), COMPATIBLE);
        assertAnswer(server.post(VERSIONS + "/latest", "{\"schema\":\"narrow\"}"), COMPATIBLE);
    }

    @Test
    void check_withAVersionThatIsNotThere_isRefused() {
        assertRefused(server.post(VERSIONS + "/7", "{\"schema\":\"a\"}"), 404, 40402, "Version 7 not found.");
        assertRefused(server.post(VERSIONS + "/x", "{\"schema\":\"a\"}"), 422, 42202, "The specified version 'x'");
    }

    @Test
    void check_verbose_saysWhy() {
        server.register("s", "a");

        String answer = server.post(VERSIONS + "?verbose=true", "{\"schema\":\"narrow\"}")
                .body();

        assertThat(json(answer).path("messages").valueStream().map(node -> node.stringValue()))
                .containsExactly(
                        "{errorType:'PROPERTY_BECAME_REQUIRED', description:'it is narrow; for example {}: no',"
                                + " additionalInfo:'at '/r' of the reader's schema, '/w' of the writer's'}",
                        "{oldSchemaVersion: 1}",
                        "{oldSchema: 'a'}",
                        "{validateFields: 'false', compatibility: 'BACKWARD'}");
        assertAnswer(server.post(VERSIONS + "?verbose=true", "{\"schema\":\"b\"}"), COMPATIBLE);
    }

    @Test
    void check_ofAnotherType_isIncompatible() {
        server.register("s", "a");

        assertAnswer(
                server.post(VERSIONS + "?verbose=true", "{\"schemaType\":\"JSON\",\"schema\":\"a\"}"),
                "{\"is_compatible\":false,\"messages\":[\"Incompatible because of different schema type\"]}");
    }

    @Test
    void check_ofWhatIsNoSchema_isRefused_orSaysSo() {
        assertRefused(server.post(VERSIONS, "{\"schema\":\"wrong\"}"), 422, 42201, "Invalid schema ");
        assertThat(server.post(VERSIONS + "?verbose=true", "{\"schema\":\"wrong\"}")
                        .body())
                .startsWith("{\"is_compatible\":false,\"messages\":[\"Invalid schema ");
    }

    @Test
    void check_whereNothingIsAsked_isCompatible() {
        server.register("s", "a");
        server.registry()
                .updateSettings(
                        ConfluentServer.subject("s"),
                        _ -> new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, null, null));

        assertAnswer(server.post(VERSIONS + "/1", "{\"schema\":\"narrow\"}"), COMPATIBLE);
    }
}
