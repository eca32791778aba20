package io.llmschema.http.confluentapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parts of a schema a path stands for. */
class TagPathTest {
    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, a.bc, false",
        "a.b, a, false",
        "a.*, a.b, true",
        "a.*, a.b.c, false",
        "*.c, a.b.c, false",
        "**.c, a.b.c, true",
        "**.c, c, false",
        "**, a.b.c, true",
        "**c, c, true",
        "a.**.d, a.b.c.d, true",
        "a.**.d, a.d, false",
        "a.b*, a.b, true",
        "a.b*, a.bcd, true",
        "*.*, a.b, true",
        "a.?, a.b, true",
        "a?b, a.b, false",
        "a.?, a., false",
        "'', '', true",
        "'*', '', true"
    })
    void matches_asSaid(String path, String part, boolean isMatch) {
        assertThat(new TagPath(path).matches(part)).isEqualTo(isMatch);
    }
}
