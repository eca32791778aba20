package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaFormat;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, where, and with which words. */
class RejectionTest {
    private static final String PROTO2 = "syntax = \"proto2\";\n";
    private static final String PROTO3 = "syntax = \"proto3\";\n";
    private static final String EDITION_2023 = "edition = \"2023\";\n";
    private static final String EDITION_2024 = "edition = \"2024\";\n";

    /** A text, and the line, column and a part of the reason of its first violation. */
    record Row(String text, int line, int column, String reason) {
        @Override
        public String toString() {
            return reason + " ← " + text.substring(text.indexOf('\n') + 1).strip();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(syntaxErrors(), fields(), messages(), enums(), names(), options(), editions(), services())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> syntaxErrors() {
        return Stream.of(
                new Row("syntax = \"proto4\";", 1, 10, "known are \"proto2\" and \"proto3\""),
                new Row("edition = \"2022\";", 1, 11, "known are \"2023\" and \"2024\""),
                new Row("edition = \"2026\";", 1, 11, "is not known here"),
                new Row(PROTO3 + "syntax = \"proto3\";", 2, 1, "said once"),
                new Row("message M {}\nsyntax = \"proto3\";", 2, 1, "before everything else"),
                new Row(PROTO3 + "package a;\npackage b;", 3, 1, "a file has one package"),
                new Row(PROTO3 + "message M {\n  int32 a 1;\n}", 3, 11, "expected '='"),
                new Row(PROTO3 + "message M {\n  int32 a = 1\n}", 4, 1, "expected ';'"),
                new Row(PROTO3 + "message M {\n  int32 a = 1;\n", 4, 1, "the end of the text"),
                new Row(PROTO3 + "message 1M {}", 2, 9, "is not a number"),
                new Row(PROTO3 + "message Ä {}", 2, 9, "U+00C4"),
                new Row(PROTO3 + "message M { int32 größe = 1; }", 2, 21, "U+00F6"),
                new Row(PROTO3 + "option java_package = \"a", 2, 23, "does not end on its line"),
                new Row(PROTO3 + "option java_package = \"a\nb\";", 2, 23, "write a line break as \\n"),
                new Row(PROTO3 + "option java_package = \"a\\q\";", 2, 25, "no such escape"),
                new Row(PROTO3 + "option java_package = \"😀\\777\";", 2, 25, "larger than a byte"),
                new Row(PROTO3 + "option java_package = \"\\ud800\";", 2, 24, "surrogate"),
                new Row(PROTO3 + "option java_package = \"\\xff\";", 2, 23, "UTF-8"),
                new Row(PROTO3 + "/* never ends", 2, 1, "does not end"),
                new Row(PROTO3 + "message M { int32 a = 09; }", 2, 23, "is not a number"),
                new Row(PROTO3 + "mesage M {}", 2, 1, "expected a message"),
                new Row(PROTO3 + "import a;", 2, 8, "in quotation marks"));
    }

    private static Stream<Row> fields() {
        return Stream.of(
                new Row(PROTO3 + "message M {\n  Foo f = 1;\n}", 3, 3, "\"Foo\" is not defined"),
                new Row(PROTO3 + "message M { map<Foo, int32> f = 1; }", 2, 17, "the keys of a map"),
                new Row(PROTO3 + "message M { map<double, int32> f = 1; }", 2, 17, "the keys of a map"),
                new Row(PROTO3 + "message M { map<int32, map<int32, int32>> f = 1; }", 2, 27, "expected '>'"),
                new Row(PROTO3 + "message M { repeated map<int32, int32> f = 1; }", 2, 22, "a map has no label"),
                new Row(PROTO3 + "message M { int32 a = 0; }", 2, 23, "at least 1"),
                new Row(PROTO3 + "message M { int32 a = -1; }", 2, 23, "at least 1"),
                new Row(PROTO3 + "message M { int32 a = 536870912; }", 2, 23, "at most 536870911"),
                new Row(PROTO3 + "message M { int32 a = 99999999999999999999999; }", 2, 23, "at most 536870911"),
                new Row(PROTO3 + "message M { int32 a = 19000; }", 2, 23, "19000 to 19999"),
                new Row(PROTO3 + "message M {\n int32 a = 1;\n int32 b = 1;\n}", 4, 12, "already used by \"a\""),
                new Row(PROTO3 + "message M { required int32 a = 1; }", 2, 22, "proto3 has no label 'required'"),
                new Row(PROTO3 + "message M { int32 a = 1 [default = 3]; }", 2, 26, "proto3 has no default"),
                new Row(PROTO3 + "message M { optional group G = 1 {} }", 2, 22, "proto3 has no groups"),
                new Row(PROTO3 + "message M { optional group g = 1 {} }", 2, 28, "capital letter"),
                new Row(PROTO3 + "message M { int32 a = 1 [json_name = 3]; }", 2, 38, "json_name is a string"),
                new Row(PROTO2 + "message M { int32 a = 1; }", 2, 13, "in proto2 a field has a label"),
                new Row(PROTO2 + "message M { optional int32 a = 1 [default = \"x\"]; }", 2, 45, "a whole number from"),
                new Row(PROTO2 + "message M { optional int32 a = 1 [default = 2147483648]; }", 2, 45, "2147483647"),
                new Row(PROTO2 + "message M { optional uint32 a = 1 [default = -1]; }", 2, 46, "from 0 to"),
                new Row(PROTO2 + "message M { optional bool a = 1 [default = 1]; }", 2, 44, "true or false"),
                new Row(PROTO2 + "message M { repeated int32 a = 1 [default = 1]; }", 2, 35, "a repeated field"),
                new Row(PROTO2 + "message M { optional M a = 1 [default = 1]; }", 2, 31, "holds a message"),
                new Row(PROTO2 + "message M { optional int32 a = 1 [default = 1, default = 2]; }", 2, 48, "set twice"),
                new Row(PROTO2 + "enum E { A = 1; }\nmessage M { optional E a = 1 [default = B]; }", 3, 24, "\"B\""));
    }

    private static Stream<Row> messages() {
        return Stream.of(
                new Row(PROTO3 + "message M { reserved 1;\n int32 a = 1; }", 3, 12, "the number 1 is reserved"),
                new Row(PROTO3 + "message M { int32 a = 5; reserved 2 to max; }", 2, 23, "the number 5 is reserved"),
                new Row(PROTO3 + "message M { reserved \"a\";\n int32 a = 1; }", 3, 8, "the name \"a\" is reserved"),
                new Row(PROTO3 + "message M { reserved \"a\", \"a\"; }", 2, 27, "already reserved"),
                new Row(PROTO3 + "message M { reserved a; }", 2, 22, "quotation marks"),
                new Row(PROTO3 + "message M { reserved 5 to 2; }", 2, 22, "before it begins"),
                new Row(PROTO3 + "message M { reserved 0; }", 2, 22, "at least 1"),
                new Row(PROTO3 + "message M { reserved 1 to 5, 3; }", 2, 30, "overlaps"),
                new Row(PROTO2 + "message M { extensions 1 to 5; reserved 3; }", 2, 24, "overlaps"),
                new Row(
                        PROTO2 + "message M { extensions 1 to 5; optional int32 a = 3; }",
                        2,
                        51,
                        "kept for extensions"),
                new Row(PROTO3 + "message M { extensions 1 to 5; }", 2, 13, "proto3 has no extensions"),
                new Row(PROTO3 + "message M { int32 a_b = 1; int32 aB = 2; }", 2, 34, "in JSON"),
                new Row(
                        PROTO2 + "message M { optional int32 a = 1 [json_name = \"b\"]; optional int32 b = 2; }",
                        2,
                        68,
                        "in JSON"),
                new Row(PROTO3 + "message M { oneof o { } }", 2, 19, "has no fields"),
                new Row(PROTO3 + "message M { oneof o { repeated int32 a = 1; } }", 2, 32, "no label"),
                new Row(PROTO3 + "message M { oneof o { map<int32, int32> a = 1; } }", 2, 23, "a map cannot stand"),
                new Row(PROTO2 + "message M {}\nextend M { optional int32 a = 1; }", 3, 27, "extension number"),
                new Row(PROTO2 + "message M { extensions 1; }\nextend M { required int32 a = 1; }", 3, 21, "required"),
                new Row(PROTO2 + "message M { extensions 1; }\nextend M { map<int32, int32> a = 1; }", 3, 12, "map"),
                new Row(
                        PROTO2 + "message M { extensions 1; }\nextend M { optional int32 a = 1 [json_name = \"x\"]; }",
                        3,
                        34,
                        "an extension has no json_name"),
                new Row(
                        PROTO2
                                + "message M { extensions 1; }\n"
                                + "extend M { optional int32 a = 1; optional int32 b = 1; }",
                        3,
                        49,
                        "already"),
                new Row(PROTO2 + "message M {}\nextend M { }", 3, 8, "has no fields"),
                new Row(PROTO2 + "enum E { A = 0; }\nextend E { optional int32 a = 1; }", 3, 8, "not a message"));
    }

    private static Stream<Row> enums() {
        return Stream.of(
                new Row(PROTO3 + "enum E { }", 2, 6, "has no values"),
                new Row(PROTO3 + "enum E {\n  A = 1;\n}", 3, 3, "has to be 0"),
                new Row(PROTO3 + "enum E { A = 0; B = 0; }", 2, 21, "allow_alias = true"),
                new Row(PROTO3 + "enum E { option allow_alias = true; A = 0; B = 1; }", 2, 6, "no two values"),
                new Row(PROTO3 + "enum E { A = 0; A = 1; }", 2, 17, "already declared"),
                new Row(PROTO3 + "enum E { A = 0; B = 2147483648; }", 2, 21, "at most 2147483647"),
                new Row(PROTO3 + "enum E { A = 0; reserved 1; B = 1; }", 2, 33, "reserved"),
                new Row(PROTO3 + "enum E { A = 0; reserved -5 to -1, -3; }", 2, 36, "overlaps"),
                new Row(PROTO3 + "enum Color { RED = 0; COLOR_RED = 1; }", 2, 23, "the same as \"RED\""),
                new Row(PROTO2 + "enum E { A = 1; }\nenum F { A = 2; }", 3, 10, "already declared on line 2"),
                new Row(PROTO2 + "enum E { A = -0x80000001; }", 2, 14, "at least -2147483648"));
    }

    private static Stream<Row> names() {
        String longName = "M".repeat(Names.MAX_FULL_NAME);
        return Stream.of(
                new Row(PROTO3 + "message M {}\nenum M { A = 0; }", 3, 6, "already declared on line 2, column 9"),
                new Row(PROTO3 + "message M { int32 a = 1; string a = 2; }", 2, 33, "already declared"),
                new Row(PROTO3 + "message M { int32 a = 1; oneof a { int32 b = 2; } }", 2, 32, "already declared"),
                new Row(PROTO3 + "message M { map<int32, int32> a = 1; message AEntry {} }", 2, 46, "already declared"),
                new Row(PROTO3 + "package a.b;\nmessage M { a.M m = 1; }", 3, 13, "\"a.M\" is not defined"),
                new Row(PROTO3 + "package a;\nmessage M { a m = 1; }", 3, 13, "is not defined"),
                new Row(PROTO3 + "message " + longName + " {}", 2, 9, "at most 2048 characters"),
                new Row(PROTO3 + "message A { message B {} } message C { B b = 1; }", 2, 40, "\"B\" is not defined"));
    }

    private static Stream<Row> options() {
        String tagged = PROTO3 + "import \"google/protobuf/descriptor.proto\";\n"
                + "message T { int32 n = 1; repeated T ts = 2; oneof o { int32 x = 3; int32 y = 4; } }\n"
                + "extend google.protobuf.MessageOptions { T t = 50000; repeated int32 list = 50001; }\n";
        return Stream.of(
                new Row(PROTO3 + "option java_pakage = \"a\";", 2, 8, "there is no \"java_pakage\""),
                new Row(PROTO3 + "option java_package = 3;", 2, 23, "a string"),
                new Row(PROTO3 + "option java_multiple_files = \"x\";", 2, 30, "true or false"),
                new Row(PROTO3 + "option optimize_for = FAST;", 2, 23, "OptimizeMode"),
                new Row(PROTO3 + "option java_package = \"a\";\noption java_package = \"b\";", 3, 8, "set twice"),
                new Row(PROTO3 + "option java_package.x = \"a\";", 2, 21, "is no message"),
                new Row(PROTO3 + "option (my.option) = 1;", 2, 9, "has to be imported"),
                new Row(PROTO3 + "message M { option map_entry = true; }", 2, 20, "by the compiler only"),
                new Row(PROTO3 + "message M { string a = 1 [packed = true]; }", 2, 20, "packed"),
                new Row(PROTO3 + "message M { string a = 1 [lazy = true]; }", 2, 20, "can be lazy"),
                new Row(PROTO3 + "message M { string a = 1 [jstype = JS_STRING]; }", 2, 20, "jstype"),
                new Row(PROTO3 + "option features.field_presence = IMPLICIT;", 2, 8, "in editions only"),
                new Row(tagged + "message M { option (t) = 3; }", 5, 26, "a message in braces"),
                new Row(tagged + "message M { option (t) = { m: 3 }; }", 5, 28, "there is no \"m\""),
                new Row(tagged + "message M { option (t) = { n: \"3\" }; }", 5, 31, "a whole number"),
                new Row(tagged + "message M { option (t) = { n: 1 n: 2 }; }", 5, 33, "set twice"),
                new Row(tagged + "message M { option (t) = { x: 1 y: 2 }; }", 5, 33, "of its oneof"),
                new Row(tagged + "message M { option (t) = { n: [1] }; }", 5, 31, "not repeated"),
                new Row(tagged + "message M { option (t).ts.n = 1; }", 5, 24, "is repeated"),
                new Row(tagged + "message M { option (t).n = 1; option (t) = { x: 1 }; }", 5, 39, "set twice"),
                new Row(tagged + "message M { option (list).n = 1; }", 5, 27, "is no message"),
                new Row(
                        tagged + "message M { int32 a = 1 [(t).n = 1]; }",
                        5,
                        27,
                        "extends \"google.protobuf.MessageOptions\""));
    }

    private static Stream<Row> editions() {
        return Stream.of(
                new Row(EDITION_2023 + "message M { optional int32 a = 1; }", 2, 22, "no label 'optional'"),
                new Row(EDITION_2023 + "message M { required int32 a = 1; }", 2, 22, "LEGACY_REQUIRED"),
                new Row(EDITION_2023 + "message M { group G = 1 { } }", 2, 13, "no groups"),
                new Row(EDITION_2023 + "message M { reserved \"a\"; }", 2, 22, "without quotation marks"),
                new Row(EDITION_2023 + "enum E { A = 1; }", 2, 10, "has to be 0"),
                new Row(EDITION_2023 + "option features.field_presence = LEGACY_REQUIRED;", 2, 8, "one by one"),
                new Row(EDITION_2023 + "export message M { }", 2, 16, "from edition 2024 on"),
                new Row(EDITION_2023 + "option features.json_formt = ALLOW;", 2, 17, "there is no \"json_formt\""),
                new Row(EDITION_2023 + "option features.enforce_naming_style = STYLE2024;", 2, 17, "edition 2024 on"),
                new Row(
                        EDITION_2023 + "message M { option features.field_presence = IMPLICIT; }",
                        2,
                        29,
                        "cannot be set on a message"),
                new Row(
                        EDITION_2023 + "message M { repeated int32 a = 1 [features.field_presence = EXPLICIT]; }",
                        2,
                        28,
                        "a repeated field"),
                new Row(
                        EDITION_2023 + "message M { int32 a = 1 [features.field_presence = IMPLICIT, default = 3]; }",
                        2,
                        19,
                        "implicit presence"),
                new Row(
                        EDITION_2023 + "message M { int32 a = 1 [features.message_encoding = DELIMITED]; }",
                        2,
                        19,
                        "holds a message"),
                new Row(EDITION_2023 + "import option \"google/protobuf/any.proto\";", 2, 15, "from edition 2024 on"),
                new Row(EDITION_2024 + "import weak \"google/protobuf/any.proto\";", 2, 13, "no weak imports"),
                new Row(EDITION_2024 + "option java_multiple_files = true;", 2, 8, "was removed in edition 2024"));
    }

    private static Stream<Row> services() {
        return Stream.of(
                new Row(PROTO3 + "service S { rpc A(int32) returns (M); }\nmessage M {}", 2, 19, "not a message"),
                new Row(PROTO3 + "service S { rpc A(M) returns (N); }\nmessage M {}", 2, 31, "\"N\" is not defined"),
                new Row(PROTO3 + "service S { rpc A(M); }\nmessage M {}", 2, 21, "expected 'returns'"),
                new Row(
                        PROTO3 + "service S {\n rpc A(M) returns (M);\n rpc A(M) returns (M);\n}\nmessage M {}",
                        4,
                        6,
                        "already declared"),
                new Row(PROTO3 + "service S { stream A(M, M); }", 2, 13, "expected 'rpc'"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void parse_invalid_isRejectedAtItsPlace(Row row) {
        Violation first = rejected(row.text).getFirst();

        assertThat(first.reason()).contains(row.reason);
        assertThat(List.of(first.line(), first.column())).isEqualTo(List.of(row.line, row.column));
    }

    @Test
    void parse_severalViolations_areReportedInReadingOrder() {
        List<Violation> violations = rejected(PROTO3 + "message M {\n  A a = 1;\n  B b = 1;\n  int32 c = 19000;\n}");

        assertThat(violations).extracting(Violation::line).containsExactly(3, 4, 4, 5);
    }

    @Test
    void parse_manyViolations_areLimited() {
        StringBuilder text = new StringBuilder(PROTO3).append("message M {\n");
        for (int i = 1; i <= 100; i++) {
            text.append("  Missing")
                    .append(i)
                    .append(" f")
                    .append(i)
                    .append(" = ")
                    .append(i)
                    .append(";\n");
        }

        List<Violation> violations = rejected(text.append("}").toString());

        assertThat(violations).hasSize(SchemaFormat.MAX_VIOLATIONS);
        assertThat(violations.getFirst().line()).isEqualTo(3);
    }

    @Test
    void parse_deepAggregate_isRejectedWithItsPlace() {
        String deep = PROTO3 + "option (a) = " + "{ a ".repeat(100_000);

        assertThat(rejected(deep)).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).contains("256 levels");
            assertThat(violation.line()).isEqualTo(2);
        });
    }

    @Test
    void parse_deepNameOfOption_isRejectedWithItsPlace() {
        String deep = PROTO3 + "option a" + ".a".repeat(100_000) + " = 1;";

        assertThat(rejected(deep)).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).contains("256 levels");
            assertThat(violation.line()).isEqualTo(2);
        });
    }

    @Test
    void parse_manyLongNames_isRejectedBeforeFullNamesGrow() {
        String text = PROTO3 + "message " + "M".repeat(500_000) + " {" + "int32 a = 1;".repeat(40_000) + "}";

        assertThat(rejected(text).getFirst().reason()).contains("at most 2048 characters");
    }

    private static List<Violation> rejected(String text) {
        return switch (new ProtobufFormat().parse(SchemaContent.of(text), List.of())) {
            case ParseOutcome.Parsed _ -> throw new AssertionError("accepted: " + text);
            case ParseOutcome.Rejected rejected -> rejected.violations();
        };
    }
}
