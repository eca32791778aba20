package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is different between two files, at the smallest places. */
class ChangesTest {
    private static final String BEFORE = """
            syntax = "proto3";
            package acme;
            // An order.
            message Order {
              string id = 1;
              int32 amount = 2;
              oneof payment { string card = 3; string iban = 4; }
              State state = 5;
              reserved 9;
              message Line { string text = 1; }
            }
            enum State { STATE_NEW = 0; STATE_PAID = 1; }
            service Orders { rpc Get(Order) returns (Order); }
            """;

    @Test
    void changes_ofAFieldAdded_areOne() {
        assertThat(changes("  int32 amount = 2;", "  int32 amount = 2;\n  bool paid = 6 [deprecated = true];"))
                .containsExactly(new SchemaChange(
                        Kind.ADDED,
                        Nature.MEANING,
                        "acme.Order.paid",
                        "acme.Order.paid",
                        null,
                        "bool paid = 6 [deprecated = true];"));
    }

    @Test
    void changes_ofAMessageRemoved_areOneWithAllOfIt() {
        assertThat(changes("  message Line { string text = 1; }", ""))
                .containsExactly(new SchemaChange(
                        Kind.REMOVED,
                        Nature.MEANING,
                        "acme.Order.Line",
                        "acme.Order.Line",
                        "message Line {\n  string text = 1;\n}",
                        null));
    }

    @Test
    void changes_ofANameWithTheSameNumber_areARenaming() {
        assertThat(changes("int32 amount = 2", "int32 total = 2"))
                .containsExactly(new SchemaChange(
                        Kind.RENAMED, Nature.MEANING, "acme.Order.amount", "acme.Order.total", "amount", "total"));
        assertThat(changes("STATE_PAID = 1", "STATE_SETTLED = 1"))
                .containsExactly(new SchemaChange(
                        Kind.RENAMED,
                        Nature.MEANING,
                        "acme.State.STATE_PAID",
                        "acme.State.STATE_SETTLED",
                        "STATE_PAID",
                        "STATE_SETTLED"));
    }

    @Test
    void changes_ofWhatAFieldIs_areAtWhatOfIt() {
        assertThat(changes("int32 amount = 2", "optional int64 amount = 2 [json_name = \"total\"]"))
                .containsExactly(
                        change(Kind.ADDED, Nature.MEANING, "acme.Order.amount#label", null, "optional"),
                        change(Kind.CHANGED, Nature.MEANING, "acme.Order.amount#type", "int32", "int64"),
                        change(Kind.ADDED, Nature.MEANING, "acme.Order.amount#json_name", null, "\"total\""));
        assertThat(changes("int32 amount = 2", "int32 amount = 7"))
                .containsExactly(change(Kind.CHANGED, Nature.MEANING, "acme.Order.amount#number", "2", "7"));
    }

    @Test
    void changes_ofATypeThatIsOnlyWrittenInAnotherWay_areWords() {
        assertThat(changes("State state = 5", ".acme.State state = 5"))
                .containsExactly(change(Kind.CHANGED, Nature.WORDS, "acme.Order.state#type", "State", ".acme.State"));
    }

    @Test
    void changes_ofAFieldThatMovesOutOfItsOneof_areOne() {
        assertThat(changes(
                        "oneof payment { string card = 3; string iban = 4; }",
                        "oneof payment { string card = 3; } string iban = 4;"))
                .containsExactly(change(Kind.REMOVED, Nature.MEANING, "acme.Order.iban#oneof", "payment", null));
    }

    @Test
    void changes_ofAOneofsName_areWords() {
        assertThat(changes("oneof payment", "oneof paid_by"))
                .containsExactly(new SchemaChange(
                        Kind.RENAMED, Nature.WORDS, "acme.Order.payment", "acme.Order.paid_by", "payment", "paid_by"));
    }

    @Test
    void changes_ofWordsAndReservations_touchNoData() {
        assertThat(changes("// An order.", "// What somebody bought."))
                .containsExactly(
                        change(Kind.CHANGED, Nature.WORDS, "acme.Order#comment", "An order.", "What somebody bought."));
        assertThat(changes("reserved 9;", "reserved 9 to 12, 20;"))
                .containsExactly(
                        change(Kind.REMOVED, Nature.WORDS, "acme.Order#reserved", "9", null),
                        change(Kind.ADDED, Nature.WORDS, "acme.Order#reserved", null, "9 to 12"),
                        change(Kind.ADDED, Nature.WORDS, "acme.Order#reserved", null, "20"));
        assertThat(changes("package acme;", "package acme;\noption java_package = \"com.acme\";"))
                .containsExactly(change(Kind.ADDED, Nature.WORDS, "#java_package", null, "\"com.acme\""));
    }

    @Test
    void changes_ofCustomOptions_mayTouchData() {
        String imported = "package acme;\nimport \"google/api/field_behavior.proto\";";
        String before = BEFORE.replace("package acme;", imported);
        String after = before.replace("int32 amount = 2", "int32 amount = 2 [(google.api.field_behavior) = REQUIRED]");

        assertThat(between(before, after))
                .containsExactly(change(
                        Kind.ADDED, Nature.MEANING, "acme.Order.amount#(google.api.field_behavior)", null, "REQUIRED"));
    }

    @Test
    void changes_ofTheFirstValueOfAnEnum_areItsDefault() {
        String aliases = BEFORE.replace("STATE_NEW = 0;", "option allow_alias = true; STATE_NEW = 0; STATE_OPEN = 0;");
        String swapped = BEFORE.replace("STATE_NEW = 0;", "option allow_alias = true; STATE_OPEN = 0; STATE_NEW = 0;");

        assertThat(between(aliases, swapped))
                .containsExactly(change(Kind.CHANGED, Nature.MEANING, "acme.State#default", "STATE_NEW", "STATE_OPEN"));
    }

    @Test
    void changes_ofOrder_areOfThePlaceAround() {
        assertThat(changes("  string id = 1;\n  int32 amount = 2;", "  int32 amount = 2;\n  string id = 1;"))
                .containsExactly(change(
                        Kind.REORDERED,
                        Nature.ORDER,
                        "acme.Order",
                        "id, amount, payment, state, reserved 9;, Line",
                        "amount, id, payment, state, reserved 9;, Line"));
    }

    @Test
    void changes_ofPackageAndSyntax_areNotRepeatedForEachDeclaration() {
        assertThat(between(BEFORE, BEFORE.replace("package acme;", "package acme.v2;")))
                .containsExactly(change(Kind.CHANGED, Nature.MEANING, "#package", "acme", "acme.v2"));
        assertThat(between(BEFORE, BEFORE.replace("syntax = \"proto3\"", "edition = \"2023\"")))
                .containsExactly(change(Kind.CHANGED, Nature.MEANING, "#syntax", "proto3", "2023"));
    }

    @Test
    void changes_ofAMethod_areWhatItTakesAndAnswers() {
        assertThat(changes("rpc Get(Order) returns (Order)", "rpc Get(Order) returns (stream Order)"))
                .containsExactly(
                        change(Kind.CHANGED, Nature.MEANING, "acme.Orders.Get#output", "Order", "stream Order"));
    }

    @Test
    void changes_ofMany_areBounded() {
        StringBuilder after = new StringBuilder("syntax = \"proto3\"; message M {");
        for (int i = 1; i < 3_000; i++) {
            after.append("int32 f").append(i).append(" = ").append(i).append(";\n");
        }

        assertThat(between(
                        "syntax = \"proto3\"; message M {}", after.append("}").toString()))
                .hasSize(SchemaChange.MAX_LISTED);
    }

    private static List<SchemaChange> changes(String from, String to) {
        assertThat(BEFORE).contains(from);
        return between(BEFORE, BEFORE.replace(from, to));
    }

    private static List<SchemaChange> between(String before, String after) {
        return new ProtobufFormat().changes(JudgedPair.source(before), JudgedPair.source(after));
    }

    private static SchemaChange change(
            Kind kind, Nature nature, String path, @Nullable String before, @Nullable String after) {
        return new SchemaChange(kind, nature, path, path, before, after);
    }
}
