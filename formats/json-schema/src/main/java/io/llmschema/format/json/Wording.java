package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How values, names and types are told in a sentence: long ones cut, many of them counted. */
final class Wording {
    /** The most names or values that a sentence lists. */
    private static final int MAX_LISTED = 12;

    /** The most characters of a value. */
    private static final int MAX_LENGTH = 80;

    /** Names and values among which a similar one is looked for. */
    private static final int MAX_COMPARED = 1_000;

    private static final int MAX_COMPARED_LENGTH = 60;

    private Wording() {}

    /** A value of a document with its type: {@code the string "12"}. */
    static String typed(JsonNode value) {
        return switch (JsonKind.of(value)) {
            case NULL -> "null";
            case BOOLEAN -> "the boolean " + value;
            case INTEGER, FRACTION -> "the number " + json(value);
            case STRING -> "the string " + json(value);
            case ARRAY -> "an array of " + count(value.size(), "item", "items");
            case OBJECT -> value.isEmpty() ? "an empty object" : "an object with " + names(value.propertyNames());
        };
    }

    /** A value as JSON, as much of it as there is room for. */
    static String json(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (text.length() > MAX_LENGTH) {
            return;
        }
        if (value.isString()) {
            String string = value.stringValue();
            String cut = cut(string, MAX_LENGTH);
            text.append(CanonicalJson.ordered(cut.length() == string.length() ? value : string(cut)));
        } else if (value.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode item : value) {
                text.append(separator);
                if (text.length() > MAX_LENGTH) {
                    text.append('…');
                    break;
                }
                append(item, text);
                separator = ", ";
            }
            text.append(']');
        } else if (value.isObject()) {
            text.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                text.append(separator);
                if (text.length() > MAX_LENGTH) {
                    text.append('…');
                    break;
                }
                append(string(member.getKey()), text);
                text.append(": ");
                append(member.getValue(), text);
                separator = ", ";
            }
            text.append('}');
        } else {
            text.append(cut(CanonicalJson.ordered(value), MAX_LENGTH));
        }
    }

    private static JsonNode string(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** A name in quotes. */
    static String name(String name) {
        return "'" + cut(name, MAX_LENGTH) + "'";
    }

    static String cut(String text, int length) {
        return text.length() <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, length))) + "…";
    }

    static String names(Collection<String> names) {
        return listed(names.stream().limit(MAX_LISTED).map(Wording::name).toList(), names.size(), ", ");
    }

    static String values(Collection<JsonNode> values) {
        return listed(values.stream().limit(MAX_LISTED).map(Wording::json).toList(), values.size(), ", ");
    }

    /** Some of many, with their number where they are not all. */
    private static String listed(List<String> some, int all, String separator) {
        return String.join(separator, some) + (all > some.size() ? ", … (" + all + " in all)" : "");
    }

    /** The types that some values of the keyword for types name, as what a value must be: {@code a string or null}. */
    static String types(Iterable<JsonNode> types) {
        List<String> words = new ArrayList<>();
        for (JsonNode type : types) {
            if (type.isArray()) {
                type.forEach(one -> addType(one, words));
            } else {
                addType(type, words);
            }
        }
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private static void addType(JsonNode type, List<String> words) {
        String name = type.asString("");
        String word = switch (name) {
            case "null" -> "null";
            case "array", "integer", "object" -> "an " + name;
            default -> "a " + name;
        };
        if (!words.contains(word)) {
            words.add(word);
        }
    }

    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** A question that offers a similar text; empty where none is. */
    static String suggestion(String text, Collection<String> among, boolean isName) {
        return nearest(text, among)
                .map(similar -> "; did you mean " + (isName ? name(similar) : json(string(similar))) + "?")
                .orElse("");
    }

    /** The text that is most like another one, if one is alike enough to be what was meant. */
    static Optional<String> nearest(String text, Collection<String> among) {
        if (text.length() > MAX_COMPARED_LENGTH) {
            return Optional.empty();
        }
        String best = null;
        // A third of the letters may differ.
        int bestDistance = Math.max(1, text.length() / 3) + 1;
        for (String candidate : among.stream().limit(MAX_COMPARED).toList()) {
            if (candidate.length() <= MAX_COMPARED_LENGTH && !candidate.equals(text)) {
                int distance = distance(folded(text), folded(candidate));
                if (distance < bestDistance && distance < candidate.length()) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Without what people and models confuse: case, and how words are joined. */
    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    /** How many letters are to be inserted, left out, changed or swapped with the next. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int changed = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int best = Math.min(changed, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
                boolean isSwapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distances[i][j] = isSwapped ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
            }
        }
        return distances[a.length()][b.length()];
    }
}
