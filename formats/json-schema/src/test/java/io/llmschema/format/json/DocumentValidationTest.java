package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentValidationTest {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    private DocumentReport validate(String schema, String document, ReferencedSchema... references) {
        return validator(schema, references)
                .validate(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8), DocumentForm.JSON);
    }

    private DocumentValidator validator(String schema, ReferencedSchema... references) {
        return format.validator(new SchemaSource(SchemaContent.of(schema.replace('\'', '"')), List.of(references)));
    }

    /** Schema, document, and of the only error the places and what it says. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'properties': {'age': {'type': 'integer'}}} | {'age': '12'} | /age | /properties/age/type | property 'age' must be an integer, but it is the string "12"; write it without quotes
            {'type': ['string', 'null']} | 5 | `` | /type | the document must be a string or null, but it is the number 5
            {'type': 'object'} | [1, 2] | `` | /type | the document must be an object, but it is an array of 2 items
            {'items': {'type': 'boolean'}} | [true, 'true'] | /1 | /items/type | item 1 must be a boolean, but it is the string "true"; write it without quotes
            {'properties': {'tags': {'items': {'type': 'string'}}}} | {'tags': [1]} | /tags/0 | /properties/tags/items/type | item 0 of 'tags' must be a string, but it is the number 1
            {'properties': {'color': {'enum': ['red', 'green']}}} | {'color': 'rde'} | /color | /properties/color/enum | property 'color' is "rde", which is not one of "red", "green"; did you mean "red"?
            {'enum': [1, null]} | 'x' | `` | /enum | the document is "x", which is not one of 1, null
            {'properties': {'v': {'const': {'a': 1}}}} | {'v': 2} | /v | /properties/v/const | property 'v' must be {"a": 1}, but it is the number 2
            {'required': ['name']} | {} | `` | /required | the required property 'name' is missing
            {'properties': {'a': {'required': ['userName']}}} | {'a': {'user_name': 1}} | /a | /properties/a/required | the required property 'userName' is missing in property 'a'; is it what is called 'user_name'?
            {'properties': {'name': true, 'age': true}, 'additionalProperties': false} | {'nmae': 1} | /nmae | /additionalProperties | the property 'nmae' is not allowed here; allowed are 'name', 'age'; did you mean 'name'?
            {'patternProperties': {'^x-': true}, 'additionalProperties': false} | {'y': 1} | /y | /additionalProperties | the property 'y' is not allowed here; allowed are names that match '^x-'
            {'additionalProperties': false} | {'y': 1} | /y | /additionalProperties | the property 'y' is not allowed here; the object must be empty
            {'properties': {'a': true}, 'unevaluatedProperties': false} | {'b': 1} | /b | /unevaluatedProperties | the property 'b' is not allowed here: no schema that applies names it
            {'properties': {'a': false}} | {'a': 1} | /a | /properties/a | property 'a' is not allowed here
            {'minimum': 3} | 2 | `` | /minimum | the document must be at least 3, but it is 2
            {'type': ['integer', 'number'], 'maximum': 1} | 1.5 | `` | /maximum | the document must be at most 1, but it is 1.5
            {'exclusiveMaximum': 3} | 3.0 | `` | /exclusiveMaximum | the document must be less than 3, but it is 3
            {'multipleOf': 0.5} | 0.3 | `` | /multipleOf | the document must be a multiple of 0.5, but it is 0.3
            {'minLength': 2} | 'é' | `` | /minLength | the document must have at least 2 characters, but the string "é" has 1
            {'maxLength': 1} | 'ab' | `` | /maxLength | the document must have at most 1 character, but the string "ab" has 2
            {'pattern': '^[0-9]+$'} | 'x' | `` | /pattern | the document must match the pattern '^[0-9]+$', but it is the string "x"
            {'format': 'date'} | 'soon' | `` | /format | the document must be of the format 'date', such as "2020-01-02", but it is the string "soon"
            {'minItems': 1} | [] | `` | /minItems | the document must have at least 1 item, but it has 0
            {'maxItems': 0} | [1] | `` | /maxItems | the document must have at most 0 items, but it has 1
            {'uniqueItems': true} | [1, 2, 1.0] | `` | /uniqueItems | the document must not have the same item twice, but items 0 and 2 are both 1
            {'minProperties': 2} | {'a': 1} | `` | /minProperties | the document must have at least 2 properties, but it has 1
            {'contains': {'type': 'null'}} | [1] | `` | /contains | the document must have at least 1 item that meets {"type": "null"}
            {'contains': {'type': 'null'}, 'maxContains': 1} | [null, null] | `` | /maxContains | the document must have at most 1 item that meets {"type": "null"}
            {'prefixItems': [true], 'items': false} | [1, 2] | /1 | /items | item 1 is not allowed here: the array has at most 1 item
            {'prefixItems': [true], 'unevaluatedItems': false} | [1, 2] | /1 | /unevaluatedItems | item 1 is not allowed here: the array has at most 1 item
            {'propertyNames': {'pattern': '^[a-z]+$'}} | {'A': 1} | /A | /propertyNames | the name "A" must match the pattern '^[a-z]+$', but it is the string "A"
            {'dependentRequired': {'a': ['b', 'c']}} | {'a': 1, 'c': 1} | `` | /dependentRequired | where the property 'a' is, 'b' is required too
            {'dependentSchemas': {'a': {'required': ['b']}}} | {'a': 1} | `` | /dependentSchemas/a/required | the required property 'b' is missing
            {'not': {'type': 'string'}} | 'x' | `` | /not | the document must not meet {"type": "string"}, but it does: it is the string "x"
            {'if': {'required': ['a']}, 'then': {'required': ['b']}} | {'a': 1} | `` | /then/required | the required property 'b' is missing; this is wanted because the condition 'if' is met
            {'if': {'required': ['a']}, 'else': {'required': ['b']}} | {} | `` | /else/required | the required property 'b' is missing; this is wanted because the condition 'if' is not met
            {'$ref': '#/$defs/id', '$defs': {'id': {'type': 'integer'}}} | 'x' | `` | /$defs/id/type | the document must be an integer, but it is the string "x"
            {'anyOf': [{'type': 'string'}, {'type': 'null'}]} | 5 | `` | /anyOf | the document must be a string or null, but it is the number 5
            {'oneOf': [{'required': ['a']}, {'required': ['b']}]} | {'a': 1, 'b': 2} | `` | /oneOf | the document must meet exactly one of the 2 alternatives of /oneOf, but it meets several: /oneOf/0 and /oneOf/1
            {'properties': {'p': {'oneOf': [{'properties': {'kind': {'const': 'card'}}}, {'properties': {'kind': {'const': 'cash'}}}]}}} | {'p': {'kind': 'crad'}} | /p/kind | /properties/p/oneOf | property 'kind' is "crad", which is not one of "card", "cash"; did you mean "card"?
            """)
    void validate_oneMistake_isToldWithItsPlacesAndWhatWouldBeRight(
            String schema, String document, String instancePath, String schemaPath, String message) {
        DocumentReport report = validate(schema, document);

        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.instancePath()).isEqualTo(instancePath);
            assertThat(error.schemaPath()).isEqualTo(schemaPath);
        });
    }

    @Test
    void validate_alternatives_tellsTheOneThatIsMeantByItsKind() {
        String schema = """
                {'oneOf': [{'title': 'Sepa', 'properties': {'kind': {'const': 'sepa'}, 'iban': {'type': 'string'}}, 'required': ['kind', 'iban']},
                           {'title': 'Card', 'properties': {'kind': {'const': 'card'}, 'number': {'type': 'string'}, 'month': {'maximum': 12}}, 'required': ['kind', 'number', 'month']}]}
                """;

        DocumentReport report = validate(schema, "{'kind': 'card', 'number': 4111, 'month': 13}");

        assertThat(report.errors())
                .extracting(DocumentError::keyword, DocumentError::instancePath, DocumentError::schemaPath)
                .containsExactly(
                        tuple("oneOf", "", "/oneOf"),
                        tuple("type", "/number", "/oneOf/1/properties/number/type"),
                        tuple("maximum", "/month", "/oneOf/1/properties/month/maximum"));
        assertThat(report.errors().getFirst().message())
                .isEqualTo("the document meets none of the 2 alternatives of /oneOf; the nearest is /oneOf/1 ('Card'): "
                        + "property 'number' must be a string, but it is the number 4111 (and 1 more)");
    }

    @Test
    void validate_optionalObject_isNotMeasuredAgainstNull() {
        DocumentReport report = validate(
                "{'properties': {'a': {'anyOf': [{'$ref': '#/$defs/a'}, {'type': 'null'}]}}, '$defs': {'a': {'type': 'object', 'required': ['x', 'y', 'z']}}}",
                "{'a': {}}");

        assertThat(report.errors())
                .extracting(DocumentError::schemaPath)
                .containsExactly("/properties/a/anyOf", "/$defs/a/required", "/$defs/a/required", "/$defs/a/required");
    }

    @Test
    void validate_manyMistakes_areAllFoundInTheOrderOfTheDocument() {
        DocumentReport report = validate(
                "{'properties': {'a': {'type': 'string'}, 'b': {'type': 'string', 'minLength': 3}, 'c': {'items': {'type': 'null'}}}, 'required': ['d']}",
                "{'c': [1, null, 2], 'b': 'x', 'a': 1}");

        assertThat(report.errors())
                .extracting(DocumentError::instancePath)
                .containsExactly("", "/c/0", "/c/2", "/b", "/a");
    }

    @Test
    void validate_moreErrorsThanAreListed_isCut() {
        DocumentReport report = validate("{'items': {'type': 'string'}}", "[" + "1,".repeat(10_000) + "1]");

        assertThat(report.errors()).hasSize(DocumentReport.MAX_ERRORS);
        assertThat(report.isCut()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'$schema': 'http://json-schema.org/draft-04/schema#', 'minimum': 3, 'exclusiveMinimum': true} | 3 | the document must be more than 3, but it is 3
            {'$schema': 'http://json-schema.org/draft-04/schema#', 'dependencies': {'a': ['b']}} | {'a': 1} | where the property 'a' is, 'b' is required too
            {'$schema': 'http://json-schema.org/draft-06/schema#', 'items': [{'const': 1}], 'additionalItems': false} | [1, 2] | item 1 is not allowed here: the array has at most 1 item
            {'$schema': 'http://json-schema.org/draft-07/schema#', '$ref': '#/definitions/a', 'type': 'null', 'definitions': {'a': {'type': 'string'}}} | 1 | the document must be a string, but it is the number 1
            {'$schema': 'https://json-schema.org/draft/2019-09/schema', 'properties': {'n': {'$recursiveRef': '#'}}, 'type': 'object'} | {'n': 1} | property 'n' must be an object, but it is the number 1
            {'$schema': 'https://json-schema.org/draft/2020-12/schema', '$dynamicAnchor': 'n', 'properties': {'n': {'$dynamicRef': '#n'}}, 'type': 'object'} | {'n': 1} | property 'n' must be an object, but it is the number 1
            {'$schema': 'https://json-schema.org/draft/2019-09/schema', 'format': 'email'} | "x" | the document must be of the format 'email', such as "a@example.com", but it is the string "x"
            """)
    void validate_eachDraft_isReadByItsOwnRules(String schema, String document, String message) {
        assertThat(validate(schema, document).errors())
                .extracting(DocumentError::message)
                .containsExactly(message);
    }

    @Test
    void validate_formatThatNoDraftDefines_isARemark() {
        assertThat(validate("{'format': 'phone'}", "'call me'").isValid()).isTrue();
        assertThat(validate("{'format': 'color'}", "'blurple'").isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAFT_04", "DRAFT_07", "DRAFT_2020_12"})
    void validate_everyKnownFormat_agreesWithWhatJudgementTakesForExamples(Draft draft) {
        for (String known : Formats.known()) {
            String schema = "{'$schema': '" + LibraryDialects.of(draft).getId() + "', 'format': '" + known + "'}";

            assertThat(validate(schema, "'" + Formats.example(known) + "'").errors())
                    .as(known)
                    .isEmpty();
            assertThat(validate(schema, "'\\u0000 <[%'").errors()).as(known).hasSize(1);
        }
    }

    @Test
    void validate_ruleInAReferredDocument_isToldByItsName() {
        ReferencedSchema address = new ReferencedSchema(
                "address.json",
                SchemaContent.of("{\"$defs\": {\"zip\": {\"type\": \"string\"}}, \"required\": [\"zip\"]}"));

        DocumentReport report = validate(
                "{'$id': 'https://example.com/person', 'properties': {'a': {'$ref': 'address.json'}, 'z': {'$ref': 'address.json#/$defs/zip'}}}",
                "{'a': {}, 'z': 1}",
                address);

        assertThat(report.errors())
                .extracting(DocumentError::schemaPath)
                .containsExactly("address.json#/required", "address.json#/$defs/zip/type");
    }

    @Test
    void validate_ruleInAPartWithAnIdentifier_isToldByItsPlaceInTheWhole() {
        DocumentReport report = validate(
                "{'$id': 'https://example.com/a', 'properties': {'x': {'$ref': 'b#here'}}, '$defs': {'b': {'$id': 'b', '$defs': {'c': {'$anchor': 'here', 'type': 'null'}}}}}",
                "{'x': 1}");

        assertThat(report.errors()).extracting(DocumentError::schemaPath).containsExactly("/$defs/b/$defs/c/type");
    }

    @Test
    void validate_referredDocumentInAnotherDraft_isReadByItsOwnRules() {
        ReferencedSchema old = new ReferencedSchema(
                "old.json",
                SchemaContent.of(
                        "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"minimum\": 1, \"exclusiveMinimum\": true}"));

        assertThat(validate("{'$ref': 'old.json'}", "1", old).errors()).hasSize(1);
    }

    @Test
    void validate_unknownDialect_isReadAsParsed() {
        ReferencedSchema own = new ReferencedSchema(
                "own.json", SchemaContent.of("{\"$schema\": \"https://example.com/own\", \"type\": \"string\"}"));

        assertThat(validate(
                                "{'$schema': 'https://example.com/mine', 'properties': {'a': {'$schema': 'x:y', '$ref': 'own.json'}}}",
                                "{'a': 1}",
                                own)
                        .errors())
                .hasSize(1);
    }

    @Test
    void validate_wordThatTheLibraryCannotRead_isARemark() {
        assertThat(validate("{'$schema': 'http://json-schema.org/draft-07/schema#', 'id': 'x', 'type': 'null'}", "null")
                        .isValid())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'a': 1            | line 1, column
            {'a': 1, 'a': 2}   | line 1, column 10: the name 'a' occurs twice in one object
            {'a': 1} x         | line 1, column
            1 2                | line 1, column 3: there is more after the end of the value
            NaN                | line 1, column
            1e9999999999       | line 1, column 1: the power of ten of a number has more than 9 digits
            """)
    void validate_noJson_isOneSyntaxErrorWithItsPlace(String document, String message) {
        assertThat(validate("{}", document).errors()).singleElement().satisfies(error -> {
            assertThat(error.keyword()).isEqualTo(DocumentError.SYNTAX);
            assertThat(error.instancePath()).isEmpty();
            assertThat(error.message()).startsWith(message);
        });
    }

    @Test
    void validate_malformedUtf8_isASyntaxErrorWithItsPlace() {
        byte[] document = {'[', '\n', '"', (byte) 0xC0, (byte) 0x80, '"', ']'};

        DocumentReport report = validator("true").validate(document, DocumentForm.JSON);

        assertThat(report.errors())
                .containsExactly(new DocumentError(
                        "", "", DocumentError.SYNTAX, "line 2, column 2: byte 0xC0 is not well-formed UTF-8"));
    }

    @Test
    void validate_textWithTheCharacterThatReplacesMalformedOnes_isAccepted() {
        assertThat(validate("{'type': 'string'}", "'\uFFFD'").isValid()).isTrue();
    }

    @Test
    void validate_depth_isBounded() {
        int depth = DocumentValidator.MAX_DEPTH;

        assertThat(validate("true", "[".repeat(depth) + "]".repeat(depth)).isValid())
                .isTrue();
        assertThat(validate("true", "[".repeat(depth + 1) + "]".repeat(depth + 1))
                        .errors())
                .extracting(DocumentError::keyword)
                .containsExactly(DocumentError.SYNTAX);
    }

    @Test
    void validate_otherForms_areRefused() {
        DocumentValidator validator = validator("true");
        byte[] document = "1".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> validator.validate(document, new DocumentForm(DataEncoding.BINARY, null)))
                .isInstanceOfSatisfying(
                        RegistryException.InvalidValue.class,
                        e -> assertThat(e.field()).isEqualTo("encoding"));
        assertThatThrownBy(() -> validator.validate(document, new DocumentForm(DataEncoding.JSON, "Person")))
                .isInstanceOfSatisfying(
                        RegistryException.InvalidValue.class,
                        e -> assertThat(e.field()).isEqualTo("message"));
    }

    @Test
    void validate_longValues_areCut() {
        DocumentReport report = validate(
                "{'enum': ['" + "y".repeat(50_000) + "', {'a': '" + "z".repeat(50_000) + "'}]}",
                "'" + "x".repeat(100_000) + "'");

        assertThat(report.errors().getFirst().message().length()).isLessThan(400);
    }

    @Test
    void validate_byManyThreadsAtOnce_answersEachAlike() {
        DocumentValidator validator = validator(
                "{'type': 'object', 'properties': {'n': {'$ref': '#'}, 'v': {'anyOf': [{'pattern': '^a'}, {'$ref': '#/$defs/x'}]}}, '$defs': {'x': {'const': 'x'}}}");
        byte[] document = "{\"n\": {\"n\": {\"v\": \"b\"}, \"v\": \"x\"}}".getBytes(StandardCharsets.UTF_8);

        List<DocumentReport> reports = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(_ -> validator.validate(document, DocumentForm.JSON))
                .distinct()
                .toList();

        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.errors())
                        .extracting(DocumentError::instancePath)
                        .containsExactly("/n/n/v", "/n/n/v"));
    }

    @Test
    void validate_deepDocument_fitsTheStackOfAVirtualThread() throws InterruptedException {
        DocumentValidator validator = validator(
                "{'allOf': [{'$ref': '#/$defs/n'}], '$defs': {'n': {'type': 'object', 'properties': {'n': {'allOf': [{'$ref': '#/$defs/n'}]}}}}}");
        int depth = DocumentValidator.MAX_DEPTH - 1;
        byte[] document = ("{\"n\":".repeat(depth) + "{}" + "}".repeat(depth)).getBytes(StandardCharsets.UTF_8);
        AtomicReference<DocumentReport> report = new AtomicReference<>();

        Thread.ofVirtual()
                .start(() -> report.set(validator.validate(document, DocumentForm.JSON)))
                .join();

        assertThat(report.get()).isEqualTo(DocumentReport.VALID);
    }
}
