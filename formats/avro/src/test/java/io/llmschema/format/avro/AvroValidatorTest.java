package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.TooMuchToValidate;
import io.llmschema.model.SchemaContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas and documents are written with {@code '} for a quotation mark. */
class AvroValidatorTest {
    private static final DocumentForm BINARY = new DocumentForm(DataEncoding.BINARY, null);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String PERSON = """
            {'type':'record','name':'shop.Person','fields':[
              {'name':'age','type':'int'},
              {'name':'name','type':['null','string'],'default':null,'aliases':['title']},
              {'name':'colour','type':{'type':'enum','name':'Colour','symbols':['RED','GREEN']}}]}
            """;

    private final AvroFormat format = new AvroFormat();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'null' | null",
                "'boolean' | false",
                "'int' | -2147483648",
                "'int' | 1e3",
                "'int' | 5.0",
                "'long' | 9223372036854775807",
                "'float' | 1",
                "'float' | 'NaN'",
                "'double' | -1.5e300",
                "'double' | '-Infinity'",
                "'string' | ''",
                "'bytes' | '\u00FFa'",
                "{'type':'fixed','name':'F','size':2} | 'a\u00FF'",
                "{'type':'enum','name':'E','symbols':['A']} | 'A'",
                "{'type':'array','items':'int'} | [1, 2]",
                "{'type':'map','values':'int'} | {'a': 1, 'b': 2}",
                "['null','string'] | null",
                "['null','string'] | {'string': 'a'}",
                "['null',{'type':'map','values':'int'}] | {'map': {}}",
                "{'type':'record','name':'R','fields':[]} | {}",
                "{'type':'record','name':'n.R','fields':[{'name':'next','type':['null','R']}]} | {'next': {'n.R': {'next': null}}}",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':'int'}]} | {'b': 1, 'a': 2}",
                "{'type':'bytes','logicalType':'decimal','precision':2} | 'c'",
                "{'type':'string','logicalType':'uuid'} | 'F81D4FAE-7dec-11d0-a765-00a0c91e6bf6'",
                "{'type':'int','logicalType':'date'} | -1",
                "{'type':'int','logicalType':'time-millis'} | 86399999",
                // An annotation that does not fit is none.
                "{'type':'long','logicalType':'uuid'} | 1",
            })
    void validate_json_valid(String schema, String document) {
        assertThat(json(schema, document).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Types.
                "'null' | 1 | type | the document must be null, but it is the number 1; write null",
                "'boolean' | 'True' | type | write true",
                "'int' | '12' | type | the document must be an int, but it is the string '12'; write the number itself: 12",
                "'int' | 1.5 | type | must be an int, but it is the number 1.5, which is not a whole number",
                "'int' | null | type | its type has no null",
                "'double' | '1.5' | type | write the number itself: 1.5",
                "'string' | 12 | type | must be a string, but it is the number 12; write it as a string: '12'",
                "'string' | {'string': 'a'} | type | its type is no union, so the value stands without a tag: write 'a'",
                "{'type':'array','items':'int'} | {} | type | must be an array, but it is an empty object",
                "{'type':'map','values':'int'} | [] | type | must be a map, but it is an empty array",
                "{'type':'record','name':'R','fields':[]} | [1] | type | must be a record 'R', but it is an array",
                "'bytes' | 'a\u20AC' | type | the character at index 1 is U+20AC",
                // Ranges.
                "'int' | 2147483648 | range | from -2147483648 to 2147483647, but it is 2147483648",
                "'int' | 1e999999999 | range | must be an int",
                "'long' | 9223372036854775808 | range | to 9223372036854775807",
                "'float' | 1e39 | range | larger than any",
                "'double' | -1e999999999 | range | larger than any",
                // Sizes.
                "{'type':'fixed','name':'F','size':2} | 'abc' | size | must be a fixed 'F' of 2 bytes, a string with one character for each, but it has 3 characters",
                // Enums.
                "{'type':'enum','name':'Colour','symbols':['RED','GREEN']} | 'rde' | enum | 'rde' is not a symbol of enum 'Colour'; its symbols are RED, GREEN; did you mean RED?",
                "{'type':'enum','name':'Colour','symbols':['RED','GREEN']} | 1 | type | must be a symbol of enum 'Colour', but it is the number 1",
                // Unions.
                "['null','string','long'] | 'abc' | union | the document is a union that takes null, {'string': …}, {'long': …}; the string 'abc' is not tagged: write {'string': 'abc'}",
                "['string','long'] | null | union | null is none of them",
                "['null','string'] | {'null': null} | union | null has no tag: write null",
                "['null','string'] | 1 | union | the number 1 is none of them",
                "['null','string'] | {'sting': 'a'} | union | 'sting' names none of them; did you mean string?",
                "['null',{'type':'fixed','name':'n.F','size':1}] | {'F': 'a'} | union | a tag is the full name of the type: write {'n.F': 'a'}",
                "['int',{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]}] | {'a': 1} | union | the object is not tagged: write {'R': {…}}",
                "['null',{'type':'map','values':'int'}] | {'a': 1, 'b': 2} | union | an object is not tagged: write {'map': {…}}",
                "['int','string'] | {'int': 1, 'string': 'a'} | union | an object is none of them",
                // Logical types.
                "{'type':'bytes','logicalType':'decimal','precision':2} | 'd' | logicalType | more than the 2 digits",
                "{'type':'bytes','logicalType':'decimal','precision':2} | '' | logicalType | it has no byte",
                "{'type':'string','logicalType':'uuid'} | 'f81d4fae' | logicalType | must be a UUID",
                "{'type':'int','logicalType':'time-millis'} | 86400000 | logicalType | from 0 to 86399999",
                "{'type':'long','logicalType':'time-micros'} | -1 | logicalType | must be a time-micros",
                // Not JSON.
                "'int' | 1 2 | syntax | line 1, column 3: there is more",
                "'int' | `` | syntax | the document is empty",
                "{'type':'map','values':'int'} | {'a':1,'a':2} | syntax | 'a' occurs twice",
            })
    void validate_json_oneError(String schema, String document, String keyword, String message) {
        List<DocumentError> errors = json(schema, document).errors();

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.keyword()).isEqualTo(keyword);
            assertThat(error.message().replace('"', '\'')).contains(message);
            assertThat(error.instancePath()).isEmpty();
        });
    }

    @Test
    void validate_json_tellsAllErrorsInTheOrderOfTheDocument() {
        DocumentReport report = json(PERSON, "{'colour': 'rde', 'nmae': null, 'age': '12', 'extra': [1, 2]}");

        assertThat(report.errors())
                .extracting(DocumentError::instancePath, DocumentError::schemaPath, DocumentError::keyword)
                .containsExactly(
                        tuple("/colour", "/fields/2/type", "enum"),
                        tuple("/nmae", "", "additionalProperties"),
                        tuple("/age", "/fields/0/type", "type"),
                        tuple("/extra", "", "additionalProperties"),
                        tuple("", "/fields/1", "required"));
        assertThat(report.errors())
                .extracting(DocumentError::message)
                .containsExactly(
                        "\"rde\" is not a symbol of enum 'shop.Colour'; its symbols are RED, GREEN; did you mean RED?",
                        "the record 'shop.Person' has no field 'nmae'; did you mean name?",
                        "the field 'age' must be an int, but it is the string \"12\"; write the number itself: 12",
                        "the record 'shop.Person' has no field 'extra'",
                        "the field 'name', a union of null, string, is missing from the record 'shop.Person': every field"
                                + " must be written, as defaults do not apply to data; without a value, write \"name\":"
                                + " null");
        assertThat(report.isCut()).isFalse();
    }

    @Test
    void validate_json_alias_isNoName() {
        assertThat(json(PERSON, "{'age': 1, 'title': null, 'colour': 'RED'}").errors())
                .first()
                .satisfies(error -> assertThat(error.message()).contains("it is an alias of the field 'name'"));
    }

    @Test
    void validate_json_paths_leadThroughItemsKeysAndBranches() {
        String schema = "{'type':'array','items':['null',{'type':'map','values':['int','string']}]}";

        DocumentError error =
                json(schema, "[null, {'map': {'a/b': {'int': 'x'}}}]").errors().getFirst();

        assertThat(error.instancePath()).isEqualTo("/1/map/a~1b/int");
        assertThat(error.schemaPath()).isEqualTo("/items/1/values/0");
        assertThat(error.message()).startsWith("the value of the key 'a/b' must be an int");
    }

    @Test
    void validate_references_namesTheirPlaces() {
        ReferencedSchema money = new ReferencedSchema(
                "shop.Money",
                SchemaContent.of(
                        "[\"null\",{\"type\":\"record\",\"name\":\"shop.Money\",\"fields\":[{\"name\":\"cents\",\"type\":\"long\"}]}]"));
        DocumentValidator validator = format.validator(
                new SchemaSource(SchemaContent.of(text("{'type':'array','items':'shop.Money'}")), List.of(money)));

        assertThat(validator
                        .validate(bytes("[{'cents': 1}, {'cents': 'x'}]"), DocumentForm.JSON)
                        .errors())
                .extracting(DocumentError::instancePath, DocumentError::schemaPath)
                .containsExactly(tuple("/1/cents", "shop.Money#/1/fields/0/type"));
        assertThat(validator
                        .validate(bytes("{'cents': 1}"), new DocumentForm(DataEncoding.JSON, "shop.Money"))
                        .isValid())
                .isTrue();
    }

    @Test
    void validate_message_isANamedType() {
        DocumentValidator validator = validator(PERSON);

        assertThat(validator
                        .validate(bytes("'RED'"), new DocumentForm(DataEncoding.JSON, "shop.Colour"))
                        .isValid())
                .isTrue();
        assertThatThrownBy(() -> validator.validate(bytes("1"), new DocumentForm(DataEncoding.JSON, "shop.Color")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(
                        "the named types of the schema are shop.Person, shop.Colour; did you mean shop.Colour?");
        assertThatThrownBy(() -> validator("'int'").validate(bytes("1"), new DocumentForm(DataEncoding.JSON, "A")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("the schema has no named types");
    }

    @Test
    void validate_json_manyErrors_areCut() {
        String items = IntStream.range(0, 100_000).mapToObj(_ -> "'x'").collect(Collectors.joining(","));

        DocumentReport report = json("{'type':'array','items':'int'}", "[" + items + "]");

        assertThat(report.errors()).hasSize(DocumentReport.MAX_ERRORS);
        assertThat(report.isCut()).isTrue();
    }

    @Test
    void validate_json_longNames_areNotCopiedIntoEveryError() {
        String key = "k".repeat(1_000_000);
        String schema = "{'type':'map','values':{'type':'array','items':'int'}}";
        String items = IntStream.range(0, 400).mapToObj(_ -> "'x'").collect(Collectors.joining(","));

        DocumentReport report = json(schema, "{'" + key + "': [" + items + "]}");

        assertThat(report.errors())
                .hasSize(400)
                .allSatisfy(error -> assertThat(
                                error.instancePath().length() + error.message().length())
                        .isLessThan(3_000));
    }

    @Test
    void validate_json_tooDeep_isSyntax() {
        String list = "{'type':'record','name':'L','fields':[{'name':'n','type':['null','L']}]}";

        assertThat(json(list, "{'n':{'L':".repeat(249) + "{'n':null}" + "}}".repeat(249))
                        .isValid())
                .isTrue();
        assertThat(json(list, "{'n':{'L':".repeat(250) + "{'n':null}" + "}}".repeat(250))
                        .errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.keyword()).isEqualTo(DocumentError.SYNTAX);
                    assertThat(error.message()).contains("nested deeper than 500");
                });
    }

    @Test
    void validate_json_notUtf8_isSyntax() {
        assertThat(validator("'string'")
                        .validate(new byte[] {'"', (byte) 0xC3, '"'}, DocumentForm.JSON)
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.keyword() + ": " + error.message())
                        .isEqualTo("syntax: line 1, column 2: byte 0xC3 is not well-formed UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'null' | ``",
                "'boolean' | 01",
                "'int' | FF FF FF FF 0F",
                "'int' | 80 00",
                "'long' | FF FF FF FF FF FF FF FF FF 01",
                "'float' | 00 00 C0 7F",
                "'double' | 00 00 00 00 00 00 F0 FF",
                "'string' | 06 61 C3 A4",
                "'bytes' | 02 FF",
                "{'type':'fixed','name':'F','size':2} | 01 02",
                "{'type':'enum','name':'E','symbols':['A','B']} | 02",
                "{'type':'array','items':'int'} | 02 00 02 00 00",
                "{'type':'array','items':'int'} | 03 04 02 04 00",
                "{'type':'array','items':'null'} | 80 80 80 80 08 00",
                "{'type':'map','values':'int'} | 02 02 61 02 00",
                "['null','string'] | 00",
                "['null','string'] | 02 02 61",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'null'},{'name':'b','type':'int'}]} | 02",
            })
    void validate_binary_valid(String schema, String hex) {
        assertThat(binary(schema, hex).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // What cannot be read on.
                "'null' | 00 | syntax | 1 of the document's 1 bytes are left after the datum, which ends at byte 0",
                "'boolean' | `` | syntax | takes 1 bytes, but 0 are left",
                "'int' | 80 | syntax | the document has an int that the end of the document, at byte 1, cuts off",
                "'int' | 80 80 80 80 80 00 | syntax | ends at byte 4 at the latest, but goes on",
                "'double' | 00 00 | syntax | is a double from byte 0 on, which takes 8 bytes, but 2 are left",
                "'string' | 04 61 | syntax | has at byte 0 the length of a string, 2, but 1 bytes are left",
                "'string' | 01 | syntax | the length of a string, -1",
                "'bytes' | FE FF FF FF FF FF FF FF FF 01 | syntax | the length of bytes, 9223372036854775807",
                "['null','string'] | 04 | syntax | from 0 to 1, but it is 2",
                "['null','string'] | 01 | syntax | but it is -1",
                "{'type':'array','items':'int'} | 02 02 | syntax | the count of a block",
                "{'type':'array','items':'int'} | 01 06 02 00 | syntax | takes 3 bytes, but 2 are left",
                "{'type':'array','items':'int'} | 01 04 02 00 | syntax | says it takes 2 bytes, but its items take 1",
                "{'type':'array','items':'int'} | 01 01 02 00 | syntax | with the size -1",
                "{'type':'array','items':'null'} | FE FF FF FF FF FF FF FF 7F 00 | syntax | that no list can hold",
                "{'type':'array','items':'null'} | FF FF FF FF FF FF FF FF FF 01 00 00 | syntax | that no list can hold",
                "{'type':'map','values':'int'} | 02 04 61 | syntax | the length of the key of a map, 2",
                // What can.
                "'boolean' | 02 | type | must be a boolean, the byte 0 or 1, but byte 0 is 0x02",
                "'int' | FF FF FF FF 1F | range | with more than 32 bits",
                "'long' | FF FF FF FF FF FF FF FF FF 03 | range | with more than 64 bits",
                "'string' | 02 FF | type | the 1 bytes from byte 1 on are not well-formed UTF-8",
                "{'type':'map','values':'int'} | 02 02 FF 02 00 | type | has a key of which the 1 bytes",
                "{'type':'enum','name':'E','symbols':['A','B']} | 04 | enum | from 0 to 1, but at byte 0 it is 2; its symbols are A, B",
                "{'type':'enum','name':'E','symbols':['A','B']} | 01 | enum | it is -1",
                "{'type':'bytes','logicalType':'decimal','precision':2} | 02 64 | logicalType | more than the 2 digits",
                "{'type':'string','logicalType':'uuid'} | 02 61 | logicalType | must be a UUID",
                "{'type':'int','logicalType':'time-millis'} | 01 | logicalType | must be a time-millis",
            })
    void validate_binary_oneError(String schema, String hex, String keyword, String message) {
        assertThat(binary(schema, hex).errors()).singleElement().satisfies(error -> {
            assertThat(error.keyword()).isEqualTo(keyword);
            assertThat(error.message()).contains(message);
        });
    }

    @Test
    void validate_binary_tellsAllThatCanBeRead() {
        String schema = "{'type':'array','items':['null',{'type':'map','values':'boolean'}]}";

        DocumentReport report = binary(schema, "04 02 02 02 61 05 00 02 02 02 62 06 00 00");

        assertThat(report.errors())
                .extracting(DocumentError::instancePath, DocumentError::schemaPath)
                .containsExactly(tuple("/0/map/a", "/items/1/values"), tuple("/1/map/b", "/items/1/values"));
    }

    @Test
    void validate_binary_claimedLengths_costNothing() {
        String nulls = "{'type':'record','name':'R','fields':["
                + IntStream.range(0, 1_000)
                        .mapToObj(i -> "{'name':'f" + i + "','type':'null'}")
                        .collect(Collectors.joining(","))
                + "]}";
        String doubling = "{'type':'record','name':'N0','fields':[]}";
        for (int i = 1; i < 60; i++) {
            doubling = "{'type':'record','name':'N%d','fields':[{'name':'a','type':%s},{'name':'b','type':'N%d'}]}"
                    .formatted(i, doubling, i - 1);
        }
        String zeros = doubling;

        assertTimeout(BOUND, () -> {
            assertThat(binary("{'type':'array','items':" + nulls + "}", "FE FF FF FF 0F 00")
                            .errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.message()).contains("no list can hold"));
            assertThat(binary("{'type':'array','items':" + nulls + "}", "80 80 80 80 08 00")
                            .isValid())
                    .isTrue();
            assertThat(binary(zeros, "").isValid()).isTrue();
        });
    }

    @Test
    void validate_binary_recordsWithinEachOther_areBounded() {
        String chain = "'int'";
        for (int i = 0; i < 80; i++) {
            chain = "{'type':'record','name':'N%d','fields':[{'name':'a','type':%s}]}".formatted(i, chain);
        }
        DocumentValidator validator = validator("{'type':'array','items':" + chain + "}");
        byte[] document = new byte[2_000_006];
        // A count of two million, and as many zeros.
        byte[] count = HexFormat.of().parseHex("8092f401");
        System.arraycopy(count, 0, document, 0, count.length);

        assertTimeout(
                BOUND,
                () -> assertThatThrownBy(() -> validator.validate(document, BINARY))
                        .isInstanceOf(TooMuchToValidate.class));
    }

    @Test
    void validate_binary_tooDeep_isSyntax() {
        String list = "{'type':'record','name':'L','fields':[{'name':'n','type':['null','L']}]}";
        String endless = "{'type':'record','name':'L','fields':[{'name':'n','type':'L'}]}";

        assertThat(binary(list, "02".repeat(249) + "00").isValid()).isTrue();
        assertThat(binary(list, "02".repeat(250) + "00").errors())
                .singleElement()
                .satisfies(error -> assertThat(error.keyword() + ": " + error.message())
                        .isEqualTo("syntax: values are nested deeper than 500 levels"));
        assertThat(binary(endless, "").errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("nested deeper"));
    }

    @Test
    void validate_singleObject_isTakenByItsFingerprint() throws IOException {
        SchemaSource source = source("'long'");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<Long>(
                        GenericData.get(), LoadedSchema.of(source).schema())
                .encode(7L, out);
        DocumentValidator validator = format.validator(source);

        assertThat(validator.validate(out.toByteArray(), BINARY).errors()).isEmpty();
        assertThat(validator("'int'").validate(out.toByteArray(), BINARY).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message())
                        .contains("begins as a single object (C3 01), but its fingerprint")
                        .contains("is not that of this schema, "));
        // A bare datum that begins in the same way.
        assertThat(binary("{'type':'fixed','name':'F','size':10}", "C3 01 00 00 00 00 00 00 00 00")
                        .isValid())
                .isTrue();
    }

    @Test
    void validate_decimals_areMeasuredInTimeBoundByTheirLength() {
        DocumentValidator validator =
                validator("{'type':'array','items':{'type':'bytes','logicalType':'decimal','precision':1000000000}}");
        byte[] bytes = bytes("['" + "9".repeat(5_000_000) + "']");

        assertTimeout(
                BOUND,
                () -> assertThat(validator.validate(bytes, DocumentForm.JSON).isValid())
                        .isTrue());
        assertThat(json("{'type':'bytes','logicalType':'decimal','precision':3}", "'\\u0003\\u00E7'")
                        .isValid())
                .isTrue();
        assertThat(json("{'type':'bytes','logicalType':'decimal','precision':3}", "'\\u0003\\u00E8'")
                        .isValid())
                .isFalse();
        assertThat(json(
                                "{'type':'bytes','logicalType':'decimal','precision':3}",
                                "'\\u00FF\\u00FF\\u00FF\\u00FC\\u0019'")
                        .isValid())
                .isTrue();
    }

    private DocumentReport json(String schema, String document) {
        return validator(schema).validate(bytes(document), DocumentForm.JSON);
    }

    private DocumentReport binary(String schema, String hex) {
        return validator(schema).validate(HexFormat.of().parseHex(hex.replace(" ", "")), BINARY);
    }

    private DocumentValidator validator(String schema) {
        return format.validator(source(schema));
    }

    private static SchemaSource source(String schema) {
        return new SchemaSource(SchemaContent.of(text(schema)), List.of());
    }

    private static byte[] bytes(String text) {
        return text(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String text) {
        return text.replace('\'', '"');
    }
}
