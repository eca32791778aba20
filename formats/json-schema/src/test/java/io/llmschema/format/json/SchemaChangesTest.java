package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangesTest {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    private List<SchemaChange> changes(String before, String after) {
        return format.changes(source(before), source(after));
    }

    private static SchemaSource source(String schema) {
        return new SchemaSource(SchemaContent.of(schema.replace('\'', '"')), List.of());
    }

    private static String told(SchemaChange change) {
        String path = change.beforePath().equals(change.afterPath())
                ? change.beforePath()
                : change.beforePath() + " → " + change.afterPath();
        return change.kind() + " " + change.nature() + " " + path;
    }

    /** Before, after, and every change. */
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'minimum': 1}                                 | { 'minimum' : 1.0 }                             | ``
            {'properties': {'a': {'type': 'string'}}}      | {'properties': {'a': {'type': 'integer'}}}      | CHANGED MEANING /properties/a/type
            {'properties': {}}                             | {'properties': {'x': {'type': 'string'}}}       | ADDED MEANING /properties/x
            {'properties': {'x': {'title': 'X'}}}          | {'properties': {}}                              | REMOVED MEANING /properties/x
            {'title': 'A', 'description': 'b'}             | {'title': 'B', '$comment': 'c'}                 | CHANGED WORDS /title, REMOVED WORDS /description, ADDED WORDS /$comment
            {'properties': {'title': {'minimum': 1}}}      | {'properties': {'title': {'minimum': 2}}}       | CHANGED MEANING /properties/title/minimum
            {'properties': {'deprecated': true}}           | {'properties': {'deprecated': false}}           | CHANGED MEANING /properties/deprecated
            {'examples': [1, 2]}                           | {'examples': [2]}                               | CHANGED WORDS /examples
            {'default': 1}                                 | {'default': 2}                                  | CHANGED MEANING /default
            {'const': {'title': 'a'}}                      | {'const': {'title': 'b'}}                       | CHANGED MEANING /const
            {'x-unit': 'm'}                                | {'x-unit': 'km'}                                | CHANGED MEANING /x-unit
            {'x-a': {'b': 1, 'c': 2}}                      | {'x-a': {'b': 1, 'c': 3}}                       | CHANGED MEANING /x-a/c
            {'x-t': {'a': {'title': 'b'}}, '$ref': '#/x-t/a'} | {'x-t': {'a': {'title': 'c'}}, '$ref': '#/x-t/a'} | CHANGED WORDS /x-t/a/title
            {'examples': [{'minimum': 1}], 'items': {'$ref': '#/examples/0'}} | {'examples': [{'minimum': 2}], 'items': {'$ref': '#/examples/0'}} | CHANGED MEANING /examples
            {'properties': {'a': true, 'b': true}}         | {'properties': {'b': true, 'a': true}}          | REORDERED ORDER /properties
            {'required': ['a', 'b']}                       | {'required': ['b', 'a']}                        | REORDERED ORDER /required
            {'required': ['a', 'b']}                       | {'required': ['b', 'c', 'a']}                   | REORDERED ORDER /required, ADDED MEANING /required/1
            {'type': ['string', 'null']}                   | {'type': ['null', 'string']}                    | REORDERED ORDER /type
            {'type': 'string'}                             | {'type': ['string']}                            | CHANGED MEANING /type
            {'enum': ['a', 'b']}                           | {'enum': ['a', 'c']}                            | REMOVED MEANING /enum/1, ADDED MEANING /enum/1
            {'enum': [{'a': 1, 'b': 2}]}                   | {'enum': [{'b': 2, 'a': 1}]}                    | REORDERED ORDER /enum/0
            {'dependentRequired': {'a': ['b', 'c']}}       | {'dependentRequired': {'a': ['c', 'b']}}        | REORDERED ORDER /dependentRequired/a
            {'const': {'a': 1, 'b': 2}}                    | {'const': {'b': 2, 'a': 1}}                     | REORDERED ORDER /const
            {'anyOf': [{'type': 'null'}, {'minimum': 1}]}  | {'anyOf': [{'title': 'new'}, {'type': 'null'}, {'minimum': 1}]} | ADDED MEANING /anyOf/0
            {'anyOf': [{'type': 'null'}, {'minimum': 1}]}  | {'anyOf': [{'minimum': 1}]}                     | REMOVED MEANING /anyOf/0
            {'anyOf': [{'type': 'null'}, {'minimum': 1}]}  | {'anyOf': [{'minimum': 1}, {'type': 'null'}]}   | REORDERED MEANING /anyOf
            {'anyOf': [{'type': 'null'}, {'minimum': 1}]}  | {'anyOf': [{'type': 'null'}, {'minimum': 2}]}   | CHANGED MEANING /anyOf/1/minimum
            {'allOf': [{'minimum': 1, 'maximum': 2}]}      | {'allOf': [{'maximum': 2, 'minimum': 1}]}       | REORDERED ORDER /allOf/0
            {'allOf': [{'minimum': 1}, {'maxLength': 1}]}  | {'allOf': [{'maximum': 9}, {'minimum': 1}, {'maxLength': 2}]} | ADDED MEANING /allOf/0, CHANGED MEANING /allOf/1/maxLength → /allOf/2/maxLength
            {'$schema': 'http://json-schema.org/draft-06/schema#', 'title': 'a'} | {'$schema': 'http://json-schema.org/draft-07/schema#', 'title': 'b'} | CHANGED MEANING /$schema, CHANGED MEANING /title
            {'$id': 'https://a.example/'}                  | {'$id': 'https://b.example/'}                   | CHANGED MEANING /$id
            true                                           | false                                           | CHANGED MEANING ``
            {'items': true}                                | {'items': {'title': 'a'}}                       | CHANGED MEANING /items
            """)
    void changes_areToldAtTheSmallestPlaces(String before, String after, String changes) {
        assertThat(changes(before, after).stream().map(SchemaChangesTest::told).collect(Collectors.joining(", ")))
                .isEqualTo(changes == null ? "" : changes.replace("``", ""));
    }

    @Test
    void changes_tellWhatWasAndWhatIs() {
        assertThat(changes(
                        "{'properties': {'a': {'type': 'string'}, 'b': true}}",
                        "{'properties': {'b': true, 'a': {'type': 'null'}}}"))
                .containsExactly(
                        new SchemaChange(
                                SchemaChange.Kind.REORDERED,
                                SchemaChange.Nature.ORDER,
                                "/properties",
                                "/properties",
                                "a, b",
                                "b, a"),
                        new SchemaChange(
                                SchemaChange.Kind.CHANGED,
                                SchemaChange.Nature.MEANING,
                                "/properties/a/type",
                                "/properties/a/type",
                                "\"string\"",
                                "\"null\""));
    }

    @Test
    void changes_moreThanAreListed_keepsThoseThatMatter() {
        String before = objects(2_000, "{'title': 'a'}");
        String after = objects(2_000, "{'title': 'b'}")
                .replace("'p1999': {'title': 'b'}", "'p1999': {'title': 'a', 'minimum': 1}");

        List<SchemaChange> changes = changes(before, after);

        assertThat(changes).hasSize(SchemaChange.MAX_LISTED);
        assertThat(changes.getLast().afterPath()).isEqualTo("/properties/p1999/minimum");
    }

    private static String objects(int count, String schema) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'p" + i + "': " + schema)
                .collect(Collectors.joining(", ", "{'properties': {", "}}"));
    }

    @Test
    void changes_ofLargeArrays_takeNotLong() {
        String before = alternatives(0, 20_000);
        String after = alternatives(1, 20_001);

        assertThat(changes(before, after)).isNotEmpty();
        assertThat(changes(before, before)).isEmpty();
    }

    private static String alternatives(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'const': " + i + "}")
                .collect(Collectors.joining(", ", "{'anyOf': [", "]}"));
    }

    @Test
    void changes_ofDeepSchemas_areFound() {
        String deep = "{'items': ".repeat(200) + "{'minimum': %d}" + "}".repeat(200);

        assertThat(changes(deep.formatted(1), deep.formatted(2)))
                .extracting(SchemaChange::beforePath)
                .containsExactly("/items".repeat(200) + "/minimum");
    }
}
