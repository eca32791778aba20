package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.Violation;
import io.llmschema.testkit.SchemaFormatContract;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroFormatTest extends SchemaFormatContract {
    private static final String ORDER = """
        {"type": "record", "name": "Order", "namespace": "shop", "doc": "What was bought.", "aliases": ["Purchase", "old.Order"],
         "fields": [
           {"name": "id", "type": {"type": "string", "logicalType": "uuid"}, "doc": "Its key."},
           {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "PAID"], "default": "OPEN"}, "default": "OPEN"},
           {"name": "hash", "type": ["null", {"type": "fixed", "name": "com.example.Md5", "size": 16}], "default": null, "order": "ignore"},
           {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
           {"name": "lines", "type": {"type": "array", "items": {"type": "map", "values": "double"}}, "default": []},
           {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}, "default": 0, "aliases": ["b", "a"]},
           {"name": "rate", "type": "double", "default": 1.50},
           {"name": "parent", "type": ["null", "Order"], "default": null},
           {"name": "other", "type": ["null", "shop.State", "com.example.Md5"]}]}
        """;

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AvroFormat format = new AvroFormat();

    @Override
    protected SchemaFormat format() {
        return format;
    }

    @Override
    protected List<String> validSchemas() {
        return List.of(
                ORDER,
                "\"string\"",
                "{\"type\": \"long\", \"logicalType\": \"date\"}",
                "[\"null\", \"int\", {\"type\": \"array\", \"items\": \"bytes\"}, {\"type\": \"error\", \"name\":"
                        + " \"E\", \"fields\": []}]",
                // An annotation that does not fit is ignored, as are the names of classes.
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 2, \"scale\": 5}",
                "{\"type\": \"string\", \"java-class\": \"java.lang.ProcessBuilder\", \"logicalType\": \"uuid\"}");
    }

    @Override
    protected List<String> sameMeaning() {
        return List.of(
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"double\",\"default\":1.50,\"p\":1e2}]}",
                """
                {"type": "record", "name": "\\u0041", "fields":
                  [{"name": "x", "type": "double", "default": 15E-1, "p": 100}]}
                """);
    }

    @Override
    protected List<String> sameMeaningReordered() {
        return List.of(
                "{\"type\":\"record\",\"name\":\"A\",\"aliases\":[\"B\",\"C\"],\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}",
                "{\"name\":\"A\",\"type\":\"record\",\"fields\":[{\"type\":\"int\",\"name\":\"x\"}],\"aliases\":[\"C\",\"B\"]}");
    }

    @Override
    protected String nested(int depth) {
        return "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
    }

    @Test
    void unorderedForm_fieldsSymbolsAndBranchesKeepTheirOrder() {
        ParsedSchema parsed =
                accepted("[{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"B\",\"A\"]},\"null\",\"int\"]");

        assertThat(parsed.unorderedForm())
                .isEqualTo("[{\"name\":\"E\",\"symbols\":[\"B\",\"A\"],\"type\":\"enum\"},\"null\",\"int\"]");
    }

    @Test
    void normalizedForm_changesTheOrderOfAttributesAndAliasesOnly() {
        ParsedSchema parsed = accepted("""
                {"type": "record", "name": "A", "namespace": "n", "doc": "What it is.", "aliases": ["C", "B"],
                 "fields": [{"name": "z", "type": ["null", "string"], "default": null, "doc": "Last.", "x-owner": "me"},
                   {"type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, "name": "a", "order": "ignore"}]}
                """);

        assertThat(parsed.normalizedForm())
                .isEqualTo("{\"aliases\":[\"B\",\"C\"],\"doc\":\"What it is.\",\"fields\":["
                        + "{\"default\":null,\"doc\":\"Last.\",\"name\":\"z\",\"type\":[\"null\",\"string\"],\"x-owner\":\"me\"},"
                        + "{\"name\":\"a\",\"order\":\"ignore\",\"type\":{\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2,\"type\":\"bytes\"}}],"
                        + "\"name\":\"A\",\"namespace\":\"n\",\"type\":\"record\"}");
    }

    @Test
    void canonicalForm_keepsDocumentationDefaultsAndAliases() {
        assertThat(accepted(ORDER).canonicalForm())
                .contains("What was bought.", "\"default\":1.5", "\"aliases\":[\"b\",\"a\"]");
    }

    @Test
    void outline_hasTheWordsOfASchema() {
        SchemaOutline outline = accepted(ORDER).outline();

        assertThat(outline.titles()).containsExactly("Order", "State", "com.example.Md5");
        assertThat(outline.descriptions()).containsExactly("What was bought.", "Its key.");
        assertThat(outline.fieldNames())
                .containsExactly(
                        "id", "state", "OPEN", "PAID", "hash", "total", "lines", "at", "rate", "parent", "other");
    }

    /** Written with {@code '} for a quotation mark and {@code ^} for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Of the text.
                "string                                            | - | 1 |  1 | string",
                "{'type':'int',}                                   | - | 1 | 15 | double-quote",
                "{'type':'int',^'type':'int'}                      |   | 2 |  1 | 'type' occurs twice",
                "'int' 'int'                                       | - | 1 |  7 | more after the end",
                // Of types.
                "3                                                 |   | 1 |  1 | not a number",
                "null                                              |   | 1 |  1 | not null",
                "'Strng'                                           |   | 1 |  1 | 'Strng' is defined neither",
                "{}                                                |   | 1 |  1 | no 'type'",
                "{'type':{'type':'int'}}                           | /type | 1 | 9 | not an object",
                "{'type':'uint16'}                                 | /type | 1 | 9 | 'uint16'",
                "{'type':'array'}                                  |   | 1 |  1 | an array has 'items'",
                "{'type':'map',^'values':'int32'}                  | /values | 2 | 10 | 'int32'",
                "{'type':'map'}                                    |   | 1 |  1 | a map has 'values'",
                // Of unions.
                "['null',^['int']]                                 | /1 | 2 | 1 | another union",
                "['null','int','null']                             | /2 | 1 | 15 | 'null' twice",
                "[{'type':'map','values':'int'},{'type':'map','values':'long'}] | /1 | 1 | 32 | 'map' twice",
                "['int',{'type':'int','logicalType':'date'}]       | /1 | 1 |  8 | 'int' twice",
                "[{'type':'fixed','name':'F','size':1},'F']        | /1 | 1 | 39 | 'F' twice",
                // Of names.
                "{'type':'fixed','size':1}                         |   | 1 |  1 | the fixed has no 'name'",
                "{'type':'fixed','name':'a-b','size':1}            | /name | 1 | 24 | 'a-b' is no name",
                "{'type':'fixed','name':'','size':1}               | /name | 1 | 24 | '' is no name",
                "{'type':'fixed','name':'a..b','size':1}           | /name | 1 | 24 | '' is no name",
                "{'type':'fixed','name':'int','size':1}            | /name | 1 | 24 | a primitive type",
                "{'type':'fixed','name':'F','namespace':'1.b','size':1} | /namespace | 1 | 40 | '1' is no name",
                "{'type':'fixed','name':'F','aliases':'G','size':1} | /aliases | 1 | 38 | an array of names",
                "{'type':'fixed','name':'F','aliases':['G','g h'],'size':1} | /aliases/1 | 1 | 43 | 'g h' is no name",
                "[{'type':'fixed','name':'n.F','size':1},{'type':'enum','name':'F','namespace':'n','symbols':[]}] |"
                        + " /1/name | 1 | 63 | 'n.F' is defined twice",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'B'},{'name':'y','type':{'type':'fixed','name':'B','size':1}}]}"
                        + " | /fields/0/type | 1 | 58 | 'B' is defined neither before",
                // Of fixed and enum.
                "{'type':'fixed','name':'F'}                       |   | 1 |  1 | a fixed has a 'size'",
                "{'type':'fixed','name':'F','size':-1}             | /size | 1 | 35 | whole number",
                "{'type':'fixed','name':'F','size':2147483648}     | /size | 1 | 35 | whole number",
                "{'type':'fixed','name':'F','size':'4'}            | /size | 1 | 35 | whole number",
                "{'type':'enum','name':'E'}                        |   | 1 |  1 | an array of 'symbols'",
                "{'type':'enum','name':'E','symbols':{}}           | /symbols | 1 | 37 | an array of 'symbols'",
                "{'type':'enum','name':'E','symbols':['A',^'A']}   | /symbols/1 | 2 | 1 | the symbol 'A' twice",
                "{'type':'enum','name':'E','symbols':['A','a-b']}  | /symbols/1 | 1 | 42 | 'a-b' is no name",
                "{'type':'enum','name':'E','symbols':[1]}          | /symbols/0 | 1 | 38 | not a number",
                "{'type':'enum','name':'E','symbols':['A'],'default':'B'} | /default | 1 | 53 | none of the symbols",
                // Of records.
                "{'type':'record','name':'A'}                      |   | 1 |  1 | an array of 'fields'",
                "{'type':'record','name':'A','fields':[1]}         | /fields/0 | 1 | 39 | not a number",
                "{'type':'record','name':'A','fields':[{'type':'int'}]} | /fields/0 | 1 | 39 | no 'name'",
                "{'type':'record','name':'A','fields':[{'name':'x'}]} | /fields/0 | 1 | 39 | no 'type'",
                "{'type':'record','name':'A','fields':[{'name':'x.y','type':'int'}]} | /fields/0/name | 1 | 47 | 'x.y'"
                        + " is no name",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int'},^{'name':'x','type':'int'}]} |"
                        + " /fields/1/name | 2 | 9 | 'x' twice",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int','order':'up'}]} | /fields/0/order | 1"
                        + " | 72 | ascending",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int','order':1}]} | /fields/0/order | 1 |"
                        + " 72 | ascending",
                "{'type':'record','name':'A','fields':[{'name':'x','type':{'type':'A'}}]} | /fields/0/type/type | 1 |"
                        + " 66 | by its name alone",
                // Defaults, which the library judges.
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int','default':'q'}]} | /fields/0/default |"
                        + " 1 | 74 | does not fit",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int','default':null}]} | /fields/0/default"
                        + " | 1 | 74 | does not fit",
                "{'type':'record','name':'A','fields':[{'name':'x','type':['null','int'],'default':'a'}]} |"
                        + " /fields/0/default | 1 | 83 | does not fit",
                "{'type':'record','name':'A','fields':[{'name':'x','type':'int','default':1},{'name':'y','type':{'type':'record','name':'B','fields':[{'name':'x','type':'int',^'default':1.5}]}}]}"
                        + " | /fields/1/type/fields/0/default | 2 | 11 | does not fit",
            })
    void parse_invalid(String text, String pointer, int line, int column, String reason) {
        Violation first = rejected(text.replace('\'', '"').replace('^', '\n')).getFirst();

        assertThat(first.reason()).contains(reason);
        assertThat(first.pointer() + " " + first.line() + ":" + first.column())
                .isEqualTo((pointer == null ? "" : pointer.equals("-") ? null : pointer) + " " + line + ":" + column);
    }

    @Test
    void parse_severalViolations_tellsAllInTheOrderOfTheText() {
        assertThat(rejected("[\"A\",{\"type\":\"enum\",\"name\":\"E-\",\"symbols\":[\"x\",\"x\"]},\"null\",\"null\"]"))
                .extracting(Violation::pointer)
                .containsExactly("/0", "/1/name", "/1/symbols/1", "/3");
    }

    @Test
    void parse_references_definesTheirTypes() {
        ReferencedSchema money = reference("shop.Money", "{\"type\":\"fixed\",\"name\":\"shop.Money\",\"size\":8}");
        ReferencedSchema line = reference(
                "shop.Line",
                "{\"type\":\"record\",\"name\":\"Line\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"price\",\"type\":\"Money\"}]}");

        assertThat(parse("{\"type\":\"array\",\"items\":\"shop.Line\"}", money, line))
                .isInstanceOf(Parsed.class);
        assertThat(parse(
                        "{\"type\":\"record\",\"name\":\"shop.A\",\"fields\":[{\"name\":\"l\",\"type\":[\"Line\",\"Money\"]}]}",
                        money,
                        line))
                .isInstanceOf(Parsed.class);
        assertThat(parse("\"shop.Line\"", money, line)).isInstanceOf(Parsed.class);
    }

    @Test
    void parse_referencesThatDoNotFit_isRejected() {
        ReferencedSchema money = reference("shop.Money", "{\"type\":\"fixed\",\"name\":\"shop.Money\",\"size\":8}");
        ReferencedSchema line = reference("shop.Line", "{\"type\":\"array\",\"items\":\"shop.Money\"}");

        assertThat(violations("{\"type\":\"fixed\",\"name\":\"shop.Money\",\"size\":8}", money)
                        .getFirst())
                .isEqualTo(new Violation("/name", 1, 24, "'shop.Money' is already defined by a reference"));
        assertThat(violations("\"Money\"", money).getFirst().reason()).contains("'Money' is defined neither");
        assertThat(violations("\"int\"", line).getFirst().reason()).contains("'shop.Line' cannot be read");
    }

    @Test
    void parse_defaultsThatGrowWithEveryRecord_areRejectedInBoundedTime() {
        String type = "\"int\"";
        for (int i = 0; i < 60; i++) {
            type =
                    "{\"type\":\"record\",\"name\":\"N%d\",\"fields\":[{\"name\":\"a\",\"type\":%s,\"default\":%s},{\"name\":\"b\",\"type\":\"%s\",\"default\":%s}]}"
                            .formatted(i, type, i == 0 ? 1 : "{}", i == 0 ? "int" : "N" + (i - 1), i == 0 ? 1 : "{}");
        }
        String growing = type;

        assertTimeout(
                BOUND,
                () -> assertThat(rejected(growing).getFirst().reason())
                        .isEqualTo(
                                "the default of the field 'a' stands, with the defaults of what it leaves out, for more"
                                        + " than 100000 values"));
    }

    @Test
    void parse_defaultsThatLeadBackToThemselves_areRejectedIfTheyHaveNoEnd() {
        String record =
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":[\"A\",\"null\"],\"default\":%s}]}";

        assertThat(rejected(record.formatted("{}")).getFirst().pointer()).isEqualTo("/fields/0/default");
        assertThat(parse(record.formatted("null"))).isInstanceOf(Parsed.class);
    }

    @Test
    void parse_manyTypesThatUseEachOther_isLinear() {
        String types = IntStream.range(0, 15_000)
                .mapToObj(i ->
                        "{\"type\":\"record\",\"name\":\"N%d\",\"fields\":[{\"name\":\"a\",\"type\":[\"null\",\"N%d\"]}]}"
                                .formatted(i, Math.max(0, i - 1)))
                .collect(Collectors.joining(","));

        // The library's own way takes a minute or more.
        assertTimeout(BOUND, () -> assertThat(parse("[" + types + "]")).isInstanceOf(Parsed.class));
    }

    @Test
    void parse_manyTypesInALongNamespace_isBounded() {
        String fields = IntStream.range(0, 10_000)
                .mapToObj(i ->
                        "{\"name\":\"f" + i + "\",\"type\":{\"type\":\"fixed\",\"name\":\"F" + i + "\",\"size\":1}}")
                .collect(Collectors.joining(","));

        assertThat(rejected("{\"type\":\"record\",\"name\":\"" + "n".repeat(100_000) + ".A\",\"fields\":[" + fields
                                + "]}")
                        .getFirst()
                        .reason())
                .contains("more than 256 characters");
    }

    private static ReferencedSchema reference(String name, String text) {
        return new ReferencedSchema(name, SchemaContent.of(text));
    }

    private ParseOutcome parse(String text, ReferencedSchema... references) {
        return format.parse(SchemaContent.of(text), List.of(references));
    }

    private List<Violation> violations(String text, ReferencedSchema... references) {
        return switch (parse(text, references)) {
            case Parsed _ -> throw new AssertionError("accepted: " + text);
            case Rejected rejected -> rejected.violations();
        };
    }
}
