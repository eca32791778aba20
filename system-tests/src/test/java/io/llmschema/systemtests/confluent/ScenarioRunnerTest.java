package io.llmschema.systemtests.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runner lets pass what is as expected, and nothing else. */
class ScenarioRunnerTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final KitClient client = new KitClient(registry.url());

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private Outcome run(String scenario) {
        return run(Level.DEFAULT, scenario);
    }

    private Outcome run(Level level, String scenario) {
        Section section = KitReader.read("0-test.txt", scenario);
        return new ScenarioRunner(client, level).run(section.scenarios().getFirst());
    }

    private List<String> failures(String step) {
        return run("Scenario: one\n" + step).failures();
    }

    @Test
    void answer_asExpected_passes() {
        registry.answers("GET /a", 200, "{\"id\":7,\"name\":\"x\"}");

        Outcome outcome = run("Scenario: one\nGET /a\n=> 200 {\"id\": <int>, \"name\": \"x\"}");

        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isEqualTo(1);
        assertThat(outcome.passed()).isEqualTo(1);
    }

    @Test
    void answer_withAnotherStatus_fails() {
        registry.answers("GET /a", 201, "{}");

        assertThat(failures("GET /a\n=> 200")).singleElement().asString().contains("status is 201, expected 200");
    }

    @Test
    void answer_withAnotherValue_fails() {
        registry.answers("GET /a", 200, "{\"id\":7}");

        assertThat(failures("GET /a\n=> 200 {\"id\": 8}"))
                .singleElement()
                .asString()
                .contains("/id is 7, expected 8");
    }

    @Test
    void answer_withoutAField_fails() {
        registry.answers("GET /a", 200, "{}");

        assertThat(failures("GET /a\n=> 200 {\"id\": <any>, ...}"))
                .singleElement()
                .asString()
                .contains("/id is missing");
    }

    @Test
    void answer_withAFurtherField_fails_unlessOthersMayBe() {
        registry.answers("GET /a", 200, "{\"id\":7,\"guid\":\"g\"}");

        assertThat(failures("GET /a\n=> 200 {\"id\": 7}"))
                .singleElement()
                .asString()
                .contains("/guid is not expected");
        assertThat(failures("GET /a\n=> 200 {\"id\": 7, ...}")).isEmpty();
    }

    @Test
    void answer_ofAnotherType_fails() {
        registry.answers("GET /a", 200, "application/json", "{}");

        assertThat(failures("GET /a\n=> 200 {}")).singleElement().asString().contains("header Content-Type is");
        assertThat(failures("GET /a\n=> 200 {}\nContent-Type: application/json"))
                .isEmpty();
    }

    @Test
    void answer_thatIsNoJson_fails() {
        registry.answers("GET /a", 200, "<html>");

        assertThat(failures("GET /a\n=> 200 {}")).singleElement().asString().contains("is no JSON");
    }

    @Test
    void refusal_withAnotherCodeOrMessage_fails() {
        registry.answers("GET /a", 404, "{\"error_code\":40401,\"message\":\"Subject 'a' not found.\"}");

        assertThat(failures("GET /a\n=> 404 40401")).isEmpty();
        assertThat(failures("GET /a\n=> 404 40401 \"Subject '<any>' not found.\""))
                .isEmpty();
        assertThat(failures("GET /a\n=> 404 40402")).hasSize(1);
        assertThat(failures("GET /a\n=> 404 40401 \"Subject 'b' not found.\"")).hasSize(1);
    }

    @Test
    void emptyBody_withSomething_fails() {
        registry.answers("GET /a", 200, "{}").answers("GET /b", 204, "");

        assertThat(failures("GET /a\n=> 200 empty")).hasSize(1);
        assertThat(failures("GET /b\n=> 204 empty")).isEmpty();
    }

    @Test
    void text_thatIsNotThere_fails() {
        registry.answers("GET /a", 200, "abc");

        assertThat(failures("GET /a\n=> 200 text \"b\"")).isEmpty();
        assertThat(failures("GET /a\n=> 200 text \"d\"")).hasSize(1);
    }

    @Test
    void capturedValue_isSentAndComparedLater() {
        registry.answers("POST /a", 200, "{\"id\":7}").answers("GET /ids/7", 200, "{\"id\":7}");

        Outcome outcome = run("""
                Scenario: one
                POST /a
                {"x": 1}
                => 200 {"id": <id:int>}
                GET /ids/<id>
                => 200 {"id": <id>}""");

        assertThat(outcome.failures()).isEmpty();
        assertThat(registry.asked()).containsExactly("POST /a {\"x\":1}", "GET /ids/7");
    }

    @Test
    void valueThatNobodyHasCaptured_isAFailure_andTheScenarioGoesOn() {
        registry.answers("POST /a", 500, "{}").answers("GET /b", 200, "{}");

        Outcome outcome = run("""
                Scenario: one
                POST /a
                => 200 {"id": <id:int>}
                GET /ids/<id>
                => 200
                GET /b
                => 200""");

        assertThat(outcome.failures()).hasSize(2);
        assertThat(outcome.failures().getLast()).contains("line 4 was not sent", "<id>");
        assertThat(outcome.passed()).isEqualTo(1);
    }

    @Test
    void failure_showsLineRequestAndAnswer() {
        registry.answers("POST /a?b=c", 422, "{\"error_code\":1,\"message\":\"no\"}");

        Outcome outcome = run("Scenario: one\nPOST /a?b=c\n{\"x\": 1}\n=> 200 {\"id\": 1}");

        assertThat(outcome.toString())
                .contains(
                        "0-test.txt:1 one",
                        "line 2",
                        "POST /a?b=c {\"x\":1}",
                        "422 {\"error_code\":1",
                        "expected 200",
                        "/id is missing");
    }

    @Test
    void requestThatCannotBeMade_isAFailure() {
        registry.answers("POST /a", 200, "\"no part of an address\"");

        assertThat(failures("POST /a\n=> 200 <id:string>\nGET /ids/<id>\n=> 200"))
                .singleElement()
                .asString()
                .contains("line 4", "no answer");
    }

    @Test
    void names_areUniqueToEachRun() {
        String scenario = "Scenario: one\nGET /subjects/a~\n=> 404";

        run(scenario);
        run(scenario);

        assertThat(registry.asked())
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allMatch(asked -> asked.matches("GET /subjects/a_[a-z0-9_]+"));
    }

    @Test
    void expectations_areChosenByLevel() {
        registry.answers("GET /a", 200, "{\"v\":1}");
        String scenario = "Scenario: one\nGET /a\n=> 200 @<8.0 {\"v\": 1}\n=> 200 @8.2+ {\"v\": 2}";

        assertThat(run(Level.parse("7.9"), scenario).failures()).isEmpty();
        assertThat(run(Level.parse("8.2"), scenario).failures()).hasSize(1);
        assertThat(run(Level.parse("8.1"), scenario).cases()).isZero();
    }

    @Test
    void settingsOfTheServer_areRestored() {
        registry.answers("GET /config", 200, "{\"compatibilityLevel\":\"FULL\"}");

        Outcome same = run("Scenario: one\nrestore /config\nDELETE /config\n=> 404");

        assertThat(same.failures()).isEmpty();
        assertThat(registry.asked()).containsExactly("GET /config", "DELETE /config", "DELETE /config", "GET /config");
    }
}
