package io.llmschema.format.avro;

import io.llmschema.format.SchemaSource;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.Pointer;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One walk over the texts of two schemas that finds what is different between them.
 *
 * <p>What is touched:
 *
 * <ul>
 *   <li>Meaning: types, names, fields, symbols, branches, sizes; defaults and aliases, which decide what readers get; logical types; {@code order}, by which
 *       data are sorted. The order of fields, symbols and branches too: the binary encoding is made of it, so that who has only one of the two schemas
 *       misreads what was written with the other. A reader who has both, as Avro asks, is not disturbed; the judgement of compatibility says so.
 *   <li>Words: documentation, attributes that Avro does not know, and another spelling of the same type ({@code "int"} or {@code {"type": "int"}}, a name
 *       with or without its namespace).
 *   <li>Order: that of attributes, of aliases, and of names in a default.
 * </ul>
 *
 * <p>Named types are compared once, where they first stand at the same place in both, wherever they are defined. That the definition itself stands
 * elsewhere is no change: it stands where the type is used first, so another change has moved it.
 *
 * <p>Recursive through the text, whose depth is bounded; names are not followed but put off ({@link #open}).
 */
final class SchemaChanges {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Of an element that has no partner in the other array. */
    private static final int NONE = -1;

    private final TypeNames before;
    private final TypeNames after;
    private final TypePairs pairs;
    private final ChangeList changes = new ChangeList();

    /** The types, by their names after, that were compared or will be. */
    private final Set<String> met = new HashSet<>();

    private final Deque<Definitions> open = new ArrayDeque<>();

    /** A named type in both schemas. */
    private record Definitions(String beforeName, String afterName) {}

    /** What an attribute is to a type or a field. */
    private enum Role {
        /** Compared elsewhere. */
        NAME,
        TYPE,
        FIELDS,
        SYMBOLS,
        ALIASES,
        MEANING,
        WORDS;

        Nature nature() {
            return this == WORDS ? Nature.WORDS : Nature.MEANING;
        }
    }

    private SchemaChanges(TypeNames before, TypeNames after) {
        this.before = before;
        this.after = after;
        this.pairs = TypePairs.of(before, after);
    }

    static List<SchemaChange> between(SchemaSource before, SchemaSource after) {
        SchemaChanges comparison = new SchemaChanges(TypeNames.of(before), TypeNames.of(after));
        comparison.type(comparison.before.root(), comparison.after.root());
        while (!comparison.open.isEmpty()) {
            comparison.definitions(comparison.open.remove());
        }
        return comparison.changes.list();
    }

    private void type(Spot old, Spot now) {
        if (old.node().isArray() || now.node().isArray()) {
            unions(old, now);
            return;
        }
        Optional<String> oldName = before.fullName(old.node());
        Optional<String> newName = after.fullName(now.node());
        if (oldName.isPresent() && newName.isPresent()) {
            named(old, oldName.get(), now, newName.get());
        } else if (oldName.isEmpty() && newName.isEmpty() && kind(old.node()).equals(kind(now.node()))) {
            unnamed(old, now);
        } else {
            changes.changed(Nature.MEANING, old, now);
        }
    }

    private static String kind(JsonNode type) {
        return type.isObject() ? type.path("type").stringValue("") : type.stringValue("");
    }

    /** A primitive type, an array or a map. */
    private void unnamed(Spot old, Spot now) {
        if (old.node().isObject() && now.node().isObject()) {
            attributes(old, now, kind(now.node()));
            return;
        }
        // A name alone is the same as an object with nothing else in it.
        Spot object = old.node().isObject() ? old : now;
        if (object.node().size() > 1) {
            JsonNode bare = JSON.objectNode().put("type", kind(now.node()));
            attributes(
                    old.node().isObject() ? old : new Spot(bare, old.at()),
                    now.node().isObject() ? now : new Spot(bare, now.at()),
                    kind(now.node()));
        } else if (object.node().isObject()) {
            changes.changed(Nature.WORDS, old, now);
        }
    }

    private void named(Spot old, String oldName, Spot now, String newName) {
        boolean areDefinitions = old.node().isObject() && now.node().isObject();
        if (areDefinitions && pairs.areFree(oldName, newName) && areAlike(old.node(), now.node())) {
            pairs.add(oldName, newName);
        }
        if (pairs.arePaired(oldName, newName)) {
            respelling(old, oldName, now, newName);
            if (met.add(newName)) {
                Definitions definitions = new Definitions(oldName, newName);
                if (areDefinitions) {
                    definitions(definitions);
                } else {
                    open.add(definitions);
                }
            }
        } else if (oldName.equals(newName)
                && old.node().isString()
                && now.node().isString()) {
            // A type of a reference, in both.
            respelling(old, oldName, now, newName);
        } else {
            changes.changed(Nature.MEANING, old, now);
        }
    }

    private void respelling(Spot old, String oldName, Spot now, String newName) {
        boolean areUses = old.node().isString() && now.node().isString();
        if (areUses && oldName.equals(newName) && !old.node().equals(now.node())) {
            changes.changed(Nature.WORDS, old, now);
        }
    }

    private static boolean areAlike(JsonNode old, JsonNode now) {
        return family(old).equals(family(now));
    }

    private static String family(JsonNode definition) {
        return kind(definition).equals("error") ? "record" : kind(definition);
    }

    private void definitions(Definitions names) {
        Spot old = Objects.requireNonNull(before.definitions().get(names.beforeName()));
        Spot now = Objects.requireNonNull(after.definitions().get(names.afterName()));
        if (areAlike(old.node(), now.node())) {
            name(old, names.beforeName(), now, names.afterName());
            attributes(old, now, family(now.node()));
        } else {
            changes.changed(Nature.MEANING, old, now);
        }
    }

    /** What a namespace around them does to the names of types is told once, where the namespace is. */
    private void name(Spot old, String oldName, Spot now, String newName) {
        List<String> changed = Stream.of("name", "namespace")
                .filter(key -> !old.node().path(key).equals(now.node().path(key)))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        if (oldName.equals(newName)) {
            changed.forEach(key -> attribute(old, now, key, Role.WORDS));
        } else {
            changes.add(
                    pairs.isByAlias(newName) ? Kind.RENAMED : Kind.CHANGED,
                    Nature.MEANING,
                    old.at().child("name"),
                    now.at().child("name"),
                    () -> CanonicalJson.ordered(JSON.stringNode(oldName)),
                    () -> CanonicalJson.ordered(JSON.stringNode(newName)));
        }
    }

    private static Role role(String kind, String key) {
        return switch (kind + " " + key) {
            case "record name",
                    "record namespace",
                    "enum name",
                    "enum namespace",
                    "fixed name",
                    "fixed namespace",
                    "field name" -> Role.NAME;
            case "record fields" -> Role.FIELDS;
            case "enum symbols" -> Role.SYMBOLS;
            case "record aliases", "enum aliases", "fixed aliases", "field aliases" -> Role.ALIASES;
            case "array items", "map values", "field type" -> Role.TYPE;
            case "enum default", "fixed size", "field default", "field order" -> Role.MEANING;
            case "bytes precision", "bytes scale", "fixed precision", "fixed scale" -> Role.MEANING;
            default ->
                key.equals("type") || (key.equals("logicalType") && !kind.equals("field")) ? Role.MEANING : Role.WORDS;
        };
    }

    /** @param kind of both: that of a type, or {@code field} */
    private void attributes(Spot old, Spot now, String kind) {
        List<String> oldKeys = List.copyOf(old.node().propertyNames());
        List<String> newKeys = List.copyOf(now.node().propertyNames());
        reordering(
                Nature.ORDER,
                old.at(),
                now.at(),
                oldKeys.stream().filter(now::has).toList(),
                newKeys.stream().filter(old::has).toList());
        for (String key : newKeys) {
            attribute(old, now, key, role(kind, key));
        }
        for (String key : oldKeys) {
            if (!now.has(key)) {
                attribute(old, now, key, role(kind, key));
            }
        }
    }

    private void attribute(Spot old, Spot now, String key, Role role) {
        if (role == Role.NAME) {
            return;
        }
        if (!old.has(key)) {
            changes.added(role.nature(), old.at().child(key), now.child(key));
        } else if (!now.has(key)) {
            changes.removed(role.nature(), old.child(key), now.at().child(key));
        } else {
            switch (role) {
                case TYPE -> type(old.child(key), now.child(key));
                case FIELDS -> fields(old.child(key), now.child(key));
                case SYMBOLS -> elements(old.child(key), now.child(key), Nature.MEANING);
                case ALIASES -> elements(old.child(key), now.child(key), Nature.ORDER);
                case MEANING, WORDS -> value(old.child(key), now.child(key), role.nature());
                case NAME -> {
                    // See above.
                }
            }
        }
    }

    private void value(Spot old, Spot now, Nature nature) {
        if (old.text().equals(now.text())) {
            return;
        }
        if (CanonicalJson.sorted(old.node()).equals(CanonicalJson.sorted(now.node()))) {
            changes.add(Kind.REORDERED, Nature.ORDER, old.at(), now.at(), old::text, now::text);
        } else {
            changes.changed(nature, old, now);
        }
    }

    /**
     * An element of an array of names.
     *
     * @param occurrence an alias may be there twice; the second time it is another element
     */
    private record Element(String name, int occurrence) {}

    /**
     * Symbols or aliases.
     *
     * @param ofOrder what their order touches
     */
    private void elements(Spot old, Spot now, Nature ofOrder) {
        List<Element> oldElements = elements(old.node());
        List<Element> newElements = elements(now.node());
        Set<Element> inOld = Set.copyOf(oldElements);
        Set<Element> inNew = Set.copyOf(newElements);
        reordering(
                ofOrder,
                old.at(),
                now.at(),
                oldElements.stream().filter(inNew::contains).map(Element::name).toList(),
                newElements.stream().filter(inOld::contains).map(Element::name).toList());
        for (int i = 0; i < newElements.size(); i++) {
            if (!inOld.contains(newElements.get(i))) {
                changes.added(Nature.MEANING, old.at().child(Math.min(i, oldElements.size())), now.child(i));
            }
        }
        for (int i = 0; i < oldElements.size(); i++) {
            if (!inNew.contains(oldElements.get(i))) {
                changes.removed(Nature.MEANING, old.child(i), now.at().child(Math.min(i, newElements.size())));
            }
        }
    }

    private static List<Element> elements(JsonNode array) {
        Map<String, Integer> occurrences = new HashMap<>();
        List<Element> elements = new ArrayList<>();
        for (JsonNode element : array) {
            String name = element.stringValue();
            elements.add(new Element(name, occurrences.merge(name, 1, Integer::sum)));
        }
        return elements;
    }

    private static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        return places;
    }

    /** Tells if what both have in common is in another order; what was added or removed is told by itself. */
    private void reordering(Nature nature, Pointer oldAt, Pointer newAt, List<String> old, List<String> now) {
        if (!old.equals(now)) {
            changes.add(Kind.REORDERED, nature, oldAt, newAt, () -> array(old), () -> array(now));
        }
    }

    private static String array(List<String> names) {
        ArrayNode array = JSON.arrayNode();
        names.forEach(array::add);
        return CanonicalJson.ordered(array);
    }

    private void fields(Spot old, Spot now) {
        List<String> oldNames = names(old.node());
        List<String> newNames = names(now.node());
        int[] partners = fieldPartners(oldNames, newNames, now.node());
        partnersInOrder(partners, oldNames, newNames, old, now);
        pairwise(partners, old, now, this::field);
    }

    private static List<String> names(JsonNode fields) {
        return fields.valueStream()
                .map(field -> field.path("name").stringValue(""))
                .toList();
    }

    /** For each field after, the one before: of its name, or of an alias of it. */
    private static int[] fieldPartners(List<String> oldNames, List<String> newNames, JsonNode fields) {
        Map<String, Integer> free = places(oldNames);
        int[] partners = newNames.stream().mapToInt(name -> take(free, name)).toArray();
        for (int i = 0; i < partners.length; i++) {
            for (JsonNode alias : fields.get(i).path("aliases")) {
                if (partners[i] == NONE) {
                    partners[i] = take(free, alias.stringValue());
                }
            }
        }
        return partners;
    }

    private static int take(Map<String, Integer> free, String name) {
        return Optional.ofNullable(free.remove(name)).orElse(NONE);
    }

    private void field(Spot old, Spot now) {
        if (!old.node().path("name").equals(now.node().path("name"))) {
            changes.add(
                    Kind.RENAMED,
                    Nature.MEANING,
                    old.at().child("name"),
                    now.at().child("name"),
                    () -> old.child("name").text(),
                    () -> now.child("name").text());
        }
        attributes(old, now, "field");
    }

    /** Fields, or branches of a union. */
    private void partnersInOrder(int[] partners, List<String> oldNames, List<String> newNames, Spot old, Spot now) {
        int[] inOrder =
                Arrays.stream(partners).filter(partner -> partner != NONE).toArray();
        if (!Arrays.equals(inOrder, Arrays.stream(inOrder).sorted().toArray())) {
            reordering(Nature.MEANING, old.at(), now.at(), oldNames, newNames);
        }
    }

    private interface Comparing {
        void compare(Spot old, Spot now);
    }

    /** Compares the elements of two arrays with their partners; those without one were added, or removed after what stood before them. */
    private void pairwise(int[] partners, Spot old, Spot now, Comparing comparing) {
        Set<Integer> kept = Arrays.stream(partners).boxed().collect(Collectors.toSet());
        int passed = 0;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] == NONE) {
                changes.added(
                        Nature.MEANING, old.at().child(Math.min(i, old.node().size())), now.child(i));
                continue;
            }
            for (; passed < partners[i]; passed++) {
                removedUnless(kept.contains(passed), old, passed, now);
            }
            comparing.compare(old.child(partners[i]), now.child(i));
        }
        for (; passed < old.node().size(); passed++) {
            removedUnless(kept.contains(passed), old, passed, now);
        }
    }

    private void removedUnless(boolean isKept, Spot old, int index, Spot now) {
        if (!isKept) {
            changes.removed(
                    Nature.MEANING,
                    old.child(index),
                    now.at().child(Math.min(index, now.node().size())));
        }
    }

    private void unions(Spot old, Spot now) {
        if (old.node().isArray() && now.node().isArray()) {
            int[] partners = branchPartners(old, now);
            partnersInOrder(partners, labels(old.node(), before), labels(now.node(), after), old, now);
            pairwise(partners, old, now, this::type);
        } else {
            wrapping(old, now);
        }
    }

    /** A type that became one of several, or was: in the data it has got a tag, or lost it. */
    private void wrapping(Spot old, Spot now) {
        Spot oldUnion = old.node().isArray() ? old : new Spot(JSON.arrayNode().add(old.node()), old.at());
        Spot newUnion = now.node().isArray() ? now : new Spot(JSON.arrayNode().add(now.node()), now.at());
        changes.add(
                Kind.CHANGED,
                Nature.MEANING,
                old.at(),
                now.at(),
                () -> outline(old, before),
                () -> outline(now, after));
        int[] partners = branchPartners(oldUnion, newUnion);
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] != NONE) {
                type(
                        old.node().isArray() ? old.child(partners[i]) : old,
                        now.node().isArray() ? now.child(i) : now);
            }
        }
    }

    /** A type, with named types by their names alone: what they are is compared beneath. */
    private static String outline(Spot spot, TypeNames names) {
        if (spot.node().isArray()) {
            return array(labels(spot.node(), names));
        }
        return names.fullName(spot.node())
                .map(name -> CanonicalJson.ordered(JSON.stringNode(name)))
                .orElseGet(spot::text);
    }

    private static List<String> labels(JsonNode union, TypeNames names) {
        return union.valueStream().map(branch -> label(branch, names)).toList();
    }

    private static String label(JsonNode branch, TypeNames names) {
        return names.fullName(branch).orElseGet(() -> kind(branch));
    }

    /** For each branch after, the one before: the same type, or one that was only moved to another namespace. */
    private int[] branchPartners(Spot old, Spot now) {
        List<String> oldLabels = labels(old.node(), before);
        List<String> newLabels = labels(now.node(), after);
        Map<String, Integer> free = places(oldLabels);
        int[] partners = newLabels.stream()
                .mapToInt(label -> take(free, pairs.before(label).orElse(label)))
                .toArray();
        Map<String, Integer> freeUnqualified = new HashMap<>();
        free.forEach((label, index) -> freeUnqualified.put(TypeNames.unqualified(label), index));
        for (int i = 0; i < partners.length; i++) {
            String name = TypeNames.unqualified(newLabels.get(i));
            int moved = freeUnqualified.getOrDefault(name, NONE);
            if (partners[i] == NONE
                    && moved != NONE
                    && isMoved(
                            old.node().get(moved),
                            oldLabels.get(moved),
                            now.node().get(i),
                            newLabels.get(i))) {
                freeUnqualified.remove(name);
                partners[i] = moved;
            }
        }
        return partners;
    }

    private boolean isMoved(JsonNode old, String oldLabel, JsonNode now, String newLabel) {
        return old.isObject() && now.isObject() && pairs.areFree(oldLabel, newLabel) && areAlike(old, now);
    }
}
