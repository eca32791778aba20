package io.llmschema.systemtests.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the kit say what they are meant to say, and mistakes in them are found when they are read. */
class KitReaderTest {
    private static final int MIN_CASES = 300;

    private static Scenario scenario(String text) {
        return KitReader.read("9-test.txt", text).scenarios().getFirst();
    }

    @Test
    void file_isReadAsItStands() {
        Section section = KitReader.read("9-test.txt", """
                # A comment.
                json order =
                  {"type": "record",
                   "name": "Order~"}
                text message = syntax = "proto3";

                    message M {
                    }

                Scenario: one
                restore /mode
                POST /a?b=c @8.0+
                Accept: text/plain
                {"schema": <order>}
                => 200 @<8.2
                Content-Type: application/json
                {"id": <id:int>,
                 ...}
                => 204 empty

                Scenario: two
                GET /b
                => 404 40401 "No \\"b\\"."
                """);

        assertThat(section.name()).isEqualTo("9-test");
        Scenario one = section.scenarios().getFirst();
        assertThat(one.place()).isEqualTo("9-test.txt:10");
        assertThat(one.texts())
                .containsEntry("order", "{\"type\":\"record\",\"name\":\"Order~\"}")
                .containsEntry("message", "syntax = \"proto3\";\n\nmessage M {\n}\n");
        assertThat(one.restored()).containsExactly("/mode");
        Step step = one.steps().getFirst();
        assertThat(step.request().headers()).containsEntry("Accept", "text/plain");
        assertThat(step.levels().contain(Level.parse("7.9"))).isFalse();
        assertThat(step.expectations()).hasSize(2);
        assertThat(step.expectations().getFirst().headers()).containsEntry("Content-Type", "application/json");
        assertThat(section.scenarios().getLast().name()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a",
                "Scenario: one\nGET /a\n\nGET /b\n=> 200",
                "Scenario: one\nGET /a\n=> 200 {\"a\": }",
                "Scenario: one\nGET /a\n=> 200 {\"a\": <no kind>}",
                "Scenario: one\nGET /a\n=> 200 {\"a\": <id:colour>}",
                "Scenario: one\nGET /a\n=> 200 @8.0 {}",
                "Scenario: one\nPOST /a\n{\"a\"\n=> 200",
                "Scenario: one\n=> 200",
                "this is nothing",
                "json a = {\njson a = 1",
                "text a = b\ntext a = c"
            })
    void mistake_isToldWithItsPlace(String text) {
        assertThatThrownBy(() -> KitReader.read("9-test.txt", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9-test.txt:");
    }

    @Test
    void step_withoutAnExpectationForTheLevel_isNoCase() {
        Scenario scenario = scenario("Scenario: one\nGET /a @8.0+\n=> 200\nGET /b\n=> 200 @<8.0");

        assertThat(scenario.cases(Level.parse("7.9"))).isEqualTo(1);
        assertThat(scenario.cases(Level.parse("8.0"))).isEqualTo(1);
    }

    @Test
    void kit_hasNoMistakes() {
        List<Section> sections = ConfluentKit.sections();

        assertThat(sections).isNotEmpty();
        assertThat(sections.stream()
                        .flatMap(section -> section.scenarios().stream())
                        .mapToInt(scenario -> scenario.cases(Level.DEFAULT))
                        .sum())
                .isGreaterThan(MIN_CASES);
        for (Section section : sections) {
            assertThat(section.scenarios().stream().map(Scenario::name))
                    .as(section.name())
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }
}
