package io.llmschema.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.json.JsonText.Malformed;
import io.llmschema.json.JsonText.WellFormed;
import io.llmschema.model.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static final int MAX_DEPTH = 256;

    /** The texts are written with {@code ^} for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,}                 | 1 |  8 | double-quote to start property name",
                "[1,]                       | 1 |  4 | expected a valid value",
                "{\"a\" 1}                  | 1 |  6 | expecting a colon",
                "^^  nul                    | 3 |  3 | nul",
                "[1 // one^]                | 1 |  4 | comment?",
                "{a:1}                      | 1 |  2 | double-quote",
                "['a']                      | 1 |  2 | code 39",
                "[NaN]                      | 1 |  5 | NaN",
                "[01]                       | 1 |  3 | Leading zeroes",
                "[.5]                       | 1 |  2 | expected",
                "[+1]                       | 1 |  3 | expected",
                "[1.]                       | 1 |  3 | Decimal point not followed by a digit",
                "{}^{}                      | 2 |  1 | more after the end",
                "1 2                        | 1 |  3 | more after the end",
                "{\"a\":{\"b\":1,^\"b\":2}} | 2 |  1 | 'b' occurs twice",
                "[1,^\"\\x\"]               | 2 |  3 | escape",
                "[1e1234567890]             | 1 |  2 | power of ten",
                "{\"a\":                    | 1 |  6 | end-of-input",
                "]                          | 1 |  1 | ]",
                "[\"ünï\",^ \"😀\", x]      | 2 |  7 | 'x'",
            })
    void parse_noJson_tellsPlaceAndReason(String text, int line, int column, String reason) {
        Violation violation = malformed(text.replace('^', '\n'));

        assertThat(violation.reason()).contains(reason);
        assertThat(violation.line() + ":" + violation.column()).isEqualTo(line + ":" + column);
    }

    @Test
    void parse_duplicateName_tellsThePointerOfItsObject() {
        assertThat(malformed("{\"x/y\":[0,{\"b\":1,\"b\":2}]}").pointer()).isEqualTo("/x~1y/1");
        assertThat(malformed("{\"a\":1,\"\\u0061\":2}").pointer()).isEmpty();
    }

    @Test
    void parse_atTheLimits_isWellFormed() {
        assertThat(parse("[".repeat(MAX_DEPTH) + "]".repeat(MAX_DEPTH))).isInstanceOf(WellFormed.class);
        assertThat(parse("9".repeat(JsonText.MAX_NUMBER_LENGTH))).isInstanceOf(WellFormed.class);
    }

    @Test
    void parse_beyondTheLimits_isMalformed() {
        assertThat(malformed("[".repeat(MAX_DEPTH + 1)).reason()).contains("deeper than 256");
        assertThat(malformed("[".repeat(MAX_DEPTH + 1)).column()).isEqualTo(MAX_DEPTH + 1);
        assertThat(malformed("[" + "0,".repeat(JsonText.MAX_VALUES) + "0]").reason())
                .contains("more than 1000000 values");
        assertThat(malformed("9".repeat(JsonText.MAX_NUMBER_LENGTH + 1)).reason())
                .contains("more than 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", " true ", "\"\"", "-0", "1E5", "\"\\ud800\"", "{\"\":{\"\":0}}"})
    void parse_json_isWellFormed(String text) {
        assertThat(parse(text)).isInstanceOf(WellFormed.class);
    }

    private static JsonText parse(String text) {
        return JsonText.parse(text, MAX_DEPTH);
    }

    private static Violation malformed(String text) {
        return switch (parse(text)) {
            case WellFormed(var root) -> throw new AssertionError("well-formed: " + root);
            case Malformed(Violation violation) -> violation;
        };
    }
}
