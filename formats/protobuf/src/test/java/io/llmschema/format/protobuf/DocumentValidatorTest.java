package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of documents, so that somebody can put them right. */
class DocumentValidatorTest {
    private static final String SCHEMA = """
            syntax = "proto3";
            package acme;
            import "google/protobuf/timestamp.proto";
            import "google/protobuf/duration.proto";
            import "google/protobuf/any.proto";
            import "google/protobuf/wrappers.proto";
            import "google/protobuf/struct.proto";
            message Person {
              string name = 1;
              int32 age = 2;
              Colour colour = 3;
              repeated int64 scores = 4;
              map<int32, Address> addresses = 5;
              oneof contact { string mail = 6; string phone = 7; }
              bytes picture = 8;
              google.protobuf.Timestamp born_at = 9;
              google.protobuf.Duration lasts = 10;
              google.protobuf.Any extra = 11;
              google.protobuf.Int32Value wrapped = 12;
              Person parent = 13;
              google.protobuf.Struct more = 14;
            }
            message Address { string street_name = 1; }
            enum Colour { COLOUR_NONE = 0; RED = 1; GREEN = 2; }
            """;
    private static final String OLD = """
            syntax = "proto2";
            message M { required string id = 1; repeated group G = 2 { required int32 n = 1; } optional M m = 3; map<string, M> by_name = 4; extensions 100 to 200; }
            extend M { optional int32 mark = 100; }
            """;

    private final DocumentValidator validator = new ProtobufFormat().validator(JudgedPair.source(SCHEMA));
    private final DocumentValidator old = new ProtobufFormat().validator(JudgedPair.source(OLD));

    @Test
    void json_withManyErrors_hasThemAll() {
        assertThat(json("""
                {
                  "name": 5,
                  "age": "twelve",
                  "colour": "rde",
                  "scores": [1, "2", "x", null, 9223372036854775808],
                  "addresses": {"a": {}, "1": {"streetname": "x"}},
                  "mail": "a", "phone": "b",
                  "picture": "*",
                  "bornAt": "2024-02-30T00:00:00Z",
                  "lasts": "5",
                  "extra": {"@type": "x/acme.Nothing"},
                  "wrapped": 1.5,
                  "nmae": ""
                }
                """))
                .extracting(DocumentError::instancePath, DocumentError::schemaPath, DocumentError::keyword)
                .containsExactly(
                        tuple("/name", "acme.Person.name", "type"),
                        tuple("/age", "acme.Person.age", "type"),
                        tuple("/colour", "acme.Colour", "enum"),
                        tuple("/scores/2", "acme.Person.scores", "type"),
                        tuple("/scores/3", "acme.Person.scores", "type"),
                        tuple("/scores/4", "acme.Person.scores", "range"),
                        tuple("/addresses/a", "acme.Person.addresses", "type"),
                        tuple("/addresses/1/streetname", "acme.Address", "unknown-field"),
                        tuple("/phone", "acme.Person.contact", "oneof"),
                        tuple("/picture", "acme.Person.picture", "base64"),
                        tuple("/bornAt", "acme.Person.born_at", "timestamp"),
                        tuple("/lasts", "acme.Person.lasts", "duration"),
                        tuple("/extra/@type", "acme.Person.extra", "any"),
                        tuple("/wrapped", "acme.Person.wrapped", "type"),
                        tuple("/nmae", "acme.Person", "unknown-field"));
    }

    @Test
    void json_sentences_sayWhatWouldBeRight() {
        assertThat(json("{\"age\": \"twelve\", \"colour\": \"rde\", \"nmae\": 1, \"scores\": 3}"))
                .extracting(DocumentError::message)
                .containsExactly(
                        "the field 'age' must be an integer of 32 bits, but it is the string \"twelve\"",
                        "'rde' is not a value of enum acme.Colour; its values are COLOUR_NONE, RED, GREEN; did you mean RED?",
                        "message acme.Person has no field 'nmae'; its fields are name, age, colour, scores, addresses, mail, phone,"
                                + " picture, bornAt, lasts and 4 more; did you mean name?",
                        "the field 'scores' must be an array, but it is the number 3");
    }

    @Test
    void json_thatIsValid_hasNoErrors() {
        assertThat(json("""
                {"name": "a", "age": "12", "colour": 7, "scores": ["1", 2.0, 1e3], "addresses": {"-1": {"street_name": "x"}},
                 "mail": null, "phone": "b", "picture": "-_8", "born_at": "2024-02-29T00:00:00.1+01:00", "lasts": "-1.5s",
                 "extra": {"@type": "type.googleapis.com/acme.Address", "streetName": "y"}, "wrapped": null,
                 "more": {"a": [1, null, {"b": "c"}]}}
                """)).isEmpty();
    }

    @Test
    void json_thatIsNone_hasOneErrorWithItsPlace() {
        assertThat(json("{\n  \"name\": \"a\",\n  \"age\": }\n"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.keyword()).isEqualTo(DocumentError.SYNTAX);
                    assertThat(error.message()).startsWith("line 3, column 10: this is no JSON");
                });
        assertThat(json("{\"name\": \"a\", \"name\": \"b\"}"))
                .singleElement()
                .extracting(DocumentError::message)
                .asString()
                .contains("the name 'name' occurs twice");
        assertThat(validator
                        .validate(new byte[] {'"', -1, '"'}, DocumentForm.JSON)
                        .errors())
                .singleElement()
                .extracting(DocumentError::message)
                .isEqualTo("line 1, column 2: byte 0xFF is not well-formed UTF-8");
        assertThat(validator.validate(new byte[0], DocumentForm.JSON).errors())
                .singleElement()
                .extracting(DocumentError::keyword)
                .isEqualTo(DocumentError.SYNTAX);
    }

    @Test
    void json_withAFieldUnderBothNames_isAmbiguous() {
        assertThat(json("{\"bornAt\": null, \"born_at\": \"2024-02-29T00:00:00Z\"}"))
                .singleElement()
                .extracting(DocumentError::keyword)
                .isEqualTo("duplicate-field");
    }

    @Test
    void json_nestedDeeperThanParsersRead_hasOneError() {
        assertThat(json("{\"parent\": ".repeat(100) + "{}" + "}".repeat(100))).isEmpty();
        assertThat(json("{\"x\": 1, \"parent\": ".repeat(101) + "{}" + "}".repeat(101)))
                .singleElement()
                .extracting(DocumentError::keyword)
                .isEqualTo(DocumentError.SYNTAX);
        assertThat(json("[".repeat(100_000)))
                .singleElement()
                .extracting(DocumentError::keyword)
                .isEqualTo(DocumentError.SYNTAX);
    }

    @Test
    void json_withoutWhatIsRequired_saysSo() {
        DocumentReport report = old.validate(bytes("{\"g\": [{\"n\": 1}, {}], \"[mark]\": \"x\"}"), DocumentForm.JSON);

        assertThat(report.errors())
                .extracting(DocumentError::instancePath, DocumentError::schemaPath, DocumentError::keyword)
                .containsExactly(
                        tuple("/g/1", "M.G.n", "required"),
                        tuple("/[mark]", "mark", "type"),
                        tuple("", "M.id", "required"));
    }

    @Test
    void errors_areBounded() {
        DocumentReport report =
                validator.validate(bytes("{\"scores\": [" + "\"x\",".repeat(100_000) + "1]}"), DocumentForm.JSON);

        assertThat(report.errors()).hasSize(DocumentReport.MAX_ERRORS);
        assertThat(report.isCut()).isTrue();
    }

    @Test
    void binary_withUnknownFields_isValid() {
        assertThat(binary("0a0161" + "0a0162" + "9206027878" + "1203787878" + "1805", null))
                .isEmpty();
    }

    @Test
    void binary_withTextThatIsNoUtf8_saysWhere() {
        assertThat(binary("0a01ff" + "2a06" + "0805" + "12020a00" + "2a07" + "1203" + "0a01c3" + "0807", null))
                .extracting(DocumentError::instancePath, DocumentError::keyword, DocumentError::message)
                .containsExactly(
                        tuple(
                                "/name",
                                "utf-8",
                                "the field 'name' must be UTF-8, but the 1 bytes from byte 2 on are not"),
                        tuple(
                                "/addresses/7/streetName",
                                "utf-8",
                                "the field 'streetName' must be UTF-8, but the 1 bytes from byte 17 on are not"));
    }

    @Test
    void binary_thatIsBroken_hasOneErrorWithItsPlace() {
        assertThat(syntax("0a0561"))
                .isEqualTo("at byte 1: a length of 5 bytes reaches beyond the 1 that are left of what it lies in");
        assertThat(syntax("0200")).isEqualTo("at byte 0: a field has the number 0, which there is not");
        assertThat(syntax("10ff")).isEqualTo("at byte 1: the data ends within a number");
        assertThat(syntax("0f")).isEqualTo("at byte 1: there is no wire type 7");
        assertThat(syntax("0c")).isEqualTo("at byte 1: the end of a group 1 is here, where no group was begun");
        assertThat(syntax("9b06")).isEqualTo("at byte 2: the data ends before the group 99 does");
        assertThat(syntax("2203010280")).isEqualTo("at byte 4: the data ends within a number");
        assertThat(syntax("ab".repeat(1) + "06" + "ab06".repeat(100)))
                .isEqualTo("at byte 202: messages are nested deeper than 100 levels, which no parser reads by default");
    }

    @Test
    void binary_withoutWhatIsRequired_saysSoOfTheMessageThatIsPutTogether() {
        // m is there twice, and has its id the second time; the first entry of the map has no value.
        byte[] document =
                HexFormat.of().parseHex("0a0161" + "1a00" + "1a030a0162" + "22030a0178" + "130801" + "14" + "1314");

        assertThat(old.validate(document, new DocumentForm(DataEncoding.BINARY, "M"))
                        .errors())
                .extracting(DocumentError::instancePath, DocumentError::schemaPath, DocumentError::keyword)
                .containsExactly(tuple("/byName/x", "M.id", "required"), tuple("/g/1", "M.G.n", "required"));
    }

    @Test
    void message_isTheFirstUnlessTold() {
        assertThat(validator
                        .validate(bytes("{\"streetName\": \"a\"}"), new DocumentForm(DataEncoding.JSON, "acme.Address"))
                        .isValid())
                .isTrue();
        assertThat(validator
                        .validate(bytes("\"5s\""), new DocumentForm(DataEncoding.JSON, "google.protobuf.Duration"))
                        .isValid())
                .isTrue();
        assertThatThrownBy(() -> validator.validate(bytes("{}"), new DocumentForm(DataEncoding.JSON, "Persn")))
                .isInstanceOf(RegistryException.InvalidValue.class)
                .hasMessage("'Persn' is not a valid message: the messages of the schema are acme.Person, acme.Address");
        DocumentValidator none =
                new ProtobufFormat().validator(JudgedPair.source("syntax = \"proto3\"; enum E { Z = 0; }"));
        assertThatThrownBy(() -> none.validate(bytes("{}"), DocumentForm.JSON))
                .isInstanceOf(RegistryException.InvalidValue.class)
                .hasMessage("'' is not a valid message: the schema declares no message");
    }

    private String syntax(String hex) {
        DocumentError error = binary(hex, null).getFirst();
        assertThat(error.keyword()).isEqualTo(DocumentError.SYNTAX);
        return error.message();
    }

    private List<DocumentError> json(String document) {
        return validator.validate(bytes(document), DocumentForm.JSON).errors();
    }

    private List<DocumentError> binary(String hex, @Nullable String message) {
        return validator
                .validate(HexFormat.of().parseHex(hex), new DocumentForm(DataEncoding.BINARY, message))
                .errors();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
