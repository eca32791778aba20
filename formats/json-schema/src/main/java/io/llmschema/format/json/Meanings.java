package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Meaning} of every schema of two graphs, through references in circles too.
 *
 * <p>At first a reference means nothing but that it is one; then what it leads to, as far as that is known, and so on until nothing is told apart
 * any more that was not before: two schemas are then told apart if there is a path on which they differ. Both graphs take the same number of
 * rounds, or their meanings could not be compared.
 */
final class Meanings {
    /** Graphs that are not done by then keep a meaning of its own for each schema; nothing is taken for the same that is not. */
    private static final int MAX_ROUNDS = 100;

    /** By the numbers of the schemas. */
    private final Meaning[] own;

    private Meaning[] before;
    private @Nullable Meaning[] known;

    private Meanings(List<SchemaNode> nodes) {
        this.own = nodes.stream().map(Meanings::own).toArray(Meaning[]::new);
        this.before = own;
        this.known = new Meaning[own.length];
    }

    /** @param nodes of both graphs, each at the place of its number */
    static void find(List<SchemaNode> nodes) {
        Meanings meanings = new Meanings(nodes);
        long distinct = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            meanings.known = new Meaning[nodes.size()];
            nodes.forEach(meanings::of);
            meanings.before =
                    Arrays.stream(meanings.known).map(Objects::requireNonNull).toArray(Meaning[]::new);
            long now = new HashSet<>(Arrays.asList(meanings.before)).size();
            if (now == distinct) {
                nodes.forEach(node -> node.meaning = meanings.before[node.id]);
                return;
            }
            distinct = now;
        }
        nodes.forEach(node -> node.meaning = new Meaning(node.id, 1));
    }

    /** What a schema says without the schemas in it. */
    private static Meaning own(SchemaNode node) {
        Meaning meaning = Meaning.of(node.isFalse + "|" + node.keywords + "|" + node.kinds + "|" + node.excludesMinimum
                + "|" + node.excludesMaximum + "|" + node.minLength + "|" + node.maxLength + "|" + node.format + "|"
                + node.minItems + "|" + node.maxItems + "|" + node.uniqueItems + "|" + node.minContains + "|"
                + node.maxContains + "|" + node.takesAllMembers + "|" + node.takesAllItems + "|"
                + node.containsEvaluates + "|" + node.minProperties + "|" + node.maxProperties);
        Meaning more = Stream.of(node.minimum, node.maximum, node.multipleOf)
                .map(number -> Meaning.of(
                        number == null ? "" : number.stripTrailingZeros().toString()))
                .reduce(Meaning.NONE, Meaning::then);
        Meaning values = node.values == null
                ? Meaning.NONE
                : node.values.stream()
                        .map(value -> Meaning.of(CanonicalJson.sorted(value)))
                        .reduce(Meaning.NONE, Meaning::with);
        Meaning required = node.required.stream().map(Meaning::of).reduce(Meaning.NONE, Meaning::with);
        Meaning dependent = node.dependentRequired.entrySet().stream()
                .map(entry -> Meaning.of(entry.getKey())
                        .then(entry.getValue().stream().map(Meaning::of).reduce(Meaning.NONE, Meaning::with)))
                .reduce(Meaning.NONE, Meaning::with);
        return meaning.then(more)
                .then(values)
                .then(Meaning.of(node.pattern == null ? "" : node.pattern.text()))
                .then(required)
                .then(dependent);
    }

    /** Recursive, since a text is nested no deeper than is read; a reference is a step of the next round. */
    private Meaning of(@Nullable SchemaNode node) {
        if (node == null) {
            return Meaning.NONE;
        }
        Meaning found = known[node.id];
        if (found == null) {
            found = whole(node);
            known[node.id] = found;
        }
        return found;
    }

    private Meaning whole(SchemaNode node) {
        Meaning meaning = own[node.id].then(node.ref == null ? Meaning.NONE : before[node.ref.id]);
        for (SchemaNode one : Arrays.asList(
                node.items,
                node.contains,
                node.unevaluatedItems,
                node.additionalProperties,
                node.propertyNames,
                node.unevaluatedProperties,
                node.not,
                node.condition,
                node.then,
                node.otherwise)) {
            meaning = meaning.then(of(one));
        }
        return meaning.then(inOrder(node.prefixItems))
                .then(inAnyOrder(node.allOf))
                .then(inAnyOrder(node.anyOf))
                .then(inAnyOrder(node.oneOf))
                .then(named(node.properties))
                .then(named(node.dependentSchemas))
                .then(node.patternProperties.stream()
                        .map(member -> Meaning.of(member.pattern().text()).then(of(member.schema())))
                        .reduce(Meaning.NONE, Meaning::with));
    }

    private Meaning inOrder(List<SchemaNode> nodes) {
        return nodes.stream().map(this::of).reduce(Meaning.NONE, Meaning::then);
    }

    private Meaning inAnyOrder(List<SchemaNode> nodes) {
        return nodes.stream().map(this::of).reduce(Meaning.NONE, Meaning::with);
    }

    private Meaning named(Map<String, SchemaNode> nodes) {
        return nodes.entrySet().stream()
                .map(entry -> Meaning.of(entry.getKey()).then(of(entry.getValue())))
                .reduce(Meaning.NONE, Meaning::with);
    }
}
