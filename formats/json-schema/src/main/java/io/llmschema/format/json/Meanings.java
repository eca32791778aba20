package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    private final Map<String, Meaning> texts = new HashMap<>();
    private Meaning[] before;
    private @Nullable Meaning[] known;

    private Meanings(List<SchemaNode> nodes) {
        this.own = nodes.stream().map(this::own).toArray(Meaning[]::new);
        this.before = own;
        this.known = new Meaning[own.length];
    }

    /** @param nodes of both graphs, each at the place of its number */
    static void find(List<SchemaNode> nodes) {
        Meanings meanings = new Meanings(nodes);
        boolean hasReferences = nodes.stream().anyMatch(node -> node.ref != null);
        long distinct = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            meanings.known = new Meaning[nodes.size()];
            nodes.forEach(meanings::of);
            meanings.before =
                    Arrays.stream(meanings.known).map(Objects::requireNonNull).toArray(Meaning[]::new);
            long now = new HashSet<>(Arrays.asList(meanings.before)).size();
            // Without references the first round tells apart all that there is.
            if (!hasReferences || now == distinct) {
                nodes.forEach(node -> node.meaning = meanings.before[node.id]);
                return;
            }
            distinct = now;
        }
        nodes.forEach(node -> node.meaning = new Meaning(node.id, 1));
    }

    /** What a schema says without the schemas in it. */
    private Meaning own(SchemaNode node) {
        return flags(node)
                .then(counts(node))
                .then(node.format == null ? Meaning.NONE : text(node.format))
                .then(number(node.minimum))
                .then(number(node.maximum))
                .then(number(node.multipleOf))
                .then(values(node.values))
                .then(text(node.pattern == null ? "" : node.pattern.text()))
                .then(names(node.required))
                .then(dependent(node));
    }

    private Meaning flags(SchemaNode node) {
        Meaning keywords = Meaning.NONE;
        for (Keyword keyword : node.keywords) {
            keywords = keywords.with(text(keyword.name()));
        }
        Meaning kinds = Meaning.NONE;
        for (JsonKind kind : node.kinds) {
            kinds = kinds.with(text(kind.name()));
        }
        return keywords.then(kinds).then(Meaning.of(conditions(node)));
    }

    private static long conditions(SchemaNode node) {
        long bits = 0;
        for (boolean condition : new boolean[] {
            node.isFalse,
            node.excludesMinimum,
            node.excludesMaximum,
            node.uniqueItems,
            node.takesAllMembers,
            node.takesAllItems,
            node.containsEvaluates
        }) {
            bits = 2 * bits + (condition ? 1 : 0);
        }
        return bits;
    }

    private static Meaning counts(SchemaNode node) {
        Meaning counts = Meaning.NONE;
        for (int count : new int[] {
            node.minLength,
            node.maxLength,
            node.minItems,
            node.maxItems,
            node.minContains,
            node.maxContains,
            node.minProperties,
            node.maxProperties
        }) {
            counts = counts.then(Meaning.of(count));
        }
        return counts;
    }

    private Meaning number(@Nullable BigDecimal number) {
        return text(number == null ? "" : number.stripTrailingZeros().toString());
    }

    private static Meaning values(@Nullable List<JsonNode> values) {
        Meaning all = Meaning.NONE;
        for (JsonNode value : values == null ? List.<JsonNode>of() : values) {
            all = all.with(Meaning.of(CanonicalJson.sorted(value)));
        }
        return all;
    }

    private Meaning names(Set<String> names) {
        Meaning all = Meaning.NONE;
        for (String name : names) {
            all = all.with(text(name));
        }
        return all;
    }

    private Meaning dependent(SchemaNode node) {
        Meaning all = Meaning.NONE;
        for (Map.Entry<String, Set<String>> entry : node.dependentRequired.entrySet()) {
            all = all.with(text(entry.getKey()).then(names(entry.getValue())));
        }
        return all;
    }

    /** Names are met again in each round, and in both graphs. */
    private Meaning text(String text) {
        return texts.computeIfAbsent(text, Meaning::of);
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
        return own[node.id]
                .then(node.ref == null ? Meaning.NONE : before[node.ref.id])
                .then(of(node.items))
                .then(of(node.contains))
                .then(of(node.unevaluatedItems))
                .then(of(node.additionalProperties))
                .then(of(node.propertyNames))
                .then(of(node.unevaluatedProperties))
                .then(of(node.not))
                .then(of(node.condition))
                .then(of(node.then))
                .then(of(node.otherwise))
                .then(inOrder(node.prefixItems))
                .then(inAnyOrder(node.allOf))
                .then(inAnyOrder(node.anyOf))
                .then(inAnyOrder(node.oneOf))
                .then(named(node.properties))
                .then(named(node.dependentSchemas))
                .then(patterns(node));
    }

    private Meaning inOrder(List<SchemaNode> nodes) {
        Meaning all = Meaning.NONE;
        for (SchemaNode node : nodes) {
            all = all.then(of(node));
        }
        return all;
    }

    private Meaning inAnyOrder(List<SchemaNode> nodes) {
        Meaning all = Meaning.NONE;
        for (SchemaNode node : nodes) {
            all = all.with(of(node));
        }
        return all;
    }

    private Meaning named(Map<String, SchemaNode> nodes) {
        Meaning all = Meaning.NONE;
        for (Map.Entry<String, SchemaNode> entry : nodes.entrySet()) {
            all = all.with(text(entry.getKey()).then(of(entry.getValue())));
        }
        return all;
    }

    private Meaning patterns(SchemaNode node) {
        Meaning all = Meaning.NONE;
        for (SchemaNode.PatternMember member : node.patternProperties) {
            all = all.with(text(member.pattern().text()).then(of(member.schema())));
        }
        return all;
    }
}
