package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonContainmentTest {
    /** The examples of PostgreSQL's manual, section 8.14.3, and more of the kind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"foo\"               | \"foo\"            | true",
                "[1, 2, 3]             | [1, 3]             | true",
                "[1, 2, 3]             | [3, 1]             | true",
                "[1, 2, 3]             | [1, 2, 2]          | true",
                "{\"a\": 1, \"b\": 2}  | {\"b\": 2}         | true",
                "[1, 2, [1, 3]]        | [1, 3]             | false",
                "[1, 2, [1, 3]]        | [[1, 3]]           | true",
                "{\"foo\": {\"b\": 1}} | {\"b\": 1}         | false",
                "{\"foo\": {\"b\": 1}} | {\"foo\": {}}      | true",
                "[\"foo\", \"bar\"]    | \"bar\"            | true",
                "\"bar\"               | [\"bar\"]          | false",
                "{\"a\": [1, 2]}       | {\"a\": 1}         | false",
                "[[1]]                 | [1]                | false",
                "1                     | 1.0                | true",
                "100                   | 1e2                | true",
                "1                     | \"1\"              | false",
                "0.1                   | 0.10000000000000001| false",
                "{\"a\": null}         | {\"a\": null}      | true",
                "{}                    | {\"a\": null}      | false",
                "{\"a\": 1}            | []                 | false",
                "{\"a\": 1}            | {}                 | true",
                "[]                    | {}                 | false",
                "true                  | false              | false",
                "[{\"a\": 1, \"b\": 2}]| [{\"a\": 1}, {}]   | true"
            })
    void test_isThatOfPostgres(String whole, String part, boolean isContained) {
        assertThat(new JsonContainment().test(whole, part)).isEqualTo(isContained);
    }
}
