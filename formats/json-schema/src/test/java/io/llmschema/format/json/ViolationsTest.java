package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of invalid schemas: the pointer, line and column of the first violation, and a part of its reason. */
class ViolationsTest {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    /** Written with {@code '} for a quotation mark and {@code ^} for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Of the text.
                "{'type':'string',}                          | -          | 1 | 18 | double-quote",
                "{'a':1,^'a':2}                              |            | 2 |  1 | 'a' occurs twice",
                "{'properties':{'p':{'x':1,'x':1}}}          | /properties/p | 1 | 27 | 'x' occurs twice",
                "{'maximum':NaN}                             | -          | 1 | 15 | NaN",
                "{'maximum':1e9999999999}                    | -          | 1 | 12 | power of ten",
                "{} {}                                       | -          | 1 |  4 | more after the end",
                "// hi^{}                                    | -          | 1 |  1 | comment",
                // Of the root.
                "[]                                          |            | 1 |  1 | an object or a boolean, not an"
                        + " array",
                "'string'                                    |            | 1 |  1 | not a string",
                "null                                        |            | 1 |  1 | not null",
                "12                                          |            | 1 |  1 | not a number",
            })
    void parse_notASchema(String text, String pointer, int line, int column, String reason) {
        assertViolation(text, pointer, line, column, reason);
    }

    /** Each for the draft that it names by number. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "04 | 'type':'strng'                   | /type              | 2 |  9 | 'strng' is no type",
                "04 | 'type':[]                        | /type              | 2 |  9 | at least one element",
                "04 | 'type':['null','null']           | /type/1            | 2 | 17 | twice",
                "04 | 'type':3                         | /type              | 2 |  9 | not a number",
                "04 | 'required':true                  | /required          | 2 | 13 | an array of names, not a"
                        + " boolean",
                "04 | 'required':[]                    | /required          | 2 | 13 | at least one element",
                "04 | 'enum':[1,2,1.0]                 | /enum/2            | 2 | 14 | twice",
                "04 | 'enum':[]                        | /enum              | 2 |  9 | at least one element",
                "04 | 'items':true                     | /items             | 2 | 10 | not a boolean",
                "04 | 'additionalItems':'no'           | /additionalItems   | 2 | 20 | a boolean or a schema",
                "04 | 'exclusiveMinimum':true          |                    | 1 |  1 | needs a 'minimum'",
                "04 | 'exclusiveMinimum':3,'minimum':1 | /exclusiveMinimum  | 2 | 21 | a boolean, not a number",
                "04 | 'id':{}                          | /id                | 2 |  7 | a string, not an object",
                "04 | 'properties':{'$ref':'#/x'}      | /properties/$ref   | 2 | 23 | a schema is an object, not a"
                        + " string",
                "04 | 'multipleOf':0                   | /multipleOf        | 2 | 15 | greater than 0",
                "06 | 'properties':{'a':^{'minLength':-1}} | /properties/a/minLength | 3 | 14 | not negative",
                "06 | 'maxItems':1.5                   | /maxItems          | 2 | 13 | whole number",
                "06 | 'examples':{}                    | /examples          | 2 | 13 | an array, not an object",
                "06 | 'patternProperties':{'(':{}}     | /patternProperties/( | 2 | 27 | a group is not closed",
                "06 | 'propertyNames':[]               | /propertyNames     | 2 | 18 | a schema is an object or a"
                        + " boolean, not an array",
                "06 | 'dependencies':{'a':'b'}         | /dependencies/a    | 2 | 22 | not a string",
                "06 | 'dependencies':{'a':['b',1]}     | /dependencies/a/1  | 2 | 27 | a string, not a number",
                "07 | 'if':null                        | /if                | 2 |  7 | not null",
                "07 | '$comment':1                     | /$comment          | 2 | 13 | a string",
                "07 | 'allOf':[]                       | /allOf             | 2 | 10 | at least one element",
                "07 | 'anyOf':{}                       | /anyOf             | 2 | 10 | an array of schemas",
                "07 | 'readOnly':'yes'                 | /readOnly          | 2 | 13 | a boolean",
                "07 | 'title':null                     | /title             | 2 | 10 | a string, not null",
                "07 | '$ref':1                         | /$ref              | 2 |  9 | a string",
                "19 | '$anchor':'1a'                   | /$anchor           | 2 | 12 | a letter",
                "19 | '$id':'x#y'                      | /$id               | 2 |  8 | no fragment",
                "19 | '$recursiveAnchor':'x'           | /$recursiveAnchor  | 2 | 21 | a boolean",
                "19 | '$vocabulary':{'u:x':1}          | /$vocabulary/u:x   | 2 | 23 | a boolean",
                "19 | 'dependentRequired':{'a':['b','b']} | /dependentRequired/a/1 | 2 | 32 | twice",
                "19 | 'minContains':-1                 | /minContains       | 2 | 16 | not negative",
                "20 | 'items':[{}]                     | /items             | 2 | 10 | not an array",
                "20 | 'prefixItems':{}                 | /prefixItems       | 2 | 16 | an array of schemas",
                "20 | '$dynamicAnchor':'#a'            | /$dynamicAnchor    | 2 | 19 | a letter",
                "20 | '$defs':{'a':{'type':'any'}}     | /$defs/a/type      | 2 | 23 | 'any' is no type",
                "20 | 'unevaluatedItems':3             | /unevaluatedItems  | 2 | 21 | not a number",
                "20 | '$defs':{'o':{'id':'o','$schema':'http://json-schema.org/draft-04/schema','items':true}} |"
                        + " /$defs/o/items | 2 | 84 | not a boolean",
                // References.
                "04 | '$ref':'#/definitions/x'         | /$ref              | 2 |  9 | there is no such place",
                "04 | 'items':{'$ref':'#foo'}          | /items/$ref        | 2 | 18 | '#foo'",
                "06 | 'not':{'$ref':'#/definitions'},'definitions':[] | /not/$ref | 2 | 16 | which is no schema but an"
                        + " array",
                "06 | 'not':{'$ref':'#/title'},'title':'t' | /not/$ref      | 2 | 16 | which is no schema but a string",
                "07 | 'not':{'$ref':'other.json'}      | /not/$ref          | 2 | 16 | 'other.json', which is neither"
                        + " in this document",
                "07 | 'not':{'$ref':'http://json-schema.org/draft-07/schema#/nope'} | /not/$ref | 2 | 16 | there is no"
                        + " such place",
                "07 | 'not':{'$ref':'#/x/y'},'x':{'y':{'type':'any'}} | /x/y/type | 2 | 42 | 'any' is no type",
                "07 | 'not':{'$ref':'#/allOf/01'},'allOf':[{},{}] | /not/$ref | 2 | 16 | there is no such place",
                "19 | '$recursiveRef':'#a'             | /$recursiveRef     | 2 | 18 | there is no such place",
                "20 | 'not':{'$dynamicRef':'#node'}    | /not/$dynamicRef   | 2 | 23 | there is no such place",
                "20 | '$id':'http://e.x/a/','$defs':{'b':{'$id':'b','$anchor':'c'}},'not':{'$ref':'#c'} | /not/$ref |"
                        + " 2 | 78 | '#c'",
                "07 | '$ref':'#'                       | /$ref              | 2 |  9 | circular",
                "07 | 'definitions':{'a':{'$ref':'#/definitions/b'},'b':{'$ref':'#/definitions/a'}} |"
                        + " /definitions/b/$ref | 2 | 60 | circular",
                "20 | 'allOf':[{'$ref':'#'}]           | /allOf/0/$ref      | 2 | 19 | circular",
            })
    void parse_invalid(String draft, String keywords, String pointer, int line, int column, String reason) {
        String name = switch (draft) {
            case "19", "20" ->
                "https://json-schema.org/draft/" + (draft.equals("19") ? "2019-09" : "2020-12") + "/schema";
            default -> "http://json-schema.org/draft-" + draft + "/schema#";
        };
        assertViolation("{'$schema':'" + name + "',^ " + keywords + "}", pointer, line, column, reason);
    }

    /** Where no draft is named, all are tried, and the newest speaks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$schema':'http://example.com/mine','type':'strng'}      | /type | 1 | 45 | 'strng'",
                "{'$schema':'http://json-schema.org/draft-03/schema#','properties':{'a':{'required':true}}} |"
                        + " /properties/a/required | 1 | 84 | not a boolean",
                "{'$schema':1}                                             | /$schema | 1 | 12 | a string",
            })
    void parse_invalidInEveryDraft(String text, String pointer, int line, int column, String reason) {
        assertViolation(text, pointer, line, column, reason);
    }

    @Test
    void parse_severalViolations_tellsThemInTheOrderOfTheText() {
        Rejected rejected = (Rejected)
                parse("{'properties':{'a':{'$ref':'#/x'},'b':{'type':'c','minLength':null},'d':{'pattern':'['}}}");

        assertThat(rejected.violations())
                .extracting(Violation::pointer)
                .containsExactly(
                        "/properties/a/$ref", "/properties/b/type", "/properties/b/minLength", "/properties/d/pattern");
    }

    private void assertViolation(String text, String pointer, int line, int column, String reason) {
        assertThat(parse(text)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            Violation first = rejected.violations().getFirst();
            assertThat(first.reason()).contains(reason);
            assertThat(first.pointer() + " " + first.line() + ":" + first.column())
                    .isEqualTo(
                            (pointer == null ? "" : pointer.equals("-") ? null : pointer) + " " + line + ":" + column);
        });
    }

    private ParseOutcome parse(String text) {
        return format.parse(SchemaContent.of(text.replace('\'', '"').replace('^', '\n')), List.of());
    }
}
