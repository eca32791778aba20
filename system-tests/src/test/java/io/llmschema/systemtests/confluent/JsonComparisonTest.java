package io.llmschema.systemtests.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expectation admits, and what it does not. */
class JsonComparisonTest {
    private final Values values = new Values("_m", Map.of("order", "{\"name\":\"Order~\"}"));

    private List<String> differences(String expected, String got) {
        return JsonComparison.differences(KitJson.parse(expected), KitJson.parsePlain(got), values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": 1, "b": [1, 2]}         | {"b":[1,2],"a":1}
            <any>                         | null
            <int>                         | 12
            <string>                      | "x"
            <boolean>                     | false
            <array>                       | []
            <object>                      | {}
            <base64>                      | "aGVsbG8="
            <uuid>                        | "095d71cf-1255-6b9d-5e33-0ad575b3df5d"
            "a <any> c"                   | "a b\\nb c"
            "id <int>."                   | "id 12."
            "orders~"                     | "orders_m"
            {"orders~": 1}                | {"orders_m":1}
            <order>                       | "{\\"name\\":\\"Order_m\\"}"
            "<order>!"                    | "{\\"name\\":\\"Order_m\\"}!"
            {...}                         | {"a":1}
            {"a": 1, ...}                 | {"a":1,"b":2}
            [2, ...]                      | [1,2,3]
            [...]                         | []
            [<any order>, 1, 2]           | [2,1]
            [<any order>, {"a": 1, ...}]  | [{"a":1,"b":2}]
            """)
    void answer_likeTheExpectation_isAdmitted(String expected, String got) {
        assertThat(differences(expected, got)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": 1}                      | {"a":2}
            {"a": 1}                      | {"a":"1"}
            {"a": 1}                      | {}
            {}                            | {"a":1}
            {"a": 1, ...}                 | {"b":1}
            [1, 2]                        | [2,1]
            [1]                           | [1,2]
            [1, 2]                        | [1]
            [<any order>, 1, 2]           | [1,1]
            [<any order>, 1]              | [1,2]
            [3, ...]                      | [1,2]
            [1, 1, ...]                   | [1]
            <int>                         | "12"
            <int>                         | 1.5
            <string>                      | 12
            <boolean>                     | "true"
            <array>                       | {}
            <object>                      | []
            <base64>                      | "a b"
            <uuid>                        | "x"
            "a <any> c"                   | "a b"
            "a.c"                         | "abc"
            "id <int>."                   | "id x."
            "orders~"                     | "orders"
            <order>                       | "{}"
            null                          | 0
            """)
    void answer_unlikeTheExpectation_isNot(String expected, String got) {
        assertThat(differences(expected, got)).isNotEmpty();
    }

    @Test
    void difference_saysWhereItIs() {
        List<String> differences = differences("{\"a\": [{\"b\": <int>}]}", "{\"a\":[{\"b\":\"x\"}]}");

        assertThat(differences).containsExactly("/a/0/b is \"x\", expected <int>");
    }

    @Test
    void value_withAName_isKept() {
        assertThat(differences("{\"a\": <id:int>, \"b\": \"no <other:int>.\"}", "{\"a\":7,\"b\":\"no 8.\"}"))
                .isEmpty();

        assertThat(values.fill("/ids/<id>/<other>")).isEqualTo("/ids/7/8");
        assertThat(differences("[<id>, \"<id>\"]", "[7,\"7\"]")).isEmpty();
        assertThat(differences("<id>", "8")).isNotEmpty();
    }

    @Test
    void value_thatNobodyKnows_isRefused() {
        assertThatThrownBy(() -> differences("<unheard-of>", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unheard-of");
    }
}
