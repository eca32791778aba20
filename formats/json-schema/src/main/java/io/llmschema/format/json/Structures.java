package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The values of two schemas by what they consist of: two values have the same number where their canonical forms are equal, and another
 * same number where their unordered forms are; a third is that of the unordered form without the words in it. Each is found once for a value, and only
 * if it is asked for, so that a comparison takes time proportional to its schemas.
 */
final class Structures {
    /** What a value consists of: the numbers of its parts. */
    private record Shell(String kind, List<String> names, List<Integer> parts) {}

    /** The text of a value that is one, to tell it from how another value is written. */
    private record Text(String text) {}

    private final Set<JsonNode> orderless;
    private final Predicate<Member> isWord;

    /** By shells, by texts, and by the spelling of what else is no container. */
    private final Map<Object, Integer> known = new HashMap<>();

    private final IdentityHashMap<JsonNode, Integer> ordered = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Integer> unordered = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Integer> bare = new IdentityHashMap<>();

    /** A member of an object. */
    record Member(JsonNode object, String name, JsonNode value) {}

    /**
     * @param orderless the arrays whose order has no meaning, compared by identity
     * @param isWord whether a member is only a word to people
     */
    Structures(Set<JsonNode> orderless, Predicate<Member> isWord) {
        this.orderless = orderless;
        this.isWord = isWord;
    }

    boolean isOrderless(JsonNode array) {
        return orderless.contains(array);
    }

    boolean areEqual(JsonNode a, JsonNode b) {
        return ordered(a) == ordered(b);
    }

    boolean areEqualUnordered(JsonNode a, JsonNode b) {
        return unordered(a) == unordered(b);
    }

    /** Recursive, as are the others, since the depth of schemas is bounded. */
    int ordered(JsonNode value) {
        if (!value.isContainer()) {
            return ofScalar(value);
        }
        Integer seen = ordered.get(value);
        if (seen == null) {
            List<Integer> parts = new ArrayList<>(value.size());
            value.forEach(part -> parts.add(ordered(part)));
            seen = value.isArray()
                    ? number(new Shell("[", List.of(), parts))
                    : number(new Shell("{", List.copyOf(value.propertyNames()), parts));
            ordered.put(value, seen);
        }
        return seen;
    }

    int unordered(JsonNode value) {
        return sorted(value, unordered, _ -> false);
    }

    int bare(JsonNode value) {
        return sorted(value, bare, isWord);
    }

    private int sorted(JsonNode value, Map<JsonNode, Integer> numbers, Predicate<Member> isLeftOut) {
        if (!value.isContainer()) {
            return ofScalar(value);
        }
        Integer seen = numbers.get(value);
        if (seen == null) {
            seen = value.isArray() ? sortedArray(value, numbers, isLeftOut) : sortedObject(value, numbers, isLeftOut);
            numbers.put(value, seen);
        }
        return seen;
    }

    private int sortedArray(JsonNode array, Map<JsonNode, Integer> numbers, Predicate<Member> isLeftOut) {
        List<Integer> parts = new ArrayList<>(array.size());
        array.forEach(part -> parts.add(sorted(part, numbers, isLeftOut)));
        if (orderless.contains(array)) {
            Collections.sort(parts);
        }
        return number(new Shell("[", List.of(), parts));
    }

    private int sortedObject(JsonNode object, Map<JsonNode, Integer> numbers, Predicate<Member> isLeftOut) {
        Map<String, Integer> members = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!isLeftOut.test(new Member(object, member.getKey(), member.getValue()))) {
                members.put(member.getKey(), sorted(member.getValue(), numbers, isLeftOut));
            }
        }
        return number(new Shell("{", List.copyOf(members.keySet()), List.copyOf(members.values())));
    }

    private int ofScalar(JsonNode value) {
        return number(value.isString() ? new Text(value.stringValue()) : CanonicalJson.ordered(value));
    }

    private int number(Object content) {
        Integer number = known.putIfAbsent(content, known.size());
        return number == null ? known.size() - 1 : number;
    }

    /** The values that have one of some values in them, or are one. */
    static Set<JsonNode> around(JsonNode root, Set<JsonNode> inner) {
        Set<JsonNode> around = Collections.newSetFromMap(new IdentityHashMap<>());
        add(root, inner, around);
        return around;
    }

    private static boolean add(JsonNode value, Set<JsonNode> inner, Set<JsonNode> around) {
        boolean isAround = inner.contains(value);
        for (JsonNode part : value.isContainer() ? value : List.<JsonNode>of()) {
            isAround |= add(part, inner, around);
        }
        if (isAround) {
            around.add(value);
        }
        return isAround;
    }

    /** Whether the names that two objects share stand in different orders. */
    static boolean areReordered(JsonNode before, JsonNode after) {
        Set<String> ofBefore = new HashSet<>(before.propertyNames());
        List<String> inAfter =
                after.propertyNames().stream().filter(ofBefore::contains).toList();
        Set<String> shared = new HashSet<>(inAfter);
        return !before.propertyNames().stream()
                .filter(shared::contains)
                .toList()
                .equals(inAfter);
    }
}
