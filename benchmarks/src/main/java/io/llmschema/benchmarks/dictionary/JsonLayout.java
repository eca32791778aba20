package io.llmschema.benchmarks.dictionary;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How JSON text is laid out: what a level is indented by (nothing at all: all on one line), what stands between name and value, whether
 * short arrays and objects keep to a line, and whether names are sorted.
 */
record JsonLayout(
        String indent, String colon, boolean shortArraysInline, boolean shortObjectsInline, boolean isSorted) {
    private static final int MAX_INLINE = 70;

    static final JsonLayout COMPACT = new JsonLayout("", ":", true, true, false);

    /** Text that stands for itself, such as {@code null} or a number. */
    record Literal(String text) {
        static final Literal NULL = new Literal("null");
    }

    /** The text of a tree of maps, lists, strings, and whatever else writes itself as JSON. */
    String write(Object tree) {
        StringBuilder text = new StringBuilder();
        write(tree, "\n", text);
        return text.toString();
    }

    private void write(Object node, String line, StringBuilder text) {
        switch (node) {
            case Map<?, ?> map -> {
                Map<?, ?> members = isSorted ? new TreeMap<>(map) : map;
                String separator = "";
                boolean isInline = isInline(node, shortObjectsInline && line.length() > 1 + indent.length());
                String inner = isInline ? padding() : line + indent;
                text.append('{');
                for (var member : members.entrySet()) {
                    text.append(separator).append(inner);
                    quote(member.getKey().toString(), text);
                    text.append(colon);
                    write(member.getValue(), isInline ? line : inner, text);
                    separator = ",";
                }
                text.append(members.isEmpty() ? "" : isInline ? padding() : line)
                        .append('}');
            }
            case List<?> list -> {
                boolean isInline = isInline(node, shortArraysInline);
                String inner = isInline ? "" : line + indent;
                String separator = "";
                text.append('[');
                for (Object element : list) {
                    text.append(separator).append(inner);
                    write(element, isInline ? line : inner, text);
                    separator = isInline && !indent.isEmpty() ? ", " : ",";
                }
                text.append(list.isEmpty() || isInline ? "" : line).append(']');
            }
            case String string -> quote(string, text);
            case Literal(String literal) -> text.append(literal);
            default -> text.append(node);
        }
    }

    private String padding() {
        return indent.isEmpty() ? "" : " ";
    }

    private boolean isInline(Object node, boolean isWanted) {
        return indent.isEmpty()
                || (isWanted && isFlat(node) && COMPACT.write(node).length() < MAX_INLINE);
    }

    private static boolean isFlat(Object node) {
        var children = switch (node) {
            case Map<?, ?> map -> map.values();
            case List<?> list -> list;
            default -> List.of();
        };
        return children.stream().noneMatch(child -> child instanceof Map || child instanceof List);
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"')
                .append(string.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
