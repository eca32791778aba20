package io.llmschema.http.registryapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.DependencyGraph.Edge;
import io.llmschema.registry.DependencyGraph.Node;

/** A graph in the language of Graphviz: arrows lead from a version to what it refers to. */
final class DotOut {
    private DotOut() {}

    static byte[] graph(DependencyGraph graph) {
        GraphNames names = new GraphNames(graph);
        StringBuilder text = new StringBuilder("digraph references {\n  rankdir=LR;\n  node [shape=box];\n");
        for (Node node : names.all()) {
            text.append("  ")
                    .append(names.of(node.id()))
                    .append(" [label=")
                    .append(quoted(GraphNames.label(node)))
                    .append(node.direction() == null ? ", peripheries=2" : "")
                    .append(style(GraphNames.mark(node)))
                    .append("];\n");
        }
        for (Edge edge : graph.edges()) {
            text.append("  ")
                    .append(names.of(edge.from()))
                    .append(" -> ")
                    .append(names.of(edge.to()))
                    .append(" [label=")
                    .append(quoted(edge.name()))
                    .append("];\n");
        }
        if (graph.isCut()) {
            text.append("  more [label=").append(quoted(GraphNames.CUT)).append(", shape=plaintext];\n");
        }
        return text.append("}\n").toString().getBytes(UTF_8);
    }

    private static String style(String mark) {
        return switch (mark) {
            case "draft" -> ", style=dotted";
            case "deprecated" -> ", style=\"dashed,filled\", color=orange, fillcolor=lightyellow";
            case "archived" -> ", style=filled, color=gray, fillcolor=lightgray, fontcolor=dimgray";
            case "deleted" -> ", style=dashed, color=red, fontcolor=dimgray";
            default -> "";
        };
    }

    /** A text in quotes: a backslash begins a replacement in a label, an ampersand a character of HTML, and a line ends a line. */
    private static String quoted(String label) {
        StringBuilder quoted = new StringBuilder("\"");
        label.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '&' -> quoted.append("&amp;");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append("\\\\u%04X".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
