package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Undecided;
import io.llmschema.model.Verdict;
import io.llmschema.model.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Schemas are written with {@code '} for a quotation mark. */
class AvroJudgementTest {
    private final AvroFormat format = new AvroFormat();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Writer, reader: promotions.
                "'int'    | 'long'",
                "'int'    | 'float'",
                "'int'    | 'double'",
                "'long'   | 'float'",
                "'long'   | 'double'",
                "'float'  | 'double'",
                "'string' | 'bytes'",
                "'bytes'  | 'string'",
                "{'type':'array','items':'int'} | {'type':'array','items':'double'}",
                "{'type':'map','values':'int'}  | {'type':'map','values':'long'}",
                // Names: unqualified ones, and aliases.
                "{'type':'fixed','name':'a.F','size':2} | {'type':'fixed','name':'b.F','size':2}",
                "{'type':'fixed','name':'F','size':2} | {'type':'fixed','name':'G','aliases':['F'],'size':2}",
                "{'type':'enum','name':'E','symbols':['A']} | {'type':'enum','name':'G','aliases':['E'],'symbols':['A']}",
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'S','aliases':['R'],'fields':[]}",
                "{'type':'error','name':'R','fields':[]} | {'type':'record','name':'R','fields':[]}",
                // Enums.
                "{'type':'enum','name':'E','symbols':['A']} | {'type':'enum','name':'E','symbols':['B','A']}",
                "{'type':'enum','name':'E','symbols':['A','C']} | {'type':'enum','name':'E','symbols':['A'],'default':'A'}",
                // Fields.
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'R','fields':[{'name':'a','type':'int','default':1}]}",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]} | {'type':'record','name':'R','fields':[]}",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':'string'}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'b','type':'string'},{'name':'a','type':'long'}]}",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'b','aliases':['a'],'type':'int'}]}",
                // Unions.
                "'int'                  | ['null','int']",
                "'int'                  | ['string','double']",
                "['int']                | 'long'",
                "['int','long']         | 'long'",
                "['null','int']         | ['string','long','null']",
                "['null',{'type':'record','name':'a.R','fields':[]}] |"
                        + " ['null',{'type':'record','name':'b.R','fields':[{'name':'x','type':'int','default':0}]}]",
                "['null',{'type':'enum','name':'a.E','symbols':['A']}] | ['null',{'type':'enum','name':'b.E','symbols':['A']}]",
                // Recursion.
                "{'type':'record','name':'R','fields':[{'name':'v','type':'int'},{'name':'n','type':['null','R']}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'n','type':['null','R']},{'name':'v','type':'long'}]}",
                // What no datum reaches: a record that always holds itself, an enum without symbols.
                "{'type':'record','name':'R','fields':[{'name':'n','type':'R'},{'name':'v','type':'int'}]} | 'string'",
                "['null',{'type':'enum','name':'E','symbols':[]}] | 'null'",
                "{'type':'array','items':{'type':'enum','name':'E','symbols':[]}} | {'type':'array','items':'int'}",
                // Annotations but those of decimals.
                "{'type':'int','logicalType':'date'} | {'type':'int','logicalType':'time-millis'}",
                "{'type':'bytes','logicalType':'decimal','precision':4} | 'bytes'",
            })
    void judge_matchingSchemas_isCompatible(String writer, String reader) {
        assertThat(judge(reader, writer)).isEqualTo(Judgement.COMPATIBLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Writer, reader; rule, pointers into the reader's and the writer's text, witness.
                "'long'   | 'int'    | type-differs |  |  | 0",
                "'string' | 'int'    | type-differs |  |  | ''",
                "'null'   | 'boolean' | type-differs |  |  | null",
                "{'type':'array','items':'int'} | {'type':'map','values':'int'} | type-differs |  |  | []",
                "{'type':'array','items':'bytes'} | {'type':'array','items':'int'} | type-differs | /items | /items | ['']",
                "{'type':'map','values':'float'} | {'type':'map','values':'int'} | type-differs | /values | /values | {'key':0.0}",
                "{'type':'fixed','name':'F','size':2} | {'type':'fixed','name':'F','size':1} | fixed-size-differs | /size | /size"
                        + " | '\\u0000\\u0000'",
                "{'type':'fixed','name':'F','size':0} | {'type':'fixed','name':'G','size':0} | name-differs | /name | /name | ''",
                "{'type':'enum','name':'E','symbols':['A']} | {'type':'enum','name':'F','symbols':['A']} | name-differs | /name"
                        + " | /name | 'A'",
                "{'type':'enum','name':'E','symbols':['A','B']} | {'type':'enum','name':'E','symbols':['A']} |"
                        + " enum-symbol-missing | /symbols | /symbols/1 | 'B'",
                // An alias of the writer's says nothing.
                "{'type':'enum','name':'E','aliases':['F'],'symbols':['A']} | {'type':'enum','name':'F','symbols':['A']} |"
                        + " name-differs | /name | /name | 'A'",
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'R','fields':[{'name':'a','type':'int'}]} |"
                        + " field-without-default | /fields/0 | /fields | {}",
                // The default of an enum is none of a field.
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'R','fields':[{'name':'a','type':"
                        + "{'type':'enum','name':'E','symbols':['A'],'default':'A'}}]} | field-without-default | /fields/0"
                        + " | /fields | {}",
                // Defaults that the library parses and cannot make.
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'R','fields':[{'name':'a','default':'B',"
                        + "'type':{'type':'enum','name':'E','symbols':['A']}}]} | default-unreadable | /fields/0 | /fields | {}",
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':'int'}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'c','aliases':['a','b'],'type':'int'}]} |"
                        + " alias-ambiguous |  |  | {'a':0,'b':0}",
                "'string' | ['null','int'] | union-branch-missing |  |  | ''",
                "['null','string'] | 'string' | type-differs |  | /0 | null",
                "['null','string','int'] | ['null','int'] | union-branch-missing |  | /1 | {'string':''}",
                // In a union the library looks for the full name, the specification for the unqualified one.
                "['null',{'type':'enum','name':'a.E','symbols':['A']}] | ['null',{'type':'enum','name':'b.E','symbols':['A','B']}]"
                        + " | union-branch-missing |  | /1 | {'a.E':'A'}",
                "['null',{'type':'record','name':'R','fields':[]}] | ['null',{'type':'record','name':'R','fields':"
                        + "[{'name':'a','type':'int'}]}] | field-without-default | /1/fields/0 | /1/fields | {'R':{}}",
                "{'type':'record','name':'R','fields':[{'name':'n','type':['null','R']},{'name':'v','type':'long'}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'v','type':'int'},{'name':'n','type':['null','R']}]} |"
                        + " type-differs | /fields/0/type | /fields/1/type | {'n':null,'v':0}",
                // A named type differs where it is defined.
                "{'type':'record','name':'R','fields':[{'name':'a','type':{'type':'fixed','name':'F','size':1}}]} |"
                        + " {'type':'record','name':'R','fields':[{'name':'b','default':'x','type':{'type':'fixed','name':'F','size':2}},"
                        + "{'name':'a','type':'F'}]} | fixed-size-differs | /fields/0/type/size | /fields/0/type/size"
                        + " | {'a':'\\u0000'}",
            })
    void judge_differingSchemas_tellsTheDifference(
            String writer, String reader, String rule, String readerPath, String writerPath, String document) {
        Judgement judgement = judge(reader, writer);

        assertThat(judgement.undecided()).isEmpty();
        assertThat(judgement.incompatibilities()).singleElement().satisfies(difference -> {
            assertThat(difference.rule()).isEqualTo(rule);
            assertThat(difference.aspect()).isEqualTo(DataEncoding.BINARY);
            assertThat(difference.readerPath()).isEqualTo(readerPath == null ? "" : readerPath);
            assertThat(difference.writerPath()).isEqualTo(writerPath == null ? "" : writerPath);
            assertThat(difference.witness().mediaType()).isEqualTo(Witness.JSON);
            assertThat(difference.witness().document()).isEqualTo(document.replace('\'', '"'));
            assertThat(difference.witness().refusal()).endsWith(".").doesNotContain("java", "Exception");
        });
    }

    /** The specification does not match them and the library reads them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'record','name':'R','fields':[]} | {'type':'record','name':'S','fields':[]} | different names",
                "{'type':'record','name':'R','fields':[]} | ['null',{'type':'record','name':'S','fields':[]}] | reads it all the same",
                "{'type':'bytes','logicalType':'decimal','precision':4,'scale':2} |"
                        + " {'type':'bytes','logicalType':'decimal','precision':4,'scale':3} | scale",
            })
    void judge_whereLibrariesDiffer_isUndecided(String writer, String reader, String reason) {
        Judgement judgement = judge(reader, writer);

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judgement.undecided())
                .singleElement()
                .extracting(Undecided::reason)
                .asString()
                .contains(reason);
    }

    @Test
    void judge_severalDifferences_tellsAllEachWithItsOwnRefusal() {
        Judgement judgement = judge(
                "{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':'int'},"
                        + "{'name':'c','type':['null',{'type':'array','items':{'type':'record','name':'S','fields':["
                        + "{'name':'d','type':'int'},{'name':'e','type':{'type':'enum','name':'E','symbols':['X']}}]}}]}]}",
                "{'type':'record','name':'R','fields':[{'name':'c','type':['null',{'type':'array','items':"
                        + "{'type':'record','name':'S','fields':[{'name':'d','type':'string'},"
                        + "{'name':'e','type':{'type':'enum','name':'E','symbols':['X','Y','Z']}}]}}]}]}");

        assertThat(judgement.incompatibilities())
                .extracting(
                        Incompatibility::rule,
                        difference -> difference.witness().refusal())
                .map(Object::toString)
                .containsExactly(
                        "(\"field-without-default\", \"Found R, expecting R, missing required field a.\")",
                        "(\"field-without-default\", \"Found R, expecting R, missing required field b.\")",
                        "(\"type-differs\", \"Found string, expecting int.\")",
                        "(\"enum-symbol-missing\", \"No match for Y.\")",
                        "(\"enum-symbol-missing\", \"No match for Z.\")");
        assertThat(judgement.incompatibilities().getLast().writerPath())
                .isEqualTo("/fields/0/type/1/items/fields/1/type/symbols/2");
        assertThat(judgement.incompatibilities().getLast().witness().document())
                .isEqualTo("{\"c\":{\"array\":[{\"d\":\"\",\"e\":\"Z\"}]}}");
    }

    @Test
    void judge_withinAReferencedType_pointsToItsUseAndNamesIt() {
        String order =
                "{'type':'record','name':'Order','fields':[{'name':'prices','type':{'type':'array','items':'shop.Money'}}]}";
        String money = "{'type':'record','name':'shop.Money','fields':[{'name':'amount','type':'%s'}]}";

        Judgement judgement = format.judge(
                source(order, reference("shop.Money", money.formatted("int"))),
                source(order, reference("shop.Money", money.formatted("long"))),
                CompatibilityPolicy.LENIENT);

        assertThat(judgement.incompatibilities()).singleElement().satisfies(difference -> {
            assertThat(difference.readerPath()).isEqualTo("/fields/0/type/items");
            assertThat(difference.writerPath()).isEqualTo("/fields/0/type/items");
            assertThat(difference.message())
                    .isEqualTo(
                            "the reader expects 'int' where the writer writes 'long' (in the reader's referenced type"
                                    + " 'shop.Money') (in the writer's referenced type 'shop.Money')");
            assertThat(difference.witness().document()).isEqualTo("{\"prices\":[{\"amount\":0}]}");
        });
    }

    @Test
    void judge_referencesThatSayTheSame_isCompatible() {
        String money = "{'type':'fixed','name':'Money','size':8}";

        assertThat(format.judge(
                        source("{'type':'array','items':'Money'}", reference("Money", money)),
                        source("{'type':'array','items':" + money + "}"),
                        CompatibilityPolicy.STRICT))
                .isEqualTo(Judgement.COMPATIBLE);
    }

    @Test
    void judge_noSchemas_isUndecided() {
        assertThat(judge("'int", "{}").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judge_deepNesting_tellsTheDifference() {
        String nested = "{'type':'array','items':".repeat(250) + "%s" + "}".repeat(250);

        assertThat(judge(nested.formatted("'int'"), nested.formatted("'string'"))
                        .incompatibilities())
                .singleElement()
                .satisfies(difference -> assertThat(difference.witness().document())
                        .isEqualTo("[".repeat(250) + "\"\"" + "]".repeat(250)));
    }

    /**
     * Every record has all earlier ones twice: a comparison that forgets would take two to the power of their number.
     */
    @Test
    void judge_recordsThatDouble_isDecidedOnce() {
        String records = IntStream.range(1, 60)
                .mapToObj(i ->
                        ",{'type':'record','name':'R%d','fields':[{'name':'a','type':'R%d'},{'name':'b','type':'R%d'}]}"
                                .formatted(i, i - 1, i - 1))
                .collect(Collectors.joining());
        String schema = "[{'type':'record','name':'R0','fields':[{'name':'v','type':'%s'}]}" + records + "]";

        assertThat(judge(schema.formatted("int"), schema.formatted("string")).incompatibilities())
                .singleElement()
                .extracting(difference -> difference.witness().document())
                .isEqualTo("{\"R0\":{\"v\":\"\"}}");
    }

    @Test
    void judge_whereTheSmallestDatumIsHuge_isUndecided() {
        String records = IntStream.range(1, 60)
                .mapToObj(i -> "{'type':'record','name':'R%d','fields':[{'name':'a','type':".formatted(i))
                .collect(Collectors.joining());
        String schema = records + "'%s'"
                + IntStream.iterate(58, i -> i >= 0, i -> i - 1)
                        .mapToObj(i -> i == 58 ? "}]}" : "},{'name':'b','type':'R" + (i + 2) + "'}]}")
                        .collect(Collectors.joining());

        assertThat(judge(schema.formatted("int"), schema.formatted("string")).undecided())
                .singleElement()
                .extracting(Undecided::reason)
                .asString()
                .contains("larger than a witness may be");
    }

    @Test
    void judge_unionsOfManyUnlikeRecords_isBounded() {
        assertThat(assertTimeout(Duration.ofMinutes(1), () -> judge(manyRecords("R"), manyRecords("S"))))
                .extracting(Judgement::verdict)
                .isEqualTo(Verdict.UNKNOWN);
    }

    private static String manyRecords(String name) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "{'type':'record','name':'%s%d','fields':[{'name':'a','type':['null','int']}]}"
                        .formatted(name, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The fault for whose sake witnesses are read as from a stream; once this fails, they need not be. */
    @Test
    void library_knowingHowManyBytesAreLeft_refusesSmallItems() {
        Schema writer = new Schema.Parser().parse("{\"type\":\"array\",\"items\":\"int\"}");
        Schema reader = new Schema.Parser().parse("{\"type\":\"array\",\"items\":\"double\"}");
        byte[] one = {2, 2, 0};

        assertThat(catchThrowable(() -> new GenericDatumReader<>(writer, reader)
                        .read(null, DecoderFactory.get().binaryDecoder(one, null))))
                .hasMessageContaining("bytes are available");
        assertThat(new AvroReader(writer, reader, AvroReader.newData()).read(one))
                .isEqualTo(new AvroReader.Outcome.Read());
    }

    @Test
    void json_ofEveryType_isWhatTheLibraryWrites() throws IOException {
        Schema schema = LoadedSchema.of(
                        source(
                                "{'type':'record','name':'n.R','fields':[{'name':'a','type':['null','n.R']},"
                                        + "{'name':'b','type':['null','bytes',{'type':'enum','name':'E','symbols':['X']}]},"
                                        + "{'name':'c','type':{'type':'array','items':['int','string']}},"
                                        + "{'name':'d','type':{'type':'map','values':{'type':'fixed','name':'F','size':3}}},"
                                        + "{'name':'e','type':['boolean',{'type':'map','values':'long'}]},{'name':'f','type':'double'}]}"))
                .schema();
        RandomData data = new RandomData(new Random(1), DataSizes.beneath(schema));
        for (int i = 0; i < 200; i++) {
            Object datum = data.next(schema);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();

            JsonMapper mapper = new JsonMapper();
            assertThat(mapper.readTree(
                            Encoding.json(datum, schema, GenericData.get()).toString()))
                    .isEqualTo(mapper.readTree(out.toByteArray()));
        }
    }

    private Judgement judge(String reader, String writer) {
        return format.judge(source(reader), source(writer), CompatibilityPolicy.STRICT);
    }

    private static SchemaSource source(String text, ReferencedSchema... references) {
        return new SchemaSource(SchemaContent.of(text.replace('\'', '"')), List.of(references));
    }

    private static ReferencedSchema reference(String name, String text) {
        return new ReferencedSchema(name, SchemaContent.of(text.replace('\'', '"')));
    }
}
