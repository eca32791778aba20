package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.Violation;
import io.llmschema.testkit.SchemaFormatContract;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaFormatTest extends SchemaFormatContract {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    @Override
    protected SchemaFormat format() {
        return format;
    }

    @Override
    protected List<String> validSchemas() {
        return ValidSchemas.ALL;
    }

    @Override
    protected List<String> sameMeaning() {
        return List.of(
                "{\"type\":\"object\",\"properties\":{\"é\":{\"multipleOf\":0.50,\"maximum\":1e2,\"enum\":[1.0,-0]}}}",
                """
                { "type" : "object",
                  "properties": { "\\u00e9": { "multipleOf": 5E-1, "maximum": 100.00, "enum": [1, 0] } } }
                """);
    }

    @Override
    protected List<String> sameMeaningReordered() {
        return List.of(
                "{\"type\":[\"object\",\"null\"],\"required\":[\"b\",\"a\"],\"enum\":[{\"x\":1,\"y\":2},null],"
                        + "\"dependentRequired\":{\"a\":[\"c\",\"b\"]},\"dependencies\":{\"a\":[\"e\",\"d\"]}}",
                "{\"dependencies\":{\"a\":[\"d\",\"e\"]},\"dependentRequired\":{\"a\":[\"b\",\"c\"]},"
                        + "\"enum\":[null,{\"y\":2,\"x\":1}],\"required\":[\"a\",\"b\"],\"type\":[\"null\",\"object\"]}");
    }

    @Override
    protected String nested(int depth) {
        return "{\"not\":".repeat(depth) + "true" + "}".repeat(depth);
    }

    @Test
    void unorderedForm_dataKeepsTheOrderOfItsArrays() {
        ParsedSchema parsed =
                accepted("{\"default\":{\"required\":[\"b\",\"a\"]},\"properties\":{\"enum\":{\"const\":[2,1]}}}");

        assertThat(parsed.unorderedForm()).contains("[\"b\",\"a\"]").contains("[2,1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000", "1E-999999999", "123456789e99999999"})
    void parse_hugeExponent_isNeverWrittenOut(String number) {
        ParsedSchema parsed = accepted("{\"maximum\":" + number + ",\"maxLength\":0e" + "9".repeat(500) + "}");

        assertThat(parsed.canonicalForm()).hasSizeLessThan(70).endsWith("\"maxLength\":0}");
        accepted("{\"multipleOf\":1e-1000000,\"maxLength\":1e1000000,\"enum\":[1e1000000,10e999999]}");
        assertThat(rejected("{\"maxLength\":1e-1000000}")).hasSize(1);
    }

    @Test
    void outline_hasTheWordsOfASchema() {
        SchemaOutline outline = accepted("""
            {"$schema": "http://json-schema.org/draft-07/schema#", "description": "outer",
             "properties": {"home": {"$ref": "#/definitions/address", "title": "Home"}, "kind": {"enum": ["a", 1, "b"]}},
             "definitions": {"address": {"title": "Address", "properties": {"street": {"title": "Street",
                "description": "inner", "default": {"title": "data"}, "examples": [{"description": "data"}]}}}},
             "title": "Person"}
            """).outline();

        assertThat(outline.titles()).containsExactly("Person", "Home", "Address", "Street");
        assertThat(outline.descriptions()).containsExactly("outer", "inner");
        assertThat(outline.fieldNames()).containsExactly("home", "kind", "address", "a", "b", "street");
    }

    @Test
    void outline_ofAManyWords_isBounded() {
        String properties = IntStream.range(0, 50_000)
                .mapToObj(i -> "\"p" + i + "\":{\"title\":\"t" + i + "\"}")
                .collect(Collectors.joining(","));

        SchemaOutline outline =
                accepted("{\"properties\":{" + properties + "}}").outline();

        assertThat(outline.titles().size() + outline.fieldNames().size()).isEqualTo(Outline.MAX_ENTRIES);
    }

    @Test
    void parse_manyViolations_tellsTheFirstOnesInTheOrderOfTheText() {
        String elements = "{\"$ref\":\"#/nowhere\"},".repeat(5) + "{\"type\":1},".repeat(100_000) + "true";

        List<Violation> violations = rejected("{\"allOf\":[" + elements + "]}");

        assertThat(violations).hasSizeLessThanOrEqualTo(SchemaFormat.MAX_VIOLATIONS);
        assertThat(violations).extracting(Violation::column).isSorted();
    }

    @Test
    void parse_chainOfReferencesWithoutEnd_isReadWithoutRecursion() {
        String chain = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"d" + i + "\":{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}")
                .collect(Collectors.joining(","));

        accepted("{\"$defs\":{" + chain + ",\"d100000\":true}}");
        assertThat(rejected("{\"$defs\":{" + chain + ",\"d100000\":{\"$ref\":\"#/$defs/d0\"}}}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.reason()).contains("circular"));
    }

    @Test
    void parse_longIdentifiers_areBounded() {
        String id = "http://example.com/" + "x".repeat(5_000) + "/";

        assertThat(rejected("{\"$id\":\"" + id + "\"}").getFirst().reason()).contains("more than 2000 characters");
        String parts = IntStream.range(0, 10_001)
                .mapToObj(i -> "{\"$id\":\"" + i + "\"}")
                .collect(Collectors.joining(","));
        assertThat(rejected("{\"allOf\":[" + parts + "]}").getFirst().reason()).contains("more than 10000 parts");
    }

    @Test
    void parse_mistakesBeneathALongName_tellWhatIsAroundIt() {
        String text = "{\"properties\":{\"" + "x".repeat(1_000_000) + "\":{\"type\":1}}}";

        assertThat(rejected(text)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/properties");
            assertThat(violation.reason()).contains("not a number");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "((((((((((a*)*)*)*)*)*)*)*)*)*)*b",
                "(?=(a+))a*b\\1",
                "[^]",
                "\\/\\-\\_",
                "\\d\\p{L}",
                "^[\\w-.]+$",
                "a{,5}",
                "{x}",
                "a]b",
                "(?<year>\\d{4})",
                "(?i)abc",
                "(?P<n>a)",
                "[]",
                "(?:)",
                "x*?y+?",
                "^*",
                "\\u{1F600}",
                "[a-z&&[^b]]",
                "(?<!a)b(?!c)",
                "a{2}{3}",
                "[\\]]",
                "[[]",
                "",
                "|",
                "()",
                "\\cA",
                "[--/]",
                "x++",
                "😀-[😀-😂]"
            })
    void parse_pattern_isAcceptedWhenSomeDialectReadsIt(String pattern) {
        String quoted = "\"" + pattern.replace("\\", "\\\\") + "\"";

        accepted("{\"pattern\":" + quoted + ",\"patternProperties\":{" + quoted + ":true}}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "(,not closed",
                "a),closes nothing",
                "[a,not closed",
                "[^],-",
                "a\\,backslash",
                "*,nothing to repeat",
                "(+a),nothing to repeat",
                "a|?,nothing to repeat",
                "a**,nothing to repeat",
                "[z-a],goes backwards",
                "a{3;2},goes backwards",
                "(?:*),nothing to repeat",
                "[😂-😀],goes backwards",
                "^(\\.[^x]+$,not closed"
            })
    void parse_pattern_isRejectedWhenNoDialectReadsIt(String pattern, String reason) {
        String quoted = "\"" + pattern.replace(';', ',').replace("\\", "\\\\") + "\"";

        if (reason.equals("-")) {
            accepted("{\"pattern\":" + quoted + "}");
            return;
        }
        assertThat(rejected("{\"pattern\":" + quoted + "}")).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/pattern");
            assertThat(violation.reason()).contains(reason);
        });
    }

    @Test
    void parse_hostilePatterns_areOnlyLookedAt() {
        accepted("{\"pattern\":\"" + "(".repeat(1_000_000) + ")".repeat(1_000_000) + "\"}");
        accepted("{\"pattern\":\"" + "(x+x+)+".repeat(100_000) + "y\"}");
    }
}
