package io.llmschema.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.json.JsonText.Malformed;
import io.llmschema.json.JsonText.WellFormed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                       | 1",
                "1.0                     | 1",
                "1.00                    | 1",
                "1e0                     | 1",
                "10E-1                   | 1",
                "-0                      | 0",
                "-0.0e5                  | 0",
                "0e99999999999999        | 0",
                "1e2                     | 100",
                "0.5                     | 0.5",
                "5e-1                    | 0.5",
                "0.000001                | 0.000001",
                "0.00000001              | 1e-8",
                "1e20                    | 100000000000000000000",
                "1e21                    | 1e+21",
                "1000000000000000000000  | 1e+21",
                "1234567890123456789012  | 1.234567890123456789012e+21",
                "-25e-10                 | -2.5e-9",
                "9223372036854775807     | 9223372036854775807",
                "9223372036854775808     | 9223372036854775808",
                "-9223372036854775809.0  | -9223372036854775809",
                "0.1000000000000000055511151231257827 | 0.1000000000000000055511151231257827",
                "1e1000000               | 1e+1000000",
                "1e+0001000000           | 1e+1000000",
                "1e-999999999            | 1e-999999999",
                "0.001e999999999         | 1e+999999996",
            })
    void ordered_number_hasOneSpelling(String text, String expected) {
        assertThat(CanonicalJson.ordered(parse(text))).isEqualTo(expected);
    }

    @Test
    void ordered_string_escapesWhatItMust() {
        assertThat(CanonicalJson.ordered(parse("\"\\u0041\\/\\u00e9\\ud83d\\ude00\\u2028\"")))
                .isEqualTo("\"A/é😀\u2028\"");
        assertThat(CanonicalJson.ordered(parse("\"\\u000a\\u0001\\\"\\\\\\u007f\"")))
                .isEqualTo("\"\\n\\u0001\\\"\\\\\u007f\"");
        assertThat(CanonicalJson.ordered(parse("\"\\uD800x\\uDC00\""))).isEqualTo("\"\\ud800x\\udc00\"");
    }

    @Test
    void ordered_object_keepsTheOrderOfNames() {
        assertThat(CanonicalJson.ordered(parse("{ \"b\" : [ 2, 1 ] , \"a\" : { } }")))
                .isEqualTo("{\"b\":[2,1],\"a\":{}}");
    }

    @Test
    void sorted_object_sortsNamesByUtf16CodeUnits() {
        String text = "{\"\\ufb33\":1,\"😀\":2,\"b\":{\"d\":[2,1],\"c\":null},\"\":true}";

        assertThat(CanonicalJson.sorted(parse(text)))
                .isEqualTo("{\"\":true,\"b\":{\"c\":null,\"d\":[2,1]},\"😀\":2,\"\ufb33\":1}");
    }

    @Test
    void sorted_orderlessArrays_sortsTheirElements() {
        JsonNode root = parse("[\"b\",{\"y\":1,\"x\":[3,2]},10,\"a\",9]");

        assertThat(CanonicalJson.sorted(root, node -> node.size() == 5))
                .isEqualTo("[\"a\",\"b\",10,9,{\"x\":[3,2],\"y\":1}]");
        assertThat(CanonicalJson.sorted(root, node -> node.size() == 2))
                .isEqualTo("[\"b\",{\"x\":[2,3],\"y\":1},10,\"a\",9]");
    }

    private static JsonNode parse(String text) {
        return switch (JsonText.parse(text, 10)) {
            case WellFormed(JsonNode root) -> root;
            case Malformed(var violation) -> throw new AssertionError(violation);
        };
    }
}
