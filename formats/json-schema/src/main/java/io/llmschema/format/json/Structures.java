package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The values of two schemas by what they consist of: two values have the same number where their canonical forms are equal, and another
 * same number where their unordered forms are; a third is that of the unordered form without the words in it. Found once for all values, so that a comparison takes time proportional to its schemas.
 */
final class Structures {
    /** What a value consists of: the numbers of its parts. */
    private record Shell(String kind, List<String> names, List<Integer> parts) {}

    private record Numbers(int ordered, int unordered, int bare) {}

    private final Set<JsonNode> orderless = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Predicate<Member> isWord;
    private final Map<Shell, Integer> known = new HashMap<>();
    private final IdentityHashMap<JsonNode, Numbers> containers = new IdentityHashMap<>();

    /** A member of an object. */
    record Member(JsonNode object, String name, JsonNode value) {}

    /**
     * @param orderless the arrays whose order has no meaning
     * @param isWord whether a member is only a word to people
     */
    Structures(JsonNode before, JsonNode after, Set<JsonNode> orderless, Predicate<Member> isWord) {
        this.orderless.addAll(orderless);
        this.isWord = isWord;
        numbers(before);
        numbers(after);
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

    int ordered(JsonNode value) {
        return numbers(value).ordered;
    }

    int unordered(JsonNode value) {
        return numbers(value).unordered;
    }

    int bare(JsonNode value) {
        return numbers(value).bare;
    }

    /** Recursive, as the depth of schemas is bounded. */
    private Numbers numbers(JsonNode value) {
        if (!value.isContainer()) {
            int number = number(new Shell(CanonicalJson.ordered(value), List.of(), List.of()));
            return new Numbers(number, number, number);
        }
        Numbers seen = containers.get(value);
        if (seen == null) {
            seen = value.isArray() ? ofArray(value) : ofObject(value);
            containers.put(value, seen);
        }
        return seen;
    }

    private Numbers ofArray(JsonNode array) {
        Integer[] ordered = new Integer[array.size()];
        Integer[] unordered = new Integer[array.size()];
        Integer[] bare = new Integer[array.size()];
        for (int i = 0; i < ordered.length; i++) {
            Numbers ofItem = numbers(array.get(i));
            ordered[i] = ofItem.ordered;
            unordered[i] = ofItem.unordered;
            bare[i] = ofItem.bare;
        }
        if (orderless.contains(array)) {
            Arrays.sort(unordered);
            Arrays.sort(bare);
        }
        return new Numbers(
                number(new Shell("[", List.of(), List.of(ordered))),
                number(new Shell("[", List.of(), List.of(unordered))),
                number(new Shell("[", List.of(), List.of(bare))));
    }

    private Numbers ofObject(JsonNode object) {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        Map<String, Integer> unordered = new TreeMap<>();
        Map<String, Integer> bare = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Numbers ofMember = numbers(member.getValue());
            ordered.put(member.getKey(), ofMember.ordered);
            unordered.put(member.getKey(), ofMember.unordered);
            if (!isWord.test(new Member(object, member.getKey(), member.getValue()))) {
                bare.put(member.getKey(), ofMember.bare);
            }
        }
        return new Numbers(number(shell(ordered)), number(shell(unordered)), number(shell(bare)));
    }

    private static Shell shell(Map<String, Integer> members) {
        return new Shell("{", List.copyOf(members.keySet()), List.copyOf(members.values()));
    }

    private int number(Shell shell) {
        Integer number = known.putIfAbsent(shell, known.size());
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
