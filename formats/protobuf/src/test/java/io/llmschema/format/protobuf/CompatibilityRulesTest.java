package io.llmschema.format.protobuf;

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader with one schema makes of what a writer with another writes, rule by rule. */
class CompatibilityRulesTest {
    private static final String NONE = "-";

    /** Fields of a message of proto3: the writer's, the reader's, and the rule that is broken in each encoding. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        int32 a = 1;                        | int32 a = 1;                               | -                     | -
        int32 a = 1;                        | int32 a = 1; string b = 2;                 | -                     | -
        int32 a = 1;                        | reserved 1; reserved "a";                  | -                     | field-removed
        int32 a = 1;                        | int32 b = 1;                               | -                     | field-renamed
        int32 foo_bar = 1;                  | int32 fooBar = 1;                          | -                     | -
        int32 x=1[json_name="a"];int32 b=2; | int32 b = 2 [json_name = "a"];             | -                     | fields-merged
        int32 a = 1;                        | int32 b = 1 [json_name = "a"];             | -                     | -
        int32 a = 1;                        | int32 a = 2;                               | field-renumbered      | -
        int32 a = 1; int32 b = 2;           | int32 b = 1; int32 a = 2;                  | field-number-reused   | -
        int32 a = 1;                        | string b = 1;                              | field-number-reused   | field-renamed
        int32 a = 1;                        | int64 a = 1;                               | -                     | -
        int64 a = 1;                        | int32 a = 1;                               | field-type-changed    | field-type-changed
        int32 a = 1;                        | uint32 a = 1;                              | field-type-changed    | field-type-changed
        uint32 a = 1;                       | int32 a = 1;                               | field-type-changed    | field-type-changed
        uint32 a = 1;                       | int64 a = 1;                               | -                     | -
        uint64 a = 1;                       | int64 a = 1;                               | field-type-changed    | field-type-changed
        bool a = 1;                         | int32 a = 1;                               | -                     | field-type-changed
        int32 a = 1;                        | bool a = 1;                                | field-type-changed    | field-type-changed
        int32 a = 1;                        | E a = 1;                                   | -                     | -
        E a = 1;                            | int32 a = 1;                               | -                     | field-type-changed
        E a = 1;                            | uint32 a = 1;                              | -                     | field-type-changed
        int32 a = 1;                        | sint32 a = 1;                              | field-type-changed    | -
        sint32 a = 1;                       | sint64 a = 1;                              | -                     | -
        sint64 a = 1;                       | sint32 a = 1;                              | field-type-changed    | field-type-changed
        int32 a = 1;                        | sfixed32 a = 1;                            | field-type-changed    | -
        fixed32 a = 1;                      | sfixed32 a = 1;                            | field-type-changed    | field-type-changed
        fixed32 a = 1;                      | float a = 1;                               | field-type-changed    | field-type-changed
        float a = 1;                        | double a = 1;                              | field-type-changed    | -
        double a = 1;                       | float a = 1;                               | field-type-changed    | field-type-changed
        int32 a = 1;                        | double a = 1;                              | field-type-changed    | -
        int64 a = 1;                        | double a = 1;                              | field-type-changed    | field-type-changed
        double a = 1;                       | int64 a = 1;                               | field-type-changed    | field-type-changed
        string a = 1;                       | bytes a = 1;                               | -                     | field-type-changed
        bytes a = 1;                        | string a = 1;                              | field-type-changed    | field-type-changed
        int64 a = 1;                        | string a = 1;                              | field-type-changed    | field-type-changed
        N a = 1;                            | bytes a = 1;                               | -                     | field-type-changed
        bytes a = 1;                        | N a = 1;                                   | field-type-changed    | field-type-changed
        string a = 1;                       | N a = 1;                                   | field-type-changed    | field-type-changed
        N a = 1;                            | N2 a = 1;                                  | -                     | -
        int32 a = 1;                        | optional int32 a = 1;                      | -                     | -
        optional int32 a = 1;               | int32 a = 1;                               | -                     | -
        int32 a = 1;                        | repeated int32 a = 1;                      | -                     | label-changed
        repeated int32 a = 1;               | int32 a = 1;                               | label-changed         | label-changed
        repeated string a = 1;              | string a = 1;                              | label-changed         | label-changed
        repeated N a = 1;                   | N a = 1;                                   | label-changed         | label-changed
        repeated int32 a = 1;               | repeated int32 a = 1 [packed = false];     | -                     | -
        map<string, N> a = 1;               | repeated Pair a = 1;                       | -                     | label-changed
        repeated Pair a = 1;                | map<string, N> a = 1;                      | label-changed         | label-changed
        map<int32, N> a = 1;                | map<int64, N> a = 1;                       | -                     | -
        map<int64, N> a = 1;                | map<int32, N> a = 1;                       | field-type-changed    | field-type-changed
        map<string, int32> a = 1;           | map<string, int64> a = 1;                  | -                     | -
        map<string, int64> a = 1;           | map<string, string> a = 1;                 | field-type-changed    | field-type-changed
        map<string, E> a = 1;               | map<string, E> a = 1;                      | -                     | -
        int32 a = 1;                        | oneof o { int32 a = 1; }                   | -                     | -
        int32 a = 1; N b = 2;               | oneof o { int32 a = 1; N b = 2; }          | moved-into-oneof      | moved-into-oneof
        oneof o { int32 a = 1; N b = 2; }   | int32 a = 1; N b = 2;                      | -                     | -
        oneof o { int32 a = 1; N b = 2; }   | oneof p { int32 a = 1; N b = 2; N c = 3; } | -                     | -
        oneof o {int32 a = 1;} int32 b = 2; | oneof o { int32 a = 1; int32 b = 2; }      | moved-into-oneof      | moved-into-oneof
        G.Timestamp a = 1;                  | G.Timestamp a = 1;                         | -                     | -
        G.Timestamp a = 1;                  | string a = 1;                              | field-type-changed    | field-type-changed
        G.Timestamp a = 1;                  | G.Duration a = 1;                          | -                     | field-type-changed
        string a = 1;                       | G.Timestamp a = 1;                         | field-type-changed    | field-type-changed
        int32 a = 1;                        | G.Int32Value a = 1;                        | field-type-changed    | -
        G.Int32Value a = 1;                 | G.Int64Value a = 1;                        | -                     | -
        G.StringValue a = 1;                | G.BytesValue a = 1;                        | -                     | field-type-changed
        G.Struct a = 1;                     | G.Struct a = 1;                            | -                     | -
        N a = 1;                            | G.Struct a = 1;                            | field-number-reused   | field-type-changed
        G.Any a = 1;                        | G.Any a = 1;                               | -                     | -
        G.FieldMask a = 1;                  | repeated string a = 1;                     | field-type-changed    | label-changed
        """)
    void judge_fieldsOfProto3_findsTheRule(String writer, String reader, String binary, String json) {
        JudgedPair pair = JudgedPair.of(proto3(reader), proto3(writer));

        assertRules(pair, binary, json);
    }

    /** Whole files of any syntax. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        message A {} message B {}                              | message A {}                                             | message-removed         | message-removed
        message A {message B {}}                               | message A {} message B {}                                | message-removed         | message-removed
        package p; message A {}                                | package q; message A {}                                  | message-removed         | message-removed
        message A {}                                           | message A {required int32 a = 1;}                        | required-field-added    | required-field-added
        message A {optional int32 a = 1;}                      | message A {required int32 a = 1;}                        | field-became-required   | field-became-required
        message A {required int32 a = 1;}                      | message A {optional int32 a = 1;}                        | -                       | -
        message A {required int32 a = 1;}                      | message A {}                                             | -                       | field-removed
        message A {optional A a = 1; required int32 b = 2;}    | message A {optional A a = 1; required int64 b = 2;}      | -                       | -
        message A {optional E e = 1;} enum E {X = 1; Y = 2;}   | message A {optional E e = 1;} enum E {X = 1;}            | enum-value-removed      | enum-value-removed
        message A {optional E e = 1;} enum E {X = 1; Y = 2;}   | message A {optional E e = 1;} enum E {X = 1; Z = 2;}     | -                       | enum-value-renamed
        message A {optional E e = 1;} enum E {X = 1; Y = 2;}   | message A {optional E e = 1;} enum E {X = 2; Y = 1;}     | enum-value-renumbered   | -
        message A {optional E e = 1;} enum E {X = 1;}          | message A {optional E e = 1;} enum E {X = 1; Y = 2;}     | -                       | -
        message A {optional E e = 1;} enum E {X = 1;}          | message A {optional uint32 e = 1;}                       | -                       | field-type-changed
        message A {optional E e = 1;} enum E {X = -1;}         | message A {optional uint32 e = 1;}                       | field-type-changed      | field-type-changed
        message A {optional int32 e = 1;}                      | message A {optional E e = 1;} enum E {X = 1;}            | field-type-changed      | field-type-changed
        message A {optional group B = 1 {}}                    | message A {optional B b = 1; message B {}}               | message-encoding-changed | -
        message A {optional bytes a = 1;}                      | message A {optional string a = 1;}                       | field-type-changed      | field-type-changed
        message A {optional int32 a = 1 [default = 5];}        | message A {optional int32 a = 1 [default = 7];}          | -                       | -
        message A {repeated E e = 1;} enum E {X = 1; Y = 2;}   | message A {repeated E e = 1;} enum E {X = 1;}            | enum-value-removed      | enum-value-removed
        """)
    void judge_filesOfProto2_findsTheRule(String writer, String reader, String binary, String json) {
        JudgedPair pair = JudgedPair.of(reader, writer);

        assertRules(pair, binary, json);
    }

    @Test
    void judge_valueOfOpenEnumRemoved_keepsItsNumberButNotItsName() {
        String writer = "syntax = \"proto3\"; message A {E e = 1;} enum E {X = 0; Y = 1;}";
        String reader = "syntax = \"proto3\"; message A {E e = 1;} enum E {X = 0;}";

        assertRules(JudgedPair.of(reader, writer), NONE, "enum-value-removed");
    }

    @Test
    void judge_valueRemovedFromEnumThatOnlyOtherFilesHold_isUndecided() {
        String writer = "syntax = \"proto3\"; enum E {X = 0; Y = 1;}";

        assertThat(JudgedPair.of("syntax = \"proto3\"; enum E {X = 0;}", writer)
                        .judgement()
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(JudgedPair.of("syntax = \"proto3\"; enum E {X = 0; Y = 1; Z = 2;}", writer)
                        .judgement())
                .isEqualTo(Judgement.COMPATIBLE);
    }

    @Test
    void judge_nameOfZeroThatIsNeverWritten_mayChange() {
        String writer = "syntax = \"proto3\"; message A {E e = 1;} enum E {X = 0;}";
        String reader = "syntax = \"proto3\"; message A {E e = 1;} enum E {UNKNOWN = 0;}";

        assertRules(JudgedPair.of(reader, writer), NONE, NONE);
    }

    @Test
    void judge_defaultWhereTheWriterLeavesOutZero_isAnotherValue() {
        String writer = "syntax = \"proto3\"; message A {int32 a = 1;}";
        String reader = "message A {optional int32 a = 1 [default = 5];}";

        assertRules(JudgedPair.of(reader, writer), "default-value-changed", "default-value-changed");
    }

    @Test
    void judge_incompatibility_saysWhereAndShowsIt() {
        Judgement judgement = JudgedPair.of(
                        "syntax = \"proto3\"; package shop; message Order { int32 total = 1; }",
                        "syntax = \"proto3\"; package shop; message Order { int64 total = 1; }")
                .judgement()
                .of(Set.of(DataEncoding.BINARY));

        Incompatibility first = judgement.incompatibilities().getFirst();
        assertThat(first.readerPath()).isEqualTo("shop.Order.total");
        assertThat(first.writerPath()).isEqualTo("shop.Order.total");
        assertThat(first.message()).isEqualTo("field \"total\" is written as int64 and read as int32");
        assertThat(first.witness().document()).isEqualTo("CICAgIAI");
        assertThat(first.witness().refusal())
                .isEqualTo("shop.Order.total is 2147483648 to the writer and -2147483648 to the reader");
    }

    @Test
    void judge_importedMessageChanged_isFoundThroughTheFieldThatUsesIt() {
        String text = "syntax = \"proto3\"; import \"money.proto\"; message Order { Money total = 1; }";
        ProtobufFormat format = new ProtobufFormat();

        Judgement judgement = format.judge(
                importing(text, "syntax = \"proto3\"; message Money { int32 cents = 1; }"),
                importing(text, "syntax = \"proto3\"; message Money { int64 cents = 1; }"),
                CompatibilityPolicy.STRICT);

        assertThat(judgement.incompatibilities())
                .extracting(Incompatibility::writerPath)
                .containsExactly("Money.cents", "Money.cents");
    }

    @Test
    void judge_messageMovedToAnImport_isFoundThere() {
        String moved = "syntax = \"proto3\"; message Money { int64 cents = 1; }";

        Judgement judgement = new ProtobufFormat()
                .judge(
                        importing("syntax = \"proto3\"; import \"money.proto\"; message A { Money m = 1; }", moved),
                        JudgedPair.source(moved + " message A { Money m = 1; }"),
                        CompatibilityPolicy.STRICT);

        assertThat(judgement).isEqualTo(Judgement.COMPATIBLE);
    }

    @Test
    void judge_timestampReplacedByAnotherMessage_isUndecidedInJson() {
        String text =
                "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; message A { google.protobuf.Timestamp t = 1; }";
        ReferencedSchema replaced = new ReferencedSchema(
                "google/protobuf/timestamp.proto",
                SchemaContent.of(
                        "syntax = \"proto3\"; package google.protobuf; message Timestamp { string text = 1; }"));
        SchemaSource source = new SchemaSource(SchemaContent.of(text), List.of(replaced));

        Judgement judgement = new ProtobufFormat().judge(source, source, CompatibilityPolicy.STRICT);

        assertThat(judgement.incompatibilities()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judgement.of(Set.of(DataEncoding.BINARY))).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judgement.of(Set.of(DataEncoding.JSON)).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judge_messagesThatPairInEveryWay_ends() {
        String writer = chain(IntStream.range(0, 2_000).map(i -> (i + 1) % 2_000));
        String reader = chain(IntStream.range(0, 2_000).map(i -> (i + 2) % 2_000));

        assertThat(JudgedPair.of(reader, writer).judgement().incompatibilities())
                .isEmpty();
    }

    @Test
    void judge_recursiveMessages_comparesEveryPairOnce() {
        String text =
                "syntax = \"proto3\"; message A { B b = 1; map<string, A> as = 2; } message B { repeated A a = 1; }";

        assertThat(JudgedPair.of(text, text).judgement()).isEqualTo(Judgement.COMPATIBLE);
    }

    @Test
    void judge_messageThatRequiresItself_isUndecidedBecauseNothingCanBeWritten() {
        Judgement judgement = JudgedPair.of("message B {}", "message A { required A a = 1; } message B {}")
                .judgement();

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judge_messagesThatGrowExponentially_ends() {
        String messages = IntStream.range(0, 40)
                .mapToObj(i -> "message M%d { required M%d a = 1; required M%d b = 2; }".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining());

        Judgement judgement =
                JudgedPair.of("message M40 {}", messages + "message M40 {}").judgement();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(judgement.incompatibilities())
                .allSatisfy(found -> assertThat(found.witness().document()).hasSizeLessThan(200_000));
    }

    @Test
    void judge_manyChangedFields_listsSomeOfEachEncoding() {
        JudgedPair pair = JudgedPair.of(manyFields("string", 3_000), manyFields("int32", 3_000));

        assertThat(pair.judgement().of(Set.of(DataEncoding.BINARY)).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(pair.judgement().of(Set.of(DataEncoding.JSON)).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void judge_moreThanTheStepsAllow_isUndecided() {
        String text = manyFields("int32", 3_000);
        JudgedPair pair = JudgedPair.of(text, text);

        Judgement judgement = new Comparison(pair.reader(), pair.writer()).judge(100);

        assertThat(pair.judgement()).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judge_whatIsNoSchema_isUndecided() {
        ProtobufFormat format = new ProtobufFormat();

        Judgement judgement = format.judge(
                JudgedPair.source("message {"), JudgedPair.source("message A {}"), CompatibilityPolicy.STRICT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judge_extensionChanged_isUndecided() {
        String writer = "message A { extensions 100 to 200; } extend A { optional int32 x = 100; }";
        String reader = "message A { extensions 100 to 200; } extend A { optional string x = 100; }";

        assertThat(JudgedPair.of(writer, writer).judgement()).isEqualTo(Judgement.COMPATIBLE);
        assertThat(JudgedPair.of(reader, writer).judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private static SchemaSource importing(String text, String money) {
        return new SchemaSource(
                SchemaContent.of(text), List.of(new ReferencedSchema("money.proto", SchemaContent.of(money))));
    }

    /** A message for each number, with a field that holds the message of that number. */
    private static String chain(IntStream next) {
        int[] numbers = next.toArray();
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> "message M%d { M%d next = 1; int32 x = 2; }".formatted(i, numbers[i]))
                .collect(Collectors.joining("\n", "syntax = \"proto3\";", ""));
    }

    private static String manyFields(String type, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> type + " f" + i + " = " + (i < 19_000 ? i : i + 1_000) + ";")
                .collect(Collectors.joining("\n", "syntax = \"proto3\"; message A {", "}"));
    }

    private static String proto3(String fields) {
        List<String> imports = List.of("timestamp", "duration", "wrappers", "struct", "any", "field_mask");
        return "syntax = \"proto3\";\n"
                + imports.stream()
                        .map("import \"google/protobuf/%s.proto\";\n"::formatted)
                        .collect(Collectors.joining())
                + "message M { " + fields.replace("G.", "google.protobuf.") + " }\n"
                + "message N { int32 n = 1; }\n"
                + "message N2 { int64 n = 1; }\n"
                + "message Pair { string key = 1; N value = 2; }\n"
                + "enum E { ZERO = 0; ONE = 1; }\n";
    }

    private static void assertRules(JudgedPair pair, String binary, String json) {
        assertThat(rules(pair.judgement(), DataEncoding.BINARY))
                .as("binary: %s", pair.judgement())
                .isEqualTo(binary);
        assertThat(rules(pair.judgement(), DataEncoding.JSON))
                .as("json: %s", pair.judgement())
                .isEqualTo(json);
        assertThat(pair.judgement().undecided()).isEmpty();
        pair.assertWitnessesHold("");
    }

    private static String rules(Judgement judgement, DataEncoding aspect) {
        String rules = judgement.of(Set.of(aspect)).incompatibilities().stream()
                .map(Incompatibility::rule)
                .distinct()
                .collect(Collectors.joining(" "));
        return rules.isEmpty() ? NONE : rules;
    }
}
