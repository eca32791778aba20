package io.llmschema.http.registryapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.DependencyGraph.Edge;
import io.llmschema.registry.DependencyGraph.Node;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs as Mermaid and DOT, whatever the subjects in them are called, and how a client says which it wants. */
class GraphDrawingTest {
    private static final SchemaState ACTIVE = new SchemaState.Active();

    private static final String DOT_LINE =
            "  n\\d+( -> n\\d+)? \\[label=\"(?:[^\"\\\\\\p{Cntrl}]|\\\\.)*\"(, [a-z]+=(\\w+|\"[\\w,]+\"))*\\];";
    private static final String MERMAID_TEXT = "\"(?:#\\d+;|[\\p{L}\\p{M}\\p{N} ./-])*\"";

    @Test
    void mermaid_showsRootNodesAndReferences() {
        assertThat(mermaid(graph(node(1, "billing/orders", ACTIVE, Direction.DEPENDENTS), "order.json", false)))
                .startsWith("""
                        graph LR
                          n0(["root 1.0.0"])
                          n1["billing/orders 1.0.0"]
                          n1 -->|"order.json"| n0
                          classDef\s""");
    }

    @Test
    void dot_showsRootNodesAndReferences() {
        assertThat(dot(graph(node(1, "billing/orders", ACTIVE, Direction.DEPENDENTS), "order.json", false)))
                .isEqualTo("""
                        digraph references {
                          rankdir=LR;
                          node [shape=box];
                          n0 [label="root 1.0.0", peripheries=2];
                          n1 [label="billing/orders 1.0.0"];
                          n1 -> n0 [label="order.json"];
                        }
                        """);
    }

    @Test
    void whatIsNotForUse_isMarked() {
        for (SchemaState state : List.of(
                new SchemaState.Draft(), new SchemaState.Deprecated("r", null, null), new SchemaState.Archived())) {
            DependencyGraph graph = graph(node(1, "s", state, Direction.DEPENDENTS), "s", false);
            String mark = state.stage().name().toLowerCase(Locale.ROOT);

            assertThat(mermaid(graph))
                    .contains("n1[\"s 1.0.0 #40;" + mark + "#41;\"]:::" + mark + "\n")
                    .contains("classDef " + mark + " ");
            assertThat(dot(graph)).contains("n1 [label=\"s 1.0.0 (" + mark + ")\", style=");
        }
    }

    @Test
    void deleted_isMarkedWhateverItsState() {
        Node deleted = new Node(
                id(1), subject("s"), Version.of(1, 0, 0), SchemaType.JSON, ACTIVE, true, 1, Direction.REFERENCES);

        assertThat(mermaid(graph(deleted, "s", false))).contains("#40;deleted#41;\"]:::deleted");
        assertThat(dot(graph(deleted, "s", false))).contains("(deleted)\", style=dashed");
    }

    @Test
    void cut_isSaid() {
        DependencyGraph graph = graph(node(1, "s", ACTIVE, Direction.DEPENDENTS), "s", true);

        assertThat(mermaid(graph)).contains("  more[\"further versions are left out\"]\n");
        assertThat(dot(graph)).contains("  more [label=\"further versions are left out\", shape=plaintext];\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"]-->b",
                "a\\",
                "\\\"",
                "\\N\\n",
                "]);evil--x",
                "`**x**`",
                "<script>alert(1)</script>",
                "&lt;&amp;#34;#quot;",
                "%%{init:{}}%%",
                "1.",
                "-",
                "end",
                "Straße/žluťoučký/漢字/हिन्दी",
                "𝒳",
                "a|b|c",
                "{{}}",
                "click"
            })
    void anyName_staysInItsQuotes(String name) {
        DependencyGraph graph =
                graph(node(1, name, ACTIVE, Direction.DEPENDENTS), name + "\n\"];\r\t\u0001\u2028", false);

        assertThat(dot(graph).lines().skip(3).takeWhile(line -> !line.equals("}")))
                .hasSize(3)
                .allMatch(line -> line.matches(DOT_LINE));
        List<String> mermaid = mermaid(graph)
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith("  classDef "))
                .toList();
        assertThat(mermaid).hasSize(3);
        assertThat(mermaid.get(1)).matches("  n1\\[" + MERMAID_TEXT + "\\]");
        assertThat(mermaid.get(2)).matches("  n1 -->\\|" + MERMAID_TEXT + "\\| n0");
        assertThat(unescaped(mermaid.get(1))).isEqualTo("  n1[\"" + name + " 1.0.0\"]");
    }

    /** As Mermaid reads it. */
    private static String unescaped(String line) {
        return Pattern.compile("#(\\d+);")
                .matcher(line)
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | JSON",
                "text/vnd.mermaid | MERMAID",
                "text/vnd.graphviz | DOT",
                "TEXT/VND.GraphViz; charset=utf-8 | DOT",
                "*/* | JSON",
                "text/html, */*;q=0.1 | JSON",
                "text/html | JSON",
                "text/* | MERMAID",
                "application/json;q=0.5, text/vnd.graphviz | DOT",
                "text/vnd.graphviz;q=0.9, text/vnd.mermaid;q=0.9, */*;q=0.1 | DOT",
                "text/vnd.mermaid;q=0 | JSON",
                "text/vnd.mermaid;q=much, text/vnd.graphviz;q=0.001 | DOT",
                "',,;' | JSON"
            })
    void accepted_isWhatTheClientLikesMost(String accept, GraphFormat format) {
        assertThat(GraphFormat.accepted(accept)).isEqualTo(format);
    }

    /** A root, and one that refers to it. */
    private static DependencyGraph graph(Node other, String name, boolean isCut) {
        return new DependencyGraph(
                node(0, "root", ACTIVE, null), List.of(other), List.of(new Edge(id(1), id(0), name)), isCut);
    }

    private static Node node(int number, String subject, SchemaState state, @Nullable Direction direction) {
        return new Node(
                id(number),
                subject(subject),
                Version.of(1, 0, 0),
                SchemaType.JSON,
                state,
                false,
                direction == null ? 0 : 1,
                direction);
    }

    private static SchemaId id(int number) {
        return new SchemaId(TenantId.DEFAULT, new UUID(0, number));
    }

    private static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }

    private static String mermaid(DependencyGraph graph) {
        return new String(MermaidOut.graph(graph), UTF_8);
    }

    private static String dot(DependencyGraph graph) {
        return new String(DotOut.graph(graph), UTF_8);
    }
}
