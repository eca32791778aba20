package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.model.SchemaContent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as no more than words when a schema is held against the one before. */
class WordlessFormTest {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    private Optional<String> wordless(String schema) {
        return format.parse(SchemaContent.of(schema), List.of()) instanceof Parsed parsed
                ? parsed.schema().wordlessForm()
                : Optional.of("no schema");
    }

    @Test
    void wordsOfSchemas_areLeftOut() {
        String schema = """
                {"title": "%s", "description": "%s", "properties": {"title": {"$comment": "%s"}}, "default": {"title": "kept"}}""";

        assertThat(wordless(schema.formatted("a", "b", "c")))
                .isEqualTo(wordless(schema.formatted("d", "", "f")))
                .contains("""
                        {"title":"","description":"","properties":{"title":{"$comment":""}},"default":{"title":"kept"}}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Data, and names of properties.
                """
                {"const": {"title": "%s"}}""",
                """
                {"properties": {"%s": {}}}""",
                """
                {"examples": ["%s"]}""",
                """
                {"x-words": {"title": "%s"}}""",
                """
                {"$defs": {"%s": {}}, "title": "x"}""",
                // What stands in a place of both: a schema to one reference, data to what stands around it.
                """
                {"const": {"title": "%s"}, "$ref": "#/const"}""",
                """
                {"$ref": "#/properties", "properties": {"const": {"title": "%s"}}}""",
                """
                {"$ref": "#/x", "x": {"enum": [{"title": "%s"}], "items": {"$ref": "#/x/enum/0"}}}"""
            })
    void whatIsNoWord_isNotLeftOut(String schema) {
        Optional<String> one = wordless(schema.formatted("one"));
        Optional<String> other = wordless(schema.formatted("other"));

        assertThat(one.isPresent() && one.equals(other)).isFalse();
    }

    @Test
    void orderOfNames_isKept() {
        assertThat(wordless("{\"title\": \"a\", \"type\": \"object\"}"))
                .isNotEqualTo(wordless("{\"type\": \"object\", \"title\": \"a\"}"));
    }

    @Test
    void moreWordsThanAreListed_haveNone() {
        String properties = IntStream.range(0, 1_000)
                .mapToObj("\"p%d\": {\"title\": \"a\"}"::formatted)
                .collect(Collectors.joining(","));

        assertThat(wordless("{\"properties\": {" + properties + "}}")).isEmpty();
    }
}
