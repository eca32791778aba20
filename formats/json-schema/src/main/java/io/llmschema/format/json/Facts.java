package io.llmschema.format.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a value: schemas that accept it, schemas that do not, and which kinds it may be of.
 *
 * <p>What follows at once is known too: what {@code $ref} and {@code allOf} of a schema accept it, and the {@code then} of a condition that is
 * known to be met. Immutable.
 */
final class Facts {
    private static final Map<JsonKind, Meaning> KINDS = EnumSet.allOf(JsonKind.class).stream()
            .collect(Collectors.toMap(kind -> kind, kind -> Meaning.of(kind.name())));

    private final List<SchemaNode> accepting = new ArrayList<>();
    private final Set<Meaning> acceptingMeanings = new HashSet<>();
    private final List<SchemaNode> refusing = new ArrayList<>();
    private final Set<Meaning> refusingMeanings = new HashSet<>();
    private final EnumSet<JsonKind> kinds;
    private final List<SchemaNode> given;
    private final Set<JsonKind> limitedTo;
    private final Meaning key;
    private final Set<String> required;

    private Facts(List<SchemaNode> given, Collection<SchemaNode> refusing, Set<JsonKind> limitedTo) {
        this.given = given;
        this.limitedTo = limitedTo;
        this.kinds = EnumSet.copyOf(limitedTo);
        for (SchemaNode schema : refusing) {
            if (refusingMeanings.add(schema.meaning)) {
                this.refusing.add(schema);
            }
        }
        given.forEach(this::accept);
        int known;
        do {
            known = accepting.size();
            // What must be there is there in objects only.
            Set<String> there = isObject() ? findRequired() : Set.of();
            for (SchemaNode schema : List.copyOf(accepting)) {
                followCondition(schema);
                schema.dependentSchemas.forEach((name, dependent) -> {
                    if (there.contains(name)) {
                        accept(dependent);
                    }
                });
            }
        } while (accepting.size() > known);
        accepting.forEach(schema -> kinds.retainAll(schema.kinds));
        this.key = findKey();
        this.required = findRequired();
    }

    static Facts of(SchemaNode schema) {
        return new Facts(List.of(schema), List.of(), EnumSet.allOf(JsonKind.class));
    }

    static Facts ofAll(List<SchemaNode> schemas) {
        return new Facts(schemas, List.of(), EnumSet.allOf(JsonKind.class));
    }

    Facts and(SchemaNode schema) {
        List<SchemaNode> more = new ArrayList<>(given);
        more.add(schema);
        return new Facts(more, refusing, limitedTo);
    }

    Facts andNot(Collection<SchemaNode> schemas) {
        List<SchemaNode> more = new ArrayList<>(refusing);
        more.addAll(schemas);
        return new Facts(given, more, limitedTo);
    }

    Facts onlyOf(JsonKind kind) {
        return new Facts(given, refusing, EnumSet.of(kind));
    }

    private boolean isObject() {
        Set<JsonKind> possible = EnumSet.copyOf(limitedTo);
        accepting.forEach(schema -> possible.retainAll(schema.kinds));
        return EnumSet.of(JsonKind.OBJECT).containsAll(possible);
    }

    private void accept(SchemaNode schema) {
        if (schema.isTrue() || !acceptingMeanings.add(schema.meaning)) {
            return;
        }
        accepting.add(schema);
        if (schema.ref != null) {
            accept(schema.ref);
        }
        schema.allOf.forEach(this::accept);
        if (schema.anyOf.size() == 1) {
            accept(schema.anyOf.getFirst());
        }
        if (schema.oneOf.size() == 1) {
            accept(schema.oneOf.getFirst());
        }
        if (schema.not != null && refusingMeanings.add(schema.not.meaning)) {
            refusing.add(schema.not);
        }
    }

    private void followCondition(SchemaNode schema) {
        if (schema.condition != null) {
            SchemaNode next = knowsAccepting(schema.condition)
                    ? schema.then
                    : knowsRefusing(schema.condition) ? schema.otherwise : null;
            if (next != null) {
                accept(next);
            }
        }
    }

    /** All schemas that are known to accept the value, those it began with first. */
    List<SchemaNode> accepting() {
        return Collections.unmodifiableList(accepting);
    }

    List<SchemaNode> refusing() {
        return Collections.unmodifiableList(refusing);
    }

    boolean knowsAccepting(SchemaNode schema) {
        return schema.isTrue() || acceptingMeanings.contains(schema.meaning);
    }

    boolean knowsRefusing(SchemaNode schema) {
        return refusingMeanings.contains(schema.meaning);
    }

    Set<JsonKind> kinds() {
        return kinds;
    }

    boolean mayBe(JsonKind kind) {
        return kinds.contains(kind);
    }

    boolean mayBeNumber() {
        return kinds.contains(JsonKind.INTEGER) || kinds.contains(JsonKind.FRACTION);
    }

    /** Two with the same one know the same. */
    Meaning key() {
        return key;
    }

    private Meaning findKey() {
        Meaning all = Meaning.NONE;
        for (Meaning meaning : acceptingMeanings) {
            all = all.with(meaning);
        }
        Meaning none = Meaning.NONE;
        for (Meaning meaning : refusingMeanings) {
            none = none.with(meaning);
        }
        Meaning limits = Meaning.NONE;
        for (JsonKind kind : limitedTo) {
            limits = limits.with(KINDS.getOrDefault(kind, Meaning.NONE));
        }
        return all.then(none).then(limits);
    }

    /** The values that it can only be one of, some of which other facts may exclude; null: there is no such list. */
    @Nullable
    List<JsonNode> values() {
        return Stream.concat(accepting.stream().map(schema -> schema.values), Stream.of(valuesOfKinds()))
                .filter(values -> values != null)
                .min((a, b) -> Integer.compare(a.size(), b.size()))
                .orElse(null);
    }

    private @Nullable List<JsonNode> valuesOfKinds() {
        return EnumSet.of(JsonKind.NULL, JsonKind.BOOLEAN).containsAll(kinds)
                ? Samples.KEYWORDS.stream()
                        .filter(value -> kinds.contains(JsonKind.of(value)))
                        .toList()
                : null;
    }

    // The bounds that are known, each the narrowest.

    /** Whether every value is at least that, or above it. */
    boolean isAbove(BigDecimal bound, boolean excludesBound) {
        return accepting.stream()
                .anyMatch(schema -> schema.minimum != null
                        && isPast(schema.minimum.compareTo(bound), schema.excludesMinimum, excludesBound));
    }

    boolean isBelow(BigDecimal bound, boolean excludesBound) {
        return accepting.stream()
                .anyMatch(schema -> schema.maximum != null
                        && isPast(bound.compareTo(schema.maximum), schema.excludesMaximum, excludesBound));
    }

    private static boolean isPast(int comparison, boolean excludes, boolean mustExclude) {
        return comparison > 0 || (comparison == 0 && (excludes || !mustExclude));
    }

    int minLength() {
        return accepting.stream().mapToInt(schema -> schema.minLength).max().orElse(0);
    }

    int maxLength() {
        return accepting.stream().mapToInt(schema -> schema.maxLength).min().orElse(Integer.MAX_VALUE);
    }

    int minItems() {
        int contained = accepting.stream()
                .mapToInt(schema -> schema.contains == null ? 0 : schema.minContains)
                .max()
                .orElse(0);
        return Math.max(
                contained,
                accepting.stream().mapToInt(schema -> schema.minItems).max().orElse(0));
    }

    /** An item that none may be in place of bounds the length as well. */
    int maxItems() {
        int most = accepting.stream().mapToInt(schema -> schema.maxItems).min().orElse(Integer.MAX_VALUE);
        for (SchemaNode schema : accepting) {
            if (schema.items != null && schema.items.isFalse) {
                most = Math.min(most, schema.prefixItems.size());
            }
        }
        return most;
    }

    boolean areItemsDistinct() {
        return accepting.stream().anyMatch(schema -> schema.uniqueItems) || maxItems() <= 1;
    }

    Set<String> required() {
        return required;
    }

    private Set<String> findRequired() {
        Set<String> required = new LinkedHashSet<>();
        accepting.forEach(schema -> required.addAll(schema.required));
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (SchemaNode schema : accepting) {
                for (var entry : schema.dependentRequired.entrySet()) {
                    isGrowing |= required.contains(entry.getKey()) && required.addAll(entry.getValue());
                }
            }
        }
        return required;
    }

    int minProperties() {
        return Math.max(
                required().size(),
                accepting.stream()
                        .mapToInt(schema -> schema.minProperties)
                        .max()
                        .orElse(0));
    }

    int maxProperties() {
        return accepting.stream().mapToInt(schema -> schema.maxProperties).min().orElse(Integer.MAX_VALUE);
    }

    /** The names that some schema has something of its own to say about. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        accepting.forEach(schema -> names.addAll(schema.properties.keySet()));
        names.addAll(required());
        return names;
    }

    /** What is known of the member with that name, if it is there. */
    Facts member(String name) {
        return ofAll(accepting.stream()
                .flatMap(schema -> Evaluator.ofMember(schema, name).stream())
                .toList());
    }

    /** What is known of the item at that place, if it is there. */
    Facts item(int index) {
        return ofAll(accepting.stream()
                .map(schema -> index < schema.prefixItems.size() ? schema.prefixItems.get(index) : schema.items)
                .filter(schema -> schema != null)
                .toList());
    }

    /** How many items have a place of their own. */
    int places() {
        return accepting.stream()
                .mapToInt(schema -> schema.prefixItems.size())
                .max()
                .orElse(0);
    }
}
