package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Schemas in other forms. Texts are written with {@code '} for a quotation mark. */
class AvroRenderingTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String MONEY = "{'type':'fixed','name':'Money','namespace':'shop','size':8}";

    private final AvroFormat format = new AvroFormat();

    @Test
    void rendered_unknownForm_isEmpty() {
        assertThat(format.rendered(source("'int'"), "serialized")).isEmpty();
        assertThat(format.rendered(source("'int'"), "")).isEmpty();
    }

    @Test
    void rendered_resolvedWithoutReferences_isTheTextItself() {
        String text = " { 'type' : 'array', 'items' : 'int' } ";

        assertThat(resolved(text)).contains(text);
    }

    @Test
    void rendered_resolved_definesEachTypeWhereItIsFirstUsed() {
        String line = "{'type':'record','name':'Line','namespace':'shop','doc':'A line.','aliases':['Row'],'fields':["
                + "{'name':'price','type':'Money','doc':'Each.'},{'name':'total','type':['null','Money'],'default':null}]}";

        Optional<String> resolved = resolved(
                "{'type':'record','name':'shop.Order','fields':["
                        + "{'name':'lines','type':{'type':'array','items':'Line'},'default':[]},"
                        + "{'name':'paid','type':{'type':'map','values':'shop.Money'}},{'name':'first','type':'shop.Line'}]}",
                MONEY,
                line);

        assertThat(resolved)
                .contains(
                        "{'type':'record','name':'shop.Order','fields':["
                                + "{'name':'lines','type':{'type':'array','items':{'type':'record','name':'Line','namespace':'shop',"
                                + "'doc':'A line.','aliases':['Row'],'fields':["
                                + "{'name':'price','type':{'type':'fixed','name':'Money','namespace':'shop','size':8},'doc':'Each.'},"
                                + "{'name':'total','type':['null','Money'],'default':null}]}},'default':[]},"
                                + "{'name':'paid','type':{'type':'map','values':'shop.Money'}},{'name':'first','type':'shop.Line'}]}");
    }

    @Test
    void rendered_resolvedOfANameAlone_isItsDefinition() {
        assertThat(resolved("'shop.Money'", MONEY)).contains(MONEY);
    }

    @Test
    void rendered_resolvedIntoAnotherNamespace_saysWhichOneItHad() {
        assertThat(
                        resolved(
                                "{'type':'record','name':'a.A','fields':[{'name':'x','type':'E'},{'name':'y','type':'b.F'}]}",
                                "{'type':'enum','name':'E','symbols':['S']}",
                                "{'type':'record','name':'b.R','fields':[{'name':'f','type':{'type':'fixed','name':'F','size':1}}]}"))
                .contains("{'type':'record','name':'a.A','fields':["
                        + "{'name':'x','type':{'type':'enum','name':'E','symbols':['S'],'namespace':''}},"
                        + "{'name':'y','type':{'type':'fixed','name':'F','size':1,'namespace':'b'}}]}");
    }

    @Test
    void rendered_resolvedOfAnInnerTypeFirst_usesItsNameInTheOuterOne() {
        String outer =
                "{'type':'record','name':'b.Outer','fields':[{'name':'i','type':{'type':'fixed','name':'Inner','size':1}}]}";

        assertThat(resolved("['b.Inner','b.Outer']", outer))
                .contains("[{'type':'fixed','name':'Inner','size':1,'namespace':'b'},"
                        + "{'type':'record','name':'b.Outer','fields':[{'name':'i','type':'b.Inner'}]}]");
    }

    @Test
    void rendered_resolvedOfTypesThatUseEachOther_keepsTheCircle() {
        String tree = "{'type':'record','name':'Tree','fields':[{'name':'left','type':["
                + "'null',{'type':'record','name':'Branch','fields':[{'name':'to','type':['null','Tree']}]}]}]}";

        assertThat(resolved("'Branch'", tree))
                .contains(
                        "{'type':'record','name':'Branch','fields':[{'name':'to','type':["
                                + "'null',{'type':'record','name':'Tree','fields':[{'name':'left','type':['null','Branch']}]}]}]}");
    }

    @Test
    void rendered_resolvedWhereANameWouldMeanAnotherType_isEmpty() {
        String ofNoNamespace = "{'type':'fixed','name':'F','size':1}";
        String user = "{'type':'record','name':'a.User','fields':[{'name':'x','type':'F'},{'name':'y','type':'F'}]}";
        String main = "[{'type':'fixed','name':'a.F','size':2},'a.User']";

        assertThat(resolved("'a.User'", ofNoNamespace, user)).isPresent();
        assertThat(resolved(main, ofNoNamespace, user)).isEmpty();
    }

    @Test
    void rendered_resolvedTooDeep_isEmptyInBoundedTime() {
        List<String> texts = new ArrayList<>(List.of("{'type':'fixed','name':'N0','size':1}"));
        for (int i = 1; i < 1_000; i++) {
            texts.add("{'type':'record','name':'N%d','fields':[{'name':'f','type':'N%d'}]}".formatted(i, i - 1));
        }

        assertTimeout(
                BOUND,
                () -> assertThat(resolved("'N999'", texts.toArray(String[]::new)))
                        .isEmpty());
        assertThat(resolved("'N" + SchemaFormat.MAX_DEPTH / 4 + "'", texts.toArray(String[]::new)))
                .isPresent();
    }

    /** What is there is a schema without references; both are written with {@code '}. */
    private Optional<String> resolved(String text, String... references) {
        SchemaSource source = source(text, references);
        Optional<String> resolved = format.rendered(source, "resolved");
        resolved.ifPresent(whole -> {
            SchemaSource alone = new SchemaSource(SchemaContent.of(whole), List.of());
            assertThat(format.parse(alone.content(), List.of())).isInstanceOf(ParseOutcome.Parsed.class);
            assertThat(LoadedSchema.of(alone).schema())
                    .isEqualTo(LoadedSchema.of(source).schema());
        });
        return resolved.map(whole -> whole.replace('"', '\''));
    }

    private static SchemaSource source(String text, String... references) {
        Stream<ReferencedSchema> referenced = Arrays.stream(references)
                .map(reference -> new ReferencedSchema(reference, SchemaContent.of(reference.replace('\'', '"'))));
        return new SchemaSource(SchemaContent.of(text.replace('\'', '"')), referenced.toList());
    }
}
