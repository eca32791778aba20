package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is different between two schemas, place by place; used by one thread.
 *
 * <p>What a place means depends on where it stands: the property {@code title} of an object is no title. Only words that every draft takes for
 * remarks to people are {@link Nature#WORDS}. {@code default}, {@code readOnly} and {@code writeOnly} are remarks to a validator too, but programs
 * fill in and leave out by them; and of a word that no draft knows ({@code x-nullable}, {@code discriminator}) nobody can say here who goes by it.
 * So these are {@link Nature#MEANING}, which promises nothing.
 */
final class SchemaDifference {
    private static final Set<String> WORDS = Set.of("title", "description", "$comment", "examples", "deprecated");

    /** Keywords whose value is data as a whole: its parts are no places of the schema. */
    private static final Set<String> DATA = Set.of("const", "default", "examples");

    private final Structures structures;
    private final SchemaDocument before;
    private final SchemaDocument after;
    private final JsonNode beforeRoot;
    private final JsonNode afterRoot;
    private @Nullable Set<JsonNode> aroundSchemas;
    private final List<SchemaChange> changes = new ArrayList<>();
    private final Map<Nature, Integer> counts = new EnumMap<>(Nature.class);

    /** A value in both schemas, or where it would be. */
    private record Place(Pointer before, Pointer after) {
        static final Place ROOT = new Place(Pointer.ROOT, Pointer.ROOT);

        Place child(String name) {
            return new Place(before.child(name), after.child(name));
        }

        Place child(int inBefore, int inAfter) {
            return new Place(before.child(inBefore), after.child(inAfter));
        }
    }

    private SchemaDifference(ReadSchema before, ReadSchema after) {
        this.before = before.document();
        this.after = after.document();
        this.beforeRoot = before.root();
        this.afterRoot = after.root();
        Set<JsonNode> orderless = Collections.newSetFromMap(new IdentityHashMap<>());
        orderless.addAll(ParsedJsonSchema.orderlessArrays(this.before));
        orderless.addAll(ParsedJsonSchema.orderlessArrays(this.after));
        this.structures = new Structures(orderless, this::isWord);
    }

    /** Whether a value is a schema or has one in it. */
    private boolean isAroundSchema(JsonNode value) {
        if (!value.isContainer()) {
            return false;
        }
        Set<JsonNode> around = aroundSchemas;
        if (around == null) {
            around = Structures.around(beforeRoot, schemas(before));
            around.addAll(Structures.around(afterRoot, schemas(after)));
            aroundSchemas = around;
        }
        return around.contains(value);
    }

    private boolean isWord(Structures.Member member) {
        return WORDS.contains(member.name())
                && !isAroundSchema(member.value())
                && (before.siteOf(member.object()).isPresent()
                        || after.siteOf(member.object()).isPresent());
    }

    static List<SchemaChange> between(ReadSchema before, ReadSchema after) {
        SchemaDifference difference = new SchemaDifference(before, after);
        difference.compare(before.root(), after.root(), Place.ROOT, Nature.MEANING);
        return difference.listed();
    }

    private static Set<JsonNode> schemas(SchemaDocument document) {
        Set<JsonNode> schemas = Collections.newSetFromMap(new IdentityHashMap<>());
        document.sites().forEach(site -> schemas.add(site.schema()));
        return schemas;
    }

    private void compare(JsonNode was, JsonNode is, Place place, Nature nature) {
        if (structures.areEqual(was, is)) {
            return;
        }
        if (was instanceof ObjectNode && is instanceof ObjectNode) {
            if (Structures.areReordered(was, is)) {
                add(Kind.REORDERED, Nature.ORDER, place, names(was), names(is));
            }
            members(was, is, place, nature);
        } else if (was.isArray() && is.isArray() && structures.areEqualUnordered(was, is)) {
            reordered(was, is, place);
        } else {
            add(Kind.CHANGED, nature, place, text(was), text(is));
        }
    }

    private void members(JsonNode was, JsonNode is, Place place, Nature nature) {
        Draft oldDraft = draftOf(was, before);
        Draft newDraft = draftOf(is, after);
        for (Map.Entry<String, JsonNode> member : was.properties()) {
            String name = member.getKey();
            JsonNode now = is.get(name);
            if (now == null) {
                Nature ofMember = nature(name, oldDraft, newDraft, member.getValue(), member.getValue(), nature);
                add(Kind.REMOVED, ofMember, place.child(name), text(member.getValue()), null);
            } else if (oldDraft != null && newDraft != null) {
                Nature ofMember = nature(name, oldDraft, newDraft, member.getValue(), now, nature);
                keyword(name, oldDraft, newDraft, member.getValue(), now, place.child(name), ofMember);
            } else {
                compare(member.getValue(), now, place.child(name), nature);
            }
        }
        for (Map.Entry<String, JsonNode> member : is.properties()) {
            if (!was.has(member.getKey())) {
                Nature ofMember =
                        nature(member.getKey(), oldDraft, newDraft, member.getValue(), member.getValue(), nature);
                add(Kind.ADDED, ofMember, place.child(member.getKey()), null, text(member.getValue()));
            }
        }
    }

    private static @Nullable Draft draftOf(JsonNode value, SchemaDocument document) {
        return document.siteOf(value).map(Site::draft).orElse(null);
    }

    private Nature nature(
            String name,
            @Nullable Draft oldDraft,
            @Nullable Draft newDraft,
            JsonNode was,
            JsonNode is,
            Nature otherwise) {
        // A draft that is not named is found by what it accepts: then even a remark may have changed the rules.
        boolean isWord = WORDS.contains(name)
                && oldDraft != null
                && oldDraft == newDraft
                && before.root().draft() == after.root().draft()
                && !isAroundSchema(was)
                && !isAroundSchema(is);
        return isWord ? Nature.WORDS : otherwise;
    }

    private void keyword(
            String name, Draft oldDraft, Draft newDraft, JsonNode was, JsonNode is, Place place, Nature nature) {
        Shape shape = Keywords.of(oldDraft).get(name);
        boolean isSame = shape == Keywords.of(newDraft).get(name);
        if (structures.areEqual(was, is)) {
            return;
        }
        if (DATA.contains(name) && !structures.areEqualUnordered(was, is)) {
            add(Kind.CHANGED, nature, place, text(was), text(is));
        } else if (was.isArray() && is.isArray() && structures.isOrderless(was) && structures.isOrderless(is)) {
            sets(was, is, place, nature);
        } else if (isSame
                && (shape == Shape.SCHEMAS || shape == Shape.SCHEMA_OR_SCHEMAS)
                && was.isArray()
                && is.isArray()) {
            sequences(was, is, place, nature);
        } else if (isSame && was.isObject() && is.isObject() && hasNames(shape)) {
            named(was, is, place, nature);
        } else {
            compare(was, is, place, nature);
        }
    }

    private static boolean hasNames(@Nullable Shape shape) {
        return shape == Shape.SCHEMAS_BY_NAME
                || shape == Shape.SCHEMAS_BY_PATTERN
                || shape == Shape.NAMES_BY_NAME
                || shape == Shape.SCHEMAS_OR_NAMES_BY_NAME
                || shape == Shape.SCHEMAS_OR_SOME_NAMES_BY_NAME;
    }

    /** Schemas or sets of names, by a name: none of the names is a keyword, even where a reference takes the whole for a schema. */
    private void named(JsonNode was, JsonNode is, Place place, Nature nature) {
        if (Structures.areReordered(was, is)) {
            add(Kind.REORDERED, Nature.ORDER, place, names(was), names(is));
        }
        for (Map.Entry<String, JsonNode> member : was.properties()) {
            JsonNode now = is.get(member.getKey());
            Place at = place.child(member.getKey());
            if (now == null) {
                add(Kind.REMOVED, nature, at, text(member.getValue()), null);
            } else if (structures.isOrderless(member.getValue()) && structures.isOrderless(now)) {
                sets(member.getValue(), now, at, nature);
            } else {
                compare(member.getValue(), now, at, nature);
            }
        }
        for (Map.Entry<String, JsonNode> member : is.properties()) {
            if (!was.has(member.getKey())) {
                add(Kind.ADDED, nature, place.child(member.getKey()), null, text(member.getValue()));
            }
        }
    }

    private void sets(JsonNode was, JsonNode is, Place place, Nature nature) {
        if (structures.areEqual(was, is)) {
            return;
        }
        List<Alignment.Pair> pairs = Alignment.ofSets(unordered(was), unordered(is));
        int last = -1;
        boolean isReordered = false;
        for (Alignment.Pair pair : pairs) {
            if (pair.isInBefore() && pair.isInAfter()) {
                isReordered |= pair.after() < last;
                last = pair.after();
            }
        }
        if (isReordered) {
            add(Kind.REORDERED, Nature.ORDER, place, text(was), text(is));
        }
        elements(pairs, was, is, place, nature);
    }

    private void sequences(JsonNode was, JsonNode is, Place place, Nature nature) {
        int[] bareBefore = was.valueStream().mapToInt(structures::bare).toArray();
        int[] bareAfter = is.valueStream().mapToInt(structures::bare).toArray();
        if (!Arrays.equals(bareBefore, bareAfter) && areSameElements(ordered(was), ordered(is))) {
            // To a validator the alternatives of anyOf have no order, but people and models read them in one, and the
            // first is what they try first.
            add(Kind.REORDERED, nature, place, text(was), text(is));
            return;
        }
        // Elements that differ only in their words belong together.
        elements(Alignment.of(bareBefore, bareAfter), was, is, place, nature);
    }

    private static boolean areSameElements(int[] a, int[] b) {
        int[] x = a.clone();
        int[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        return Arrays.equals(x, y);
    }

    private void elements(List<Alignment.Pair> pairs, JsonNode was, JsonNode is, Place place, Nature nature) {
        for (Alignment.Pair pair : pairs) {
            Place at = place.child(pair.before(), pair.after());
            if (pair.isInBefore() && pair.isInAfter()) {
                compare(was.get(pair.before()), is.get(pair.after()), at, nature);
            } else if (pair.isInBefore()) {
                add(Kind.REMOVED, nature, at, text(was.get(pair.before())), null);
            } else {
                add(Kind.ADDED, nature, at, null, text(is.get(pair.after())));
            }
        }
    }

    /** Arrays that differ in nothing but order: their own where it has no meaning, or that of what is in them. */
    private void reordered(JsonNode was, JsonNode is, Place place) {
        if (structures.isOrderless(was)) {
            sets(was, is, place, Nature.ORDER);
            return;
        }
        for (int i = 0; i < was.size(); i++) {
            compare(was.get(i), is.get(i), place.child(i, i), Nature.ORDER);
        }
    }

    private int[] ordered(JsonNode array) {
        return array.valueStream().mapToInt(structures::ordered).toArray();
    }

    private int[] unordered(JsonNode array) {
        return array.valueStream().mapToInt(structures::unordered).toArray();
    }

    private static String names(JsonNode object) {
        return String.join(", ", object.propertyNames());
    }

    private static String text(JsonNode value) {
        return CanonicalJson.ordered(value);
    }

    private void add(Kind kind, Nature nature, Place place, @Nullable String was, @Nullable String is) {
        if (counts.merge(nature, 1, Integer::sum) <= SchemaChange.MAX_LISTED) {
            changes.add(new SchemaChange(kind, nature, told(place.before), told(place.after), was, is));
        }
    }

    private static String told(Pointer pointer) {
        return pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
    }

    /** In the order of the places; where there are too many, what touches more goes before what touches less. */
    private List<SchemaChange> listed() {
        if (changes.size() <= SchemaChange.MAX_LISTED) {
            return List.copyOf(changes);
        }
        Set<SchemaChange> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        changes.stream()
                .sorted(Comparator.comparing(SchemaChange::nature))
                .limit(SchemaChange.MAX_LISTED)
                .forEach(kept::add);
        return changes.stream().filter(kept::contains).toList();
    }
}
