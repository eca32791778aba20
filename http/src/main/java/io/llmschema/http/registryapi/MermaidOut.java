package io.llmschema.http.registryapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.DependencyGraph.Edge;
import io.llmschema.registry.DependencyGraph.Node;

/** A graph as a flowchart of Mermaid: arrows lead from a version to what it refers to. */
final class MermaidOut {
    private static final String CLASSES = """
            classDef draft stroke-dasharray:2 2
            classDef deprecated fill:lightyellow,stroke:orange,stroke-dasharray:6 3
            classDef archived fill:lightgray,stroke:gray,color:dimgray
            classDef deleted fill:white,stroke:red,color:dimgray,stroke-dasharray:6 3
            """.indent(2);

    private MermaidOut() {}

    static byte[] graph(DependencyGraph graph) {
        GraphNames names = new GraphNames(graph);
        StringBuilder text = new StringBuilder("graph LR\n");
        for (Node node : names.all()) {
            boolean isRoot = node.direction() == null;
            String mark = GraphNames.mark(node);
            text.append("  ")
                    .append(names.of(node.id()))
                    .append(isRoot ? "([" : "[")
                    .append(quoted(GraphNames.label(node)))
                    .append(isRoot ? "])" : "]")
                    .append(mark.isEmpty() ? "" : ":::" + mark)
                    .append('\n');
        }
        for (Edge edge : graph.edges()) {
            text.append("  ")
                    .append(names.of(edge.from()))
                    .append(" -->|")
                    .append(quoted(edge.name()))
                    .append("| ")
                    .append(names.of(edge.to()))
                    .append('\n');
        }
        if (graph.isCut()) {
            text.append("  more[").append(quoted(GraphNames.CUT)).append("]\n");
        }
        return text.append(CLASSES).toString().getBytes(UTF_8);
    }

    /**
     * A text in quotes, in which everything that Mermaid, the Markdown in it or the HTML it makes might understand is a character code: all but
     * letters, digits, spaces and the punctuation of names and versions; and a first character that is no letter, because a list may begin with it.
     */
    private static String quoted(String label) {
        StringBuilder quoted = new StringBuilder("\"");
        label.codePoints().forEach(c -> {
            boolean isPlain = Character.isLetter(c)
                    || (quoted.length() > 1 && (Character.isDigit(c) || " ./-".indexOf(c) >= 0))
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.COMBINING_SPACING_MARK;
            if (isPlain) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append('#').append(c).append(';');
            }
        });
        return quoted.append('"').toString();
    }
}
