package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private final JsonSchemaFormat format = new JsonSchemaFormat();

    private Judgement judge(String writer, String reader) {
        return judge(writer, reader, CompatibilityPolicy.STRICT);
    }

    private Judgement judge(String writer, String reader, CompatibilityPolicy policy) {
        return format.judge(source(reader), source(writer), policy);
    }

    private static SchemaSource source(String schema) {
        return new SchemaSource(SchemaContent.of(schema.replace('\'', '"')), List.of());
    }

    @ParameterizedTest(name = "{0} is read with {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                 | {'title': 'anything'}
            {'type': 'integer'}                                | {'type': 'number'}
            {'type': 'integer'}                                | {'type': ['string', 'integer']}
            {'type': 'string'}                                 | {'anyOf': [{'type': 'string'}, {'type': 'null'}]}
            {'type': ['string', 'null']}                       | {'oneOf': [{'type': 'null'}, {'type': 'string'}]}
            {'enum': ['a', 1]}                                 | {'type': ['string', 'integer']}
            {'const': 3}                                       | {'minimum': 2, 'maximum': 4}
            {'type': 'boolean'}                                | {'enum': [true, false]}
            {'minimum': 2}                                     | {'exclusiveMinimum': 1}
            {'type': 'integer', 'exclusiveMinimum': 0}         | {'minimum': 1}
            {'multipleOf': 6}                                  | {'multipleOf': 3}
            {'type': 'integer'}                                | {'multipleOf': 1}
            {'minLength': 2, 'maxLength': 3}                   | {'minLength': 1, 'maxLength': 5}
            {'properties': {'a': {'type': 'integer'}}}         | {'properties': {'a': {'type': 'number'}}}
            {'properties': {'a': {}}, 'additionalProperties': false} | {'properties': {'a': {}, 'b': {'type': 'string'}}}
            {'required': ['a', 'b']}                           | {'required': ['b']}
            {'required': ['a'], 'dependentRequired': {'a': ['b']}} | {'required': ['b']}
            {'required': ['a', 'b', 'c']}                      | {'minProperties': 2}
            {'patternProperties': {'^x-': {'minimum': 3}}}     | {'patternProperties': {'^x-': {'minimum': 2}}}
            {'propertyNames': {'enum': ['a', 'b']}}            | {'propertyNames': {'maxLength': 1}}
            {'propertyNames': {'enum': ['a']}, 'additionalProperties': {'type': 'string'}} | {'properties': {'a': {'type': 'string'}}, 'additionalProperties': false}
            {'items': {'type': 'integer'}, 'minItems': 1}      | {'items': {'type': 'number'}}
            {'prefixItems': [{'const': 1}], 'items': false}    | {'items': {'type': 'integer'}, 'maxItems': 1}
            {'maxItems': 1}                                    | {'uniqueItems': true}
            {'minItems': 1, 'items': {'const': 1}}             | {'contains': {'type': 'integer'}}
            {'anyOf': [{'const': 1}, {'const': 2}]}            | {'type': 'integer'}
            {'allOf': [{'minimum': 1}, {'type': 'integer'}]}   | {'type': 'integer', 'minimum': 0}
            {'type': 'string'}                                 | {'not': {'type': 'integer'}}
            {'type': 'object', 'properties': {'k': {'const': 'a'}}, 'required': ['k']} | {'oneOf': [{'type': 'object', 'properties': {'k': {'const': 'a'}}, 'required': ['k']}, {'type': 'object', 'properties': {'k': {'const': 'b'}}, 'required': ['k']}]}
            {'type': 'object', 'properties': {'k': {'enum': ['a', 'b']}}, 'required': ['k']} | {'anyOf': [{'properties': {'k': {'const': 'a'}}}, {'properties': {'k': {'const': 'b'}}}]}
            {'if': {'type': 'string'}, 'then': {'minLength': 3}} | {'if': {'type': 'string'}, 'then': {'minLength': 2}}
            {'type': 'object', 'properties': {'a': {}}, 'additionalProperties': false} | {'type': 'object', 'properties': {'a': {}}, 'unevaluatedProperties': false}
            {'type': 'object', 'properties': {'n': {'$ref': '#'}}, 'additionalProperties': false} | {'$ref': '#/$defs/n', '$defs': {'n': {'type': 'object', 'properties': {'n': {'$ref': '#/$defs/n'}}}}}
            {'$ref': '#/$defs/a', '$defs': {'a': {'type': 'string'}}} | {'type': 'string'}
            {'pattern': '^v?[0-9]{1,3}$'}                      | {'pattern': '^v?[0-9]+$'}
            {'pattern': '^[a-z]{2,}$'}                         | {'minLength': 2}
            {'format': 'uuid'}                                 | {'format': 'uuid', 'description': 'an id'}
            false                                              | {'type': 'string'}
            {'type': 'string', 'minLength': 3, 'maxLength': 2} | {'type': 'integer'}
            """)
    void change_thatAcceptsAllAsBefore_isCompatible(String writer, String reader) {
        Judgement judgement = judge(writer, reader);

        assertThat(judgement).isEqualTo(Judgement.COMPATIBLE);
    }

    @ParameterizedTest(name = "{0} is not read with {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                        | {'type': 'string'}                         | type-narrowed            | /type
            {'type': 'number'}                        | {'type': 'integer'}                        | type-narrowed            | /type
            {'enum': ['a', 'b']}                      | {'enum': ['a']}                            | values-narrowed          | /enum
            {'minimum': 1}                            | {'minimum': 2}                             | minimum-raised           | /minimum
            {'maximum': 1}                            | {'exclusiveMaximum': 1}                    | maximum-lowered          | /maximum
            {'multipleOf': 2}                         | {'multipleOf': 4}                          | multiple-of-changed      | /multipleOf
            {'type': 'string'}                        | {'type': 'string', 'minLength': 1}         | min-length-raised        | /minLength
            {'type': 'string'}                        | {'type': 'string', 'maxLength': 9}         | max-length-lowered       | /maxLength
            {'type': 'string'}                        | {'type': 'string', 'pattern': '^[a-z]+$'}  | pattern-changed          | /pattern
            {'type': 'string'}                        | {'type': 'string', 'format': 'date-time'}  | format-changed           | /format
            {'type': 'array'}                         | {'type': 'array', 'minItems': 1}           | min-items-raised         | /minItems
            {'type': 'array'}                         | {'type': 'array', 'maxItems': 3}           | max-items-lowered        | /maxItems
            {'type': 'array'}                         | {'type': 'array', 'uniqueItems': true}     | unique-items-added       | /uniqueItems
            {'type': 'array'}                         | {'type': 'array', 'contains': {'const': 1}} | contains-narrowed       | /contains
            {'items': {'type': 'string'}}             | {'items': {'type': 'integer'}}             | type-narrowed            | /items/type
            {'prefixItems': [{'type': 'string'}]}     | {'prefixItems': [{'type': 'null'}]}        | type-narrowed            | /prefixItems/0/type
            {'type': 'object'}                        | {'type': 'object', 'required': ['a']}      | property-became-required | /required
            {'properties': {'a': {}}}                 | {'additionalProperties': false}            | property-not-allowed     | /additionalProperties
            {'properties': {'a': {'type': 'string'}}} | {'properties': {'a': {'type': 'integer'}}} | type-narrowed            | /properties/a/type
            {'type': 'object'}                        | {'properties': {'a': {'type': 'integer'}}} | property-added-to-open-object | /properties/a/type
            {'type': 'object'}                        | {'patternProperties': {'^x-': {'type': 'null'}}} | type-narrowed      | /patternProperties/^x-/type
            {'type': 'object'}                        | {'type': 'object', 'minProperties': 1}     | min-properties-raised    | /minProperties
            {'type': 'object'}                        | {'type': 'object', 'maxProperties': 2}     | max-properties-lowered   | /maxProperties
            {'type': 'object'}                        | {'propertyNames': {'pattern': '^[a-z]+$'}} | property-names-narrowed  | /propertyNames
            {'type': 'object'}                        | {'dependentRequired': {'a': ['b']}}        | dependent-required-added | /dependentRequired
            {'type': 'object'}                        | {'dependentSchemas': {'a': {'required': ['b']}}} | property-became-required | /dependentSchemas/a/required
            {'type': ['string', 'null']}              | {'anyOf': [{'type': 'string'}, {'type': 'integer'}]} | any-of-narrowed | /anyOf
            {'type': 'integer'}                       | {'oneOf': [{'minimum': 0}, {'maximum': 5}]} | one-of-narrowed         | /oneOf
            {'type': 'integer'}                       | {'not': {'const': 5}}                      | not-widened              | /not
            {'type': 'string'}                        | {'if': {'minLength': 1}, 'then': {'maxLength': 4}} | max-length-lowered | /then/maxLength
            {'properties': {'a': {}}, 'additionalProperties': false} | {'allOf': [{'properties': {'b': {}}}], 'unevaluatedProperties': false} | property-not-allowed | /unevaluatedProperties
            {'type': 'array'}                         | {'type': 'array', 'prefixItems': [{}], 'unevaluatedItems': false} | unevaluated-items-narrowed | /unevaluatedItems
            """)
    void change_thatRefusesSomething_isShownWithAnInstance(String writer, String reader, String rule, String path) {
        Judgement judgement = judge(writer, reader);

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(judgement.incompatibilities())
                .anySatisfy(one -> {
                    assertThat(one.rule()).isEqualTo(rule);
                    assertThat(one.readerPath()).isEqualTo(path);
                    assertThat(one.witness().refusal()).isNotBlank();
                })
                .allSatisfy(one -> assertThat(one.aspect()).isEqualTo(DataEncoding.JSON));
    }

    @Test
    void differences_inSeveralPlaces_areAllListed() {
        Judgement judgement = judge(
                "{'type': 'object', 'properties': {'a': {'type': 'string'}, 'b': {'items': {'maximum': 9}}}}",
                "{'type': 'object', 'properties': {'a': {'type': 'integer'}, 'b': {'items': {'maximum': 8}}}, 'required': ['c']}");

        assertThat(judgement.incompatibilities())
                .extracting(Incompatibility::readerPath)
                .containsExactlyInAnyOrder("/properties/a/type", "/properties/b/items/maximum", "/required");
    }

    @Test
    void optionalProperty_ofAnOpenObject_mayBeGainedUnderTheLenientPolicy() {
        String open = "{'type': 'object', 'properties': {'a': {'type': 'string'}}}";
        String gained = "{'type': 'object', 'properties': {'a': {'type': 'string'}, 'b': {'type': 'string'}}}";
        String required = gained.replace("}}}", "}}, 'required': ['b']}");

        assertThat(judge(open, gained).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(judge(open, gained, CompatibilityPolicy.LENIENT).verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(judge(open, required, CompatibilityPolicy.LENIENT).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void drafts_thatDiffer_areComparedByWhatTheyMean() {
        String fourth =
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'type': 'number', 'minimum': 1, 'exclusiveMinimum': true}";
        String newest =
                "{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'number', 'exclusiveMinimum': 1}";

        assertThat(judge(fourth, newest)).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judge(newest, fourth)).isEqualTo(Judgement.COMPATIBLE);
    }

    @Test
    void referencedSchema_thatChanged_isSeen() {
        SchemaContent whole = SchemaContent.of("{\"properties\": {\"a\": {\"$ref\": \"common.json#/$defs/id\"}}}");
        SchemaSource before = withCommon(whole, "string");
        SchemaSource after = withCommon(whole, "integer");

        assertThat(format.judge(before, before, CompatibilityPolicy.STRICT)).isEqualTo(Judgement.COMPATIBLE);
        Judgement judgement = format.judge(after, before, CompatibilityPolicy.STRICT);

        assertThat(judgement.incompatibilities())
                .singleElement()
                .satisfies(one -> assertThat(one.readerPath()).isEqualTo("/$defs/id/type"));
    }

    private static SchemaSource withCommon(SchemaContent whole, String type) {
        SchemaContent common = SchemaContent.of("{\"$defs\": {\"id\": {\"type\": \"" + type + "\"}}}");
        return new SchemaSource(whole, List.of(new ReferencedSchema("common.json", common)));
    }

    @Test
    void recursion_thatWidens_isCompatible() {
        String tree = "{'$ref': '#/$defs/t', '$defs': {'t': {'type': 'object', 'properties':"
                + " {'v': {'type': 'TYPE'}, 'l': {'$ref': '#/$defs/t'}, 'r': {'$ref': '#/$defs/t'}}}}}";

        assertThat(judge(tree.replace("TYPE", "integer"), tree.replace("TYPE", "number")))
                .isEqualTo(Judgement.COMPATIBLE);
        assertThat(judge(tree.replace("TYPE", "number"), tree.replace("TYPE", "integer"))
                        .verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void alternative_thatLeadsBackWithoutAStepIntoTheInstance_provesNothing() {
        Judgement judgement = judge("{}", "{'anyOf': [{'$ref': '#'}, {'type': 'string'}]}");

        assertThat(judgement.verdict()).isNotEqualTo(Verdict.COMPATIBLE);
    }

    // Hostile pairs: they end, with whatever verdict is not a guess.

    @Test
    void fanOfReferences_thatIsExponential_ends() {
        assertThat(judge(fan(60, "integer"), fan(60, "number"))).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judge(fan(60, "number"), fan(60, "integer")).verdict()).isNotEqualTo(Verdict.COMPATIBLE);
    }

    private static String fan(int depth, String type) {
        return "{'$ref': '#/$defs/d0', '$defs': {"
                + IntStream.range(0, depth)
                        .mapToObj(i ->
                                "'d%d': {'anyOf': [{'properties': {'a': {'$ref': '#/$defs/d%d'}}}, {'properties': {'b': {'$ref': '#/$defs/d%d'}}}]}"
                                        .formatted(i, i + 1, i + 1))
                        .collect(Collectors.joining(", "))
                + ", 'd" + depth + "': {'type': '" + type + "'}}}";
    }

    @Test
    void alternatives_thatAreThousands_end() {
        String before = alternatives(10_000, 0);

        assertThat(judge(before, before)).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judge(before, alternatives(10_000, 1)).verdict()).isNotEqualTo(Verdict.COMPATIBLE);
    }

    private static String alternatives(int count, int from) {
        return "{'anyOf': ["
                + IntStream.range(from, count)
                        .mapToObj(i -> "{'type': 'object', 'required': ['p" + i + "'], 'properties': {'p" + i
                                + "': {'minimum': " + i + "}}}")
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    @Test
    void expression_thatBacktracksForever_ends() {
        Judgement judgement = judge(
                "{'enum': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!']}", "{'type': 'string', 'pattern': '^(a+)+$'}");

        assertThat(judgement.verdict()).isNotEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void references_inALongChain_end() {
        String chain = "{'$ref': '#/$defs/d0', '$defs': {"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> "'d%d': {'properties': {'n': {'$ref': '#/$defs/d%d'}}}".formatted(i, i + 1))
                        .collect(Collectors.joining(", "))
                + ", 'd5000': {'type': 'TYPE'}}}";

        assertThat(judge(chain.replace("TYPE", "string"), chain.replace("TYPE", "string"))
                        .verdict())
                .isNotEqualTo(Verdict.INCOMPATIBLE);
        assertThat(judge(chain.replace("TYPE", "string"), chain.replace("TYPE", "null"))
                        .verdict())
                .isNotEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void numbers_thatAreHuge_areCompared() {
        assertThat(judge("{'maximum': 1e400}", "{'maximum': 1e401}")).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judge("{'multipleOf': 1e-900, 'type': 'number'}", "{'multipleOf': 1e900}")
                        .verdict())
                .isNotEqualTo(Verdict.COMPATIBLE);
        assertThat(judge(
                                "{'type': 'integer', 'minimum': 1e-99999999, 'multipleOf': 2}",
                                "{'type': 'integer', 'minimum': 2e-99999999}")
                        .verdict())
                .isNotEqualTo(Verdict.INCOMPATIBLE);
        assertThat(judge("{'maximum': 1e999999999}", "{'type': 'integer', 'maximum': 1e99999999}")
                        .verdict())
                .isNotEqualTo(Verdict.COMPATIBLE);
    }
}
