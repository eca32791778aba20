package io.llmschema.format.json;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says what a reader's schema wants and what a writer's schema leaves open. */
final class Sentences {
    /** The most names or values that a sentence lists. */
    private static final int MAX_LISTED = 5;

    private static final int MAX_VALUE_LENGTH = 80;

    private Sentences() {}

    static String of(Facts facts, SchemaNode schema, Keyword keyword) {
        return switch (keyword) {
            case TYPE ->
                "the writer may write " + kinds(facts.kinds(), schema.kinds)
                        + ", which is not among the types that the reader takes: " + kinds(schema.kinds, Set.of());
            case VALUES ->
                "the reader takes only " + values(schema.values == null ? List.of() : schema.values)
                        + ", and the writer may write something else";
            case MINIMUM ->
                "the reader wants a number " + (schema.excludesMinimum ? "above " : "of at least ") + schema.minimum
                        + ", and the writer may write a lower one";
            case MAXIMUM ->
                "the reader wants a number " + (schema.excludesMaximum ? "below " : "of at most ") + schema.maximum
                        + ", and the writer may write a higher one";
            case MULTIPLE_OF ->
                "the reader wants a multiple of " + schema.multipleOf + ", and the writer may write another number";
            case MIN_LENGTH ->
                "the reader wants at least " + schema.minLength + " characters, and the writer may write fewer";
            case MAX_LENGTH ->
                "the reader takes at most " + schema.maxLength + " characters, and the writer may write more";
            case PATTERN ->
                "the reader wants the pattern " + quoted(schema.pattern == null ? "" : schema.pattern.text())
                        + ", and the writer may write text without it";
            case FORMAT -> "the reader wants the format '" + schema.format + "', and the writer may write other text";
            case MIN_ITEMS -> "the reader wants at least " + schema.minItems + " items, and the writer may write fewer";
            case MAX_ITEMS -> "the reader takes at most " + schema.maxItems + " items, and the writer may write more";
            case UNIQUE_ITEMS -> "the reader wants items that differ, and the writer may repeat one";
            case CONTAINS ->
                "the reader wants certain items among others, and the writer may leave them out or write too many";
            case REQUIRED -> "the reader wants " + missing(facts, schema) + ", which the writer may leave out";
            case MIN_PROPERTIES ->
                "the reader wants at least " + schema.minProperties + " properties, and the writer may write fewer";
            case MAX_PROPERTIES ->
                "the reader takes at most " + schema.maxProperties + " properties, and the writer may write more";
            case PROPERTY_NAMES -> "the reader does not take all names of properties that the writer may write";
            case DEPENDENT_REQUIRED ->
                "the reader wants some properties beside others, and the writer may leave them out";
            case ANY_OF -> "none of the reader's alternatives takes all that the writer may write";
            case ONE_OF -> "not exactly one of the reader's alternatives takes what the writer may write";
            case NOT -> "the reader excludes something that the writer may write";
            case ITEMS, UNEVALUATED_ITEMS -> "the reader does not take all items that the writer may write";
            case MEMBERS, UNEVALUATED_PROPERTIES -> "the reader does not take all properties that the writer may write";
            case DEPENDENT_SCHEMAS, CONDITIONAL, REF, ALL_OF -> "the reader wants more than the writer's schema says";
            case DYNAMIC -> "the reader's schema depends on how it is reached";
        };
    }

    /** A finding in a member, told by the name of the member where it is about the member as a whole. */
    static Finding ofMember(Finding finding, String name, SchemaNode schema, Facts member) {
        if (!finding.rule().equals(Finding.NOTHING_ACCEPTED)) {
            boolean isGained = member.accepting().isEmpty() && schema.properties.containsKey(name);
            return isGained
                    ? finding.as(
                            "property-added-to-open-object",
                            "the writer may write a property " + quoted(name)
                                    + " of any kind, and the reader takes it only as its schema says: "
                                    + finding.message())
                    : finding;
        }
        return schema.properties.containsKey(name)
                ? finding.as(
                        "property-forbidden", "the reader does not take the property " + quoted(name) + " any more")
                : finding.as(
                        "property-not-allowed",
                        "the reader takes no property " + quoted(name) + ", which the writer may write");
    }

    private static String missing(Facts facts, SchemaNode schema) {
        Set<String> required = facts.required();
        List<String> missing = schema.required.stream()
                .filter(name -> !required.contains(name))
                .toList();
        return (missing.size() == 1 ? "the property " : "the properties ")
                + listed(missing.stream().map(Sentences::quoted).toList());
    }

    private static String kinds(Set<JsonKind> kinds, Set<JsonKind> without) {
        Set<String> words = new TreeSet<>();
        for (JsonKind kind : kinds) {
            if (!without.contains(kind)) {
                words.add(kind == JsonKind.FRACTION ? "number" : kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static String values(List<JsonNode> values) {
        return listed(values.stream()
                        .limit(MAX_LISTED + 1L)
                        .map(Sentences::shortened)
                        .toList())
                + (values.size() > MAX_LISTED ? " (" + values.size() + " values)" : "");
    }

    private static String listed(List<String> items) {
        String some = items.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
        return items.size() > MAX_LISTED ? some + ", …" : some;
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= MAX_VALUE_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_VALUE_LENGTH / 2)) + "…";
    }

    private static String quoted(String name) {
        String text = name.length() <= MAX_VALUE_LENGTH
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_VALUE_LENGTH / 2)) + "…";
        return "'" + text + "'";
    }
}
