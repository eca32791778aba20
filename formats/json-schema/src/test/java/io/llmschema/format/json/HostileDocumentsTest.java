package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas and documents made to take long: each has an answer in time. The bound is far above what is needed, for machines that do much else. */
class HostileDocumentsTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final JsonSchemaFormat format = new JsonSchemaFormat();

    private DocumentReport validate(String schema, String document) {
        SchemaContent content = SchemaContent.of(schema.replace('\'', '"'));
        assertThat(format.parse(content, List.of())).isInstanceOf(ParseOutcome.Parsed.class);
        byte[] bytes = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Assertions.assertTimeoutPreemptively(
                BOUND,
                () -> format.validator(new SchemaSource(content, List.of())).validate(bytes, DocumentForm.JSON));
    }

    private void assertTooMuch(String schema, String document) {
        assertThatThrownBy(() -> validate(schema, document)).isInstanceOf(RegistryException.TooMuchToValidate.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "^(a|aa)+$", "^(a|a)*b$", "(.*a){12}x", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void validate_expressionThatBacktracks_isDecidedAllTheSame(String pattern) {
        String document = "'" + "a".repeat(5_000) + "!'";

        DocumentReport report = validate("{'pattern': '" + pattern + "'}", document);

        assertThat(report.errors()).extracting(DocumentError::keyword).containsExactly("pattern");
    }

    @Test
    void validate_longTexts_areSearched() {
        String schema = "{'pattern': '^(a|b)*$'}";

        assertThat(validate(schema, "'" + "ab".repeat(100_000) + "'").isValid()).isTrue();
        assertThat(validate(schema, "'" + "ab".repeat(100_000) + "c'").isValid())
                .isFalse();
    }

    @Test
    void validate_expressionThatOnlyBacktrackingReads_isTooMuch() {
        assertTooMuch("{'pattern': '^(a+)+\\\\1b$'}", "'" + "a".repeat(60) + "!'");
    }

    @Test
    void validate_manySearchesForAnExpensiveExpression_areTooMuch() {
        assertTooMuch(
                "{'items': {'pattern': '^(a|a)*\\\\1b$'}}",
                "[" + "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',".repeat(20_000) + "1]");
    }

    @Test
    void validate_fanOfReferences_isTooMuch() {
        String definitions = IntStream.range(0, 40)
                .mapToObj(i -> "'d%d': {'allOf': [{'$ref': '#/$defs/d%d'}, {'$ref': '#/$defs/d%d'}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", "));

        assertTooMuch("{'$ref': '#/$defs/d0', '$defs': {" + definitions + ", 'd40': {'type': 'string'}}}", "'x'");
    }

    @Test
    void validate_fanOfAlternatives_isTooMuch() {
        String definitions = IntStream.range(0, 40)
                .mapToObj(i -> "'d%d': {'anyOf': [{'$ref': '#/$defs/d%d'}, {'$ref': '#/$defs/d%d'}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", "));

        assertTooMuch("{'$ref': '#/$defs/d0', '$defs': {" + definitions + ", 'd40': {'type': 'string'}}}", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anyOf", "oneOf"})
    void validate_manyAlternatives_haveOneNearest(String keyword) {
        String alternatives = IntStream.range(0, 10_000)
                .mapToObj(i -> "{'properties': {'kind': {'const': %d}}, 'required': ['kind', 'a%d']}".formatted(i, i))
                .collect(Collectors.joining(", "));
        String schema = "{'" + keyword + "': [" + alternatives + "]}";

        assertThat(validate(schema, "{'kind': 7777, 'a7777': 1}").isValid()).isTrue();
        assertThat(validate(schema, "{'kind': 7777, 'b7777': 1}").errors())
                .extracting(DocumentError::schemaPath)
                .containsExactly("/" + keyword, "/" + keyword + "/7777/required");
    }

    @Test
    void validate_manyAlternativesForManyItems_areTooMuch() {
        String alternatives = IntStream.range(0, 10_000)
                .mapToObj(i -> "{'const': 'c" + i + "'}")
                .collect(Collectors.joining(", "));

        assertTooMuch("{'items': {'anyOf': [" + alternatives + "]}}", "[" + "'c9999',".repeat(10_000) + "'c9999']");
    }

    @Test
    void validate_alternativesThatGoThroughALargeDocument_areTooMuch() {
        String alternatives = IntStream.range(0, 10_000)
                .mapToObj(i -> "{'uniqueItems': true, 'minItems': 1000000}")
                .collect(Collectors.joining(", "));

        assertTooMuch("{'anyOf': [" + alternatives + "]}", numbers(100_000));
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void validate_wideSchemaForManyObjects_isTooMuchOrInTime() {
        String properties = IntStream.range(0, 10_000)
                .mapToObj(i -> "'p" + i + "': {'type': 'string'}")
                .collect(Collectors.joining(", "));

        assertTooMuch("{'items': {'properties': {" + properties + "}}}", "[" + "{},".repeat(200_000) + "{}]");
    }

    @Test
    void validate_manyRequiredMissing_isCut() {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "'p" + i + "'").collect(Collectors.joining(", "));

        DocumentReport report =
                validate("{'items': {'required': [" + names + "]}}", "[" + "{},".repeat(100_000) + "{}]");

        assertThat(report.isValid()).isFalse();
        assertThat(report.isCut()).isTrue();
    }

    @Test
    void validate_manyErrorsThatDoNotCount_keepNoMemory() {
        String names = IntStream.range(0, 1_000).mapToObj(i -> "'p" + i + "'").collect(Collectors.joining(", "));

        assertTooMuch(
                "{'anyOf': [{'items': {'required': [" + names + "]}}, true]}", "[" + "{},".repeat(200_000) + "{}]");
    }

    @Test
    void validate_unevaluatedBehindManyAlternatives_isDecidedOrTooMuch() {
        assertThat(validate(unevaluated(2_000), "{'a': 1999}").isValid()).isTrue();
        assertTooMuch(unevaluated(20_000), "{'a': 0}");
    }

    private static String unevaluated(int count) {
        String alternatives = IntStream.range(0, count)
                .mapToObj(i -> "{'properties': {'a': {'minimum': %d}}}".formatted(i + 1))
                .collect(Collectors.joining(", "));
        return "{'anyOf': [" + alternatives + "], 'unevaluatedProperties': false}";
    }

    @Test
    void validate_deepRecursion_isDecided() {
        String schema =
                "{'$ref': '#/$defs/n', '$defs': {'n': {'type': 'object', 'properties': {'n': {'$ref': '#/$defs/n'}, 'v': {'type': 'null'}}}}}";
        int depth = DocumentValidator.MAX_DEPTH - 1;

        assertThat(validate(schema, "{'n':".repeat(depth) + "{'v': null}" + "}".repeat(depth))
                        .isValid())
                .isTrue();
        assertThat(validate(schema, "{'n':".repeat(depth) + "{'v': 1}" + "}".repeat(depth))
                        .errors())
                .extracting(DocumentError::instancePath)
                .containsExactly("/n".repeat(depth) + "/v");
    }

    @Test
    void validate_recursionThatAsksTwiceOfEachLevel_isTooMuch() {
        String schema = "{'properties': {'n': {'allOf': [{'$ref': '#'}, {'$ref': '#'}]}}}";

        assertTooMuch(schema, "{'n':".repeat(100) + "1" + "}".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "123456789.5e300000000"})
    void validate_hugeNumbers_areComparedAsTheyAre(String number) {
        for (String rule : List.of(
                "'maximum': 1",
                "'minimum': 1",
                "'type': 'integer', 'maximum': 5",
                "'type': 'integer', 'minimum': -5",
                "'multipleOf': 3",
                "'multipleOf': 1e-200",
                "'exclusiveMinimum': 0",
                "'type': 'integer', 'exclusiveMaximum': 0",
                "'const': 1",
                "'enum': [1, 1e999999999]",
                "'type': 'integer'",
                "'multipleOf': 1e999999999")) {
            DocumentReport report = validate("{" + rule + "}", number);

            assertThat(report.errors())
                    .allSatisfy(error -> assertThat(error.message().length()).isLessThan(400));
        }
        assertThat(validate("{'uniqueItems': true}", "[" + number + ", " + number + "]")
                        .isValid())
                .isFalse();
        assertThat(validate("{'type': 'integer', 'maximum': 5}", "1e999999999").isValid())
                .isFalse();
        assertThat(validate("{'type': 'integer', 'minimum': 5}", "-1e999999999").isValid())
                .isFalse();
    }

    @Test
    void validate_numberOfAMillionDigits_isASyntaxError() {
        assertThat(validate("true", "1".repeat(1_000_000)).errors())
                .extracting(DocumentError::message)
                .containsExactly("line 1, column 1000001: a number has more than 1000 characters");
    }

    @Test
    void validator_schemaThatUnfoldsToTooMuch_isRefused() {
        String filler = IntStream.range(0, 20_000)
                .mapToObj(i -> "'f" + i + "': {'type': 'null'}")
                .collect(Collectors.joining(", "));
        StringBuilder schema = new StringBuilder("{'$defs': {'a': ");
        int depth = 100;
        schema.append("{'$defs': {'a': ".repeat(depth))
                .append("{'properties': {")
                .append(filler)
                .append("}}");
        schema.append("}}".repeat(depth)).append("}, 'allOf': [");
        String pointer = "#";
        for (int i = 0; i < depth; i++) {
            pointer += "/$defs/a";
            schema.append(i == 0 ? "" : ", ")
                    .append("{'$ref': '")
                    .append(pointer)
                    .append("'}");
        }
        schema.append("]}");

        assertTooMuch(schema.toString(), "{}");
    }

    @Test
    void validate_longTextInManyAlternatives_isTooMuch() {
        String alternatives = IntStream.range(0, 10_000)
                .mapToObj(i -> "{'minLength': " + (10_000_000 + i) + "}")
                .collect(Collectors.joining(", "));

        assertTooMuch("{'anyOf': [" + alternatives + "]}", "'" + "x".repeat(1_000_000) + "'");
    }

    @Test
    void validate_longTextOfAFormat_isDecidedOrRefused() {
        for (String known : Formats.known()) {
            for (String text : List.of("/a", "a", "a.", "1", ":", "{a}", "(a+)+", "é")) {
                try {
                    validate("{'format': '" + known + "'}", "'" + text.repeat(100_000) + "'");
                } catch (RegistryException.TooMuchToValidate e) {
                    assertThat(e).hasMessageContaining("cannot be validated");
                }
            }
        }
    }
}
