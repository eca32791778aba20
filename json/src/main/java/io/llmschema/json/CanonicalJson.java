package io.llmschema.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one way to write a JSON value: no white space, no escapes that are not needed, one spelling for each number.
 *
 * <p>As RFC 8785, but exact for numbers that a {@code double} cannot hold, and with the author's order of names where it is asked
 * for. Half a surrogate pair, which UTF-8 cannot carry, is written as an escape.
 */
public final class CanonicalJson {
    private final StringBuilder out = new StringBuilder();
    private final boolean sorting;
    private final Predicate<JsonNode> isOrderless;
    private final BiPredicate<ObjectNode, String> isBlank;

    private CanonicalJson(boolean sorting, Predicate<JsonNode> isOrderless, BiPredicate<ObjectNode, String> isBlank) {
        this.sorting = sorting;
        this.isOrderless = isOrderless;
        this.isBlank = isBlank;
    }

    /** A value with its names in the order they have. */
    public static String ordered(JsonNode value) {
        return ordered(value, (_, _) -> false);
    }

    /**
     * The same with an empty string for the values of some members.
     *
     * @param isBlank by the object and the name of the member
     */
    public static String ordered(JsonNode value, BiPredicate<ObjectNode, String> isBlank) {
        return new CanonicalJson(false, _ -> false, isBlank).write(value);
    }

    /** A value with the names of each object sorted by UTF-16 code units, as RFC 8785 says. */
    public static String sorted(JsonNode value) {
        return sorted(value, _ -> false);
    }

    /** As {@link #sorted(JsonNode)}, with the elements of some arrays sorted too, by how they are written. */
    public static String sorted(JsonNode value, Predicate<JsonNode> isOrderless) {
        return new CanonicalJson(true, isOrderless, (_, _) -> false).write(value);
    }

    private String write(JsonNode value) {
        append(value);
        return out.toString();
    }

    /** Recursive, as trees come from {@link JsonText}, which bounds their depth. */
    private void append(JsonNode value) {
        switch (value) {
            case ObjectNode object -> appendObject(object);
            case ArrayNode array when sorting && isOrderless.test(array) -> appendOrderless(array);
            case ArrayNode array -> appendArray(array);
            default -> appendScalar(value);
        }
    }

    private void appendObject(ObjectNode object) {
        out.append('{');
        String separator = "";
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(object.properties());
        if (sorting) {
            entries.sort(Map.Entry.comparingByKey());
        }
        for (Map.Entry<String, JsonNode> entry : entries) {
            out.append(separator);
            appendString(entry.getKey());
            out.append(':');
            if (isBlank.test(object, entry.getKey())) {
                out.append("\"\"");
            } else {
                append(entry.getValue());
            }
            separator = ",";
        }
        out.append('}');
    }

    private void appendArray(ArrayNode array) {
        out.append('[');
        String separator = "";
        for (JsonNode element : array) {
            out.append(separator);
            append(element);
            separator = ",";
        }
        out.append(']');
    }

    private void appendOrderless(ArrayNode array) {
        int start = out.length();
        String[] elements = new String[array.size()];
        for (int i = 0; i < elements.length; i++) {
            append(array.get(i));
            elements[i] = out.substring(start);
            out.setLength(start);
        }
        Arrays.sort(elements);
        out.append('[').append(String.join(",", elements)).append(']');
    }

    private void appendScalar(JsonNode value) {
        if (value.isString()) {
            appendString(value.stringValue());
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            out.append(value.longValue());
        } else if (value.isNumber()) {
            out.append(Numbers.spelling(value.decimalValue()));
        } else {
            out.append(value);
        }
    }

    private void appendString(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        appendEscape(c);
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < string.length()
                            && Character.isLowSurrogate(string.charAt(i + 1))) {
                        out.append(c).append(string.charAt(++i));
                    } else {
                        appendEscape(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void appendEscape(char c) {
        out.append("\\u");
        String hex = Integer.toHexString(c);
        out.repeat('0', 4 - hex.length()).append(hex);
    }
}
