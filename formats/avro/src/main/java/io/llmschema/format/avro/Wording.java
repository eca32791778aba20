package io.llmschema.format.avro;

import io.llmschema.json.CanonicalJson;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How names and values are spoken of in a sentence, cut where they are long. */
final class Wording {
    private static final int LONGEST_VALUE = 60;
    private static final int MAX_LISTED = 20;

    /** The most names that one is compared with to find what was meant. */
    private static final int MAX_COMPARED = 500;

    private static final int LONGEST_COMPARED = 60;

    private Wording() {}

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    /** Names in their order; of many, the first. */
    static String list(Stream<String> names) {
        List<String> all = names.map(name -> cut(name, LONGEST_VALUE)).toList();
        String listed = all.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
        return all.size() <= MAX_LISTED ? listed : listed + " and " + (all.size() - MAX_LISTED) + " more";
    }

    /** A value as JSON writes it. */
    static String json(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> {
                String text = value.stringValue();
                String shown = cut(text, LONGEST_VALUE);
                yield CanonicalJson.ordered(JsonNodeFactory.instance.stringNode(shown));
            }
            case NUMBER ->
                cut(
                        value.isIntegralNumber()
                                ? value.toString()
                                : value.decimalValue().toString(),
                        LONGEST_VALUE);
            case BOOLEAN, NULL -> value.toString();
            case ARRAY -> value.isEmpty() ? "[]" : "[…]";
            case OBJECT -> value.isEmpty() ? "{}" : "{…}";
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no value of a text: " + value.getNodeType());
        };
    }

    /** A value with what kind of value it is. */
    static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the string " + json(value);
            case NUMBER -> "the number " + json(value);
            case BOOLEAN, NULL -> json(value);
            case ARRAY -> value.isEmpty() ? "an empty array" : "an array";
            case OBJECT -> value.isEmpty() ? "an empty object" : "an object";
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no value of a text: " + value.getNodeType());
        };
    }

    /** An object with one name. */
    static String tagged(String label, String value) {
        return "{\"" + label + "\": " + value + "}";
    }

    /** The name that was most likely meant: one that differs in its case, or in a few letters. */
    static Optional<String> nearest(String name, Collection<String> names) {
        if (name.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int best = Math.max(1, name.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        int compared = 0;
        for (String candidate : names) {
            if (compared++ == MAX_COMPARED) {
                break;
            }
            if (Math.abs(candidate.length() - name.length()) < best) {
                int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = Optional.of(candidate);
                }
            }
        }
        return nearest;
    }

    /** How many letters are added, left out, replaced or swapped with the next. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int shortest = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
                boolean isSwapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distances[i][j] = isSwapped ? Math.min(shortest, distances[i - 2][j - 2] + 1) : shortest;
            }
        }
        return distances[a.length()][b.length()];
    }
}
