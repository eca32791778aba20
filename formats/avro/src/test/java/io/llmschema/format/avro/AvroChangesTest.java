package io.llmschema.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Nature;
import io.llmschema.model.SchemaContent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas are written with {@code '} for a quotation mark, and a change as {@code KIND NATURE before→after: what → what}. */
class AvroChangesTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AvroFormat format = new AvroFormat();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Types.
                "'int' | 'int' | ``",
                "'int' | 'long' | CHANGED MEANING →: 'int' → 'long'",
                "'int' | {'type':'int'} | CHANGED WORDS →: 'int' → {'type':'int'}",
                "'int' | {'type':'int','logicalType':'date'} | ADDED MEANING /logicalType→/logicalType: null → 'date'",
                "{'type':'int','p':1} | 'int' | REMOVED WORDS /p→/p: 1 → null",
                "{'type':'bytes','logicalType':'decimal','precision':4} | {'type':'bytes','logicalType':'decimal','precision':5} |"
                        + " CHANGED MEANING /precision→/precision: 4 → 5",
                "{'type':'array','items':'int'} | {'type':'array','items':'long'} | CHANGED MEANING /items→/items: 'int' → 'long'",
                "{'type':'map','values':'int'} | {'type':'array','items':'int'} |"
                        + " CHANGED MEANING →: {'type':'map','values':'int'} → {'type':'array','items':'int'}",
                "{'type':'map','values':'int','doc':'a'} | {'values':'int','type':'map','doc':'b'} |"
                        + " REORDERED ORDER →: ['type','values','doc'] → ['values','type','doc'];"
                        + " CHANGED WORDS /doc→/doc: 'a' → 'b'",
                // Unions.
                "['null','int'] | ['int','null'] | REORDERED MEANING →: ['null','int'] → ['int','null']",
                "['null','int'] | ['null','string','int'] | ADDED MEANING /1→/1: null → 'string'",
                "['null','int'] | ['int'] | REMOVED MEANING /0→/0: 'null' → null",
                "'int' | ['null','int'] | CHANGED MEANING →: 'int' → ['null','int']",
                "{'type':'enum','name':'E','symbols':['A']} | ['null',{'type':'enum','name':'E','symbols':['A','B']}] |"
                        + " CHANGED MEANING →: 'E' → ['null','E'];"
                        + " ADDED MEANING /symbols/1→/1/symbols/1: null → 'B'",
                // Enums and fixed.
                "{'type':'enum','name':'E','symbols':['A','B']} | {'type':'enum','name':'E','symbols':['B','A','C'],'default':'A'} |"
                        + " REORDERED MEANING /symbols→/symbols: ['A','B'] → ['B','A'];"
                        + " ADDED MEANING /symbols/2→/symbols/2: null → 'C';"
                        + " ADDED MEANING /default→/default: null → 'A'",
                "{'type':'fixed','name':'F','size':1} | {'type':'fixed','name':'F','size':2} | CHANGED MEANING /size→/size: 1 → 2",
                // Names.
                "{'type':'fixed','name':'F','size':1} | {'type':'fixed','name':'G','aliases':['F'],'size':1} |"
                        + " RENAMED MEANING /name→/name: 'F' → 'G'; ADDED MEANING /aliases→/aliases: null → ['F']",
                "{'type':'fixed','name':'F','size':1} | {'type':'fixed','name':'G','size':1} | CHANGED MEANING /name→/name: 'F' → 'G'",
                "{'type':'fixed','name':'n.F','size':1} | {'type':'fixed','name':'F','namespace':'n','size':1} |"
                        + " CHANGED WORDS /name→/name: 'n.F' → 'F'; ADDED WORDS /namespace→/namespace: null → 'n'",
                "{'type':'fixed','name':'F','aliases':['A','B'],'size':1} | {'type':'fixed','name':'F','aliases':['B','A'],'size':1} |"
                        + " REORDERED ORDER /aliases→/aliases: ['A','B'] → ['B','A']",
                "{'type':'fixed','name':'F','aliases':['A','A'],'size':1} | {'type':'fixed','name':'F','aliases':['A'],'size':1} |"
                        + " REMOVED MEANING /aliases/1→/aliases/1: 'A' → null",
                "{'type':'fixed','name':'F','size':1} | {'type':'enum','name':'F','symbols':[]} |"
                        + " CHANGED MEANING →: {'type':'fixed','name':'F','size':1} → {'type':'enum','name':'F','symbols':[]}",
                "{'type':'record','name':'R','fields':[]} | {'type':'error','name':'R','fields':[]} |"
                        + " CHANGED MEANING /type→/type: 'record' → 'error'",
            })
    void changes_ofTypes(String before, String after, String expected) {
        assertThat(told(before, after)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','type':'int'} | {'name':'a','type':'int','doc':'A.'} | ADDED WORDS /fields/0/doc→/fields/0/doc: null → 'A.'",
                "{'name':'a','type':'int'} | {'name':'a','type':'int','logicalType':'date'} |"
                        + " ADDED WORDS /fields/0/logicalType→/fields/0/logicalType: null → 'date'",
                "{'name':'a','type':'int'} | {'name':'a','type':'int'},{'name':'b','type':'int'} |"
                        + " ADDED MEANING /fields/1→/fields/1: null → {'name':'b','type':'int'}",
                "{'name':'a','type':'int'},{'name':'b','type':'int'} | {'name':'b','type':'int'} |"
                        + " REMOVED MEANING /fields/0→/fields/0: {'name':'a','type':'int'} → null",
                "{'name':'a','type':'int'},{'name':'b','type':'int'} | {'name':'b','type':'int'},{'name':'a','type':'int'} |"
                        + " REORDERED MEANING /fields→/fields: ['a','b'] → ['b','a']",
                "{'name':'a','type':'int'} | {'name':'b','type':'long','aliases':['a']} |"
                        + " RENAMED MEANING /fields/0/name→/fields/0/name: 'a' → 'b';"
                        + " CHANGED MEANING /fields/0/type→/fields/0/type: 'int' → 'long';"
                        + " ADDED MEANING /fields/0/aliases→/fields/0/aliases: null → ['a']",
                "{'name':'a','type':'int'} | {'name':'a','type':'int','default':1,'order':'ignore'} |"
                        + " ADDED MEANING /fields/0/default→/fields/0/default: null → 1;"
                        + " ADDED MEANING /fields/0/order→/fields/0/order: null → 'ignore'",
                "{'name':'a','type':{'type':'map','values':'int'},'default':{'x':1,'y':2}} |"
                        + " {'name':'a','type':{'type':'map','values':'int'},'default':{'y':2,'x':1.0}} |"
                        + " REORDERED ORDER /fields/0/default→/fields/0/default: {'x':1,'y':2} → {'y':2,'x':1}",
                // A type defined in the first field is the same in the second, if the first goes.
                "{'name':'a','type':{'type':'enum','name':'E','symbols':['A']}},{'name':'b','type':'E'} |"
                        + " {'name':'b','type':{'type':'enum','name':'E','symbols':['A','B']}} |"
                        + " REMOVED MEANING /fields/0→/fields/0: {'name':'a','type':{'type':'enum','name':'E','symbols':['A']}} → null;"
                        + " ADDED MEANING /fields/0/type/symbols/1→/fields/0/type/symbols/1: null → 'B'",
                // Recursive, and compared once.
                "{'name':'a','type':['null','n.R']},{'name':'b','type':['null','R']} |"
                        + " {'name':'a','type':['null','R']},{'name':'b','type':['null','R']} |"
                        + " CHANGED WORDS /fields/0/type/1→/fields/0/type/1: 'n.R' → 'R'",
            })
    void changes_ofFields(String before, String after, String expected) {
        assertThat(told(record(before), record(after))).isEqualTo(expected);
    }

    @Test
    void changes_ofANamespace_areToldOnce() {
        String before = "{'type':'record','name':'a.R','fields':[{'name':'x','type':['null',"
                + "{'type':'fixed','name':'F','size':1}]},{'name':'y','type':'F'}]}";

        assertThat(told(before, before.replace("a.R", "b.R"))).isEqualTo("CHANGED MEANING /name→/name: 'a.R' → 'b.R'");
    }

    @Test
    void changes_ofReferences_areComparedAsTheyAreWritten() {
        SchemaSource small = referring("'shop.Money'", 8);
        SchemaSource large = referring("'shop.Money'", 16);

        assertThat(format.changes(small, large)).isEmpty();
        assertThat(told(format.changes(small, source("{'type':'fixed','name':'shop.Money','size':8}"))))
                .isEqualTo("CHANGED MEANING →: 'shop.Money' → {'type':'fixed','name':'shop.Money','size':8}");
        assertThat(told(format.changes(
                        referring("{'type':'record','name':'shop.R','fields':[{'name':'a','type':'Money'}]}", 8),
                        referring("{'type':'record','name':'shop.R','fields':[{'name':'a','type':'shop.Money'}]}", 8))))
                .isEqualTo("CHANGED WORDS /fields/0/type→/fields/0/type: 'Money' → 'shop.Money'");
    }

    @Test
    void changes_ofMany_areBoundedAndKeepWhatMatters() {
        String before = record(fields(3_000, "'int','doc':'a'"));
        String after = record(fields(3_000, "'int','doc':'b'") + ",{'name':'last','type':'int'}");

        List<SchemaChange> changes = format.changes(source(before), source(after));

        assertThat(changes).hasSize(SchemaChange.MAX_LISTED);
        assertThat(changes.getLast().nature()).isEqualTo(Nature.MEANING);
        assertThat(changes.getFirst().afterPath()).isEqualTo("/fields/0/doc");
    }

    @Test
    void changes_ofTypesThatUseEachOther_areFoundInBoundedTimeAndDepth() {
        // Each uses the one before it; what is met first leads through all of them.
        List<String> types = IntStream.range(0, 20_000)
                .mapToObj(i -> "{'type':'record','name':'N%d','fields':[{'name':'a','type':%s,'doc':'@'}]}"
                        .formatted(i, i == 0 ? "'int'" : "['null','N" + (i - 1) + "']"))
                .toList();
        String before =
                record("{'name':'gone','type':[" + String.join(",", types) + "]},{'name':'kept','type':'N19999'}");
        String after =
                record("{'name':'new','type':[" + String.join(",", types) + "]},{'name':'kept','type':'N19999'}");

        assertTimeout(BOUND, () -> {
            List<SchemaChange> changes = format.changes(source(before), source(after.replace("@", "other")));

            assertThat(changes).hasSize(SchemaChange.MAX_LISTED);
            assertThat(changes.stream().filter(change -> change.nature() == Nature.MEANING))
                    .extracting(SchemaChange::kind)
                    .containsExactly(SchemaChange.Kind.ADDED, SchemaChange.Kind.REMOVED);
        });
    }

    private static String fields(int count, String type) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'name':'f" + i + "','type':" + type + "}")
                .collect(Collectors.joining(","));
    }

    private static String record(String fields) {
        return "{'type':'record','name':'n.R','fields':[" + fields + "]}";
    }

    private static SchemaSource referring(String text, int size) {
        return new SchemaSource(
                SchemaContent.of(text.replace('\'', '"')),
                List.of(new ReferencedSchema(
                        "shop.Money",
                        SchemaContent.of("{\"type\":\"fixed\",\"name\":\"shop.Money\",\"size\":" + size + "}"))));
    }

    private static SchemaSource source(String text) {
        return new SchemaSource(SchemaContent.of(text.replace('\'', '"')), List.of());
    }

    private String told(String before, String after) {
        return told(format.changes(source(before), source(after)));
    }

    private static String told(List<SchemaChange> changes) {
        return changes.stream()
                .map(change -> "%s %s %s→%s: %s → %s"
                        .formatted(
                                change.kind(),
                                change.nature(),
                                change.beforePath(),
                                change.afterPath(),
                                change.before(),
                                change.after()))
                .collect(Collectors.joining("; "))
                .replace('"', '\'');
    }
}
