package io.llmschema.format.json;

import io.llmschema.format.json.ReferenceCheck.Target;
import io.llmschema.json.Pointer;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema document, and what it refers to, as {@link SchemaNode}s: each schema once, references as edges.
 *
 * <p>Words that make no condition ({@code title}, {@code default}, …) leave nothing but samples. What a draft does not know makes no
 * condition in it.
 */
final class SchemaGraph {
    private final SchemaDocument document;
    private final OtherDocuments others;
    private final IdentityHashMap<JsonNode, SchemaNode> nodes = new IdentityHashMap<>();
    private final List<SchemaNode> inOrder = new ArrayList<>();
    private final IdentityHashMap<SchemaDocument, IdentityHashMap<JsonNode, Target>> targets = new IdentityHashMap<>();
    private final Deque<Runnable> unread = new ArrayDeque<>();
    private final Map<String, NamePattern> patterns = new HashMap<>();
    private final SchemaNode root;

    private final int firstId;

    private SchemaGraph(ReadSchema schema, int firstId) {
        this.firstId = firstId;
        this.document = schema.document();
        this.others = schema.others();
        targets.put(document, schema.targets());
        this.root = node(schema.root(), Pointer.ROOT, document.root().draft(), document);
        while (!unread.isEmpty()) {
            unread.pop().run();
        }
    }

    /** @param firstId the number of the first schema; the others follow in the order of {@link #nodes} */
    static SchemaGraph read(ReadSchema schema, int firstId) {
        return new SchemaGraph(schema, firstId);
    }

    SchemaNode root() {
        return root;
    }

    Draft draft() {
        return document.root().draft();
    }

    /** All schemas that can be reached. */
    List<SchemaNode> nodes() {
        return inOrder;
    }

    /** The node of a value, which is read later: a chain of references is as long as its author likes. */
    private SchemaNode node(JsonNode value, Pointer place, Draft around, SchemaDocument of) {
        SchemaNode known = nodes.get(value);
        if (known != null) {
            return known;
        }
        SchemaNode node = new SchemaNode(firstId + inOrder.size(), place);
        inOrder.add(node);
        if (value instanceof ObjectNode schema) {
            nodes.put(value, node);
            Draft draft = of.siteOf(value).map(Site::draft).orElse(around);
            unread.push(() -> new Reading(schema, place, draft, of, node).run());
        } else {
            // Booleans are values that a tree may share: each place has a node of its own.
            node.isFalse = value.isBoolean() && !value.booleanValue();
        }
        return node;
    }

    private @Nullable Target target(JsonNode schema, SchemaDocument of) {
        return targets.computeIfAbsent(of, document -> new ReferenceCheck(document, others).run())
                .get(schema);
    }

    private NamePattern pattern(String text) {
        return patterns.computeIfAbsent(text, NamePattern::new);
    }

    /** One schema being read into its node. */
    private final class Reading {
        private final ObjectNode schema;
        private final Pointer place;
        private final Draft draft;
        private final SchemaDocument of;
        private final SchemaNode node;

        Reading(ObjectNode schema, Pointer place, Draft draft, SchemaDocument of, SchemaNode node) {
            this.schema = schema;
            this.place = place;
            this.draft = draft;
            this.of = of;
            this.node = node;
        }

        void run() {
            references();
            if (draft.refStandsAlone() && schema.path("$ref").isString()) {
                return;
            }
            samples();
            any();
            numbers();
            strings();
            arrays();
            objects();
            combinations();
        }

        private void references() {
            Target target = target(schema, of);
            if (target != null) {
                node.ref = node(target.value(), target.pointer(), target.draft(), target.document());
                node.keywords.add(Keyword.REF);
            }
            if ((knows("$dynamicRef") && schema.has("$dynamicRef"))
                    || (draft == Draft.DRAFT_2019_09 && schema.has("$recursiveRef"))) {
                node.keywords.add(Keyword.DYNAMIC);
            }
        }

        private boolean knows(String word) {
            return Keywords.of(draft).containsKey(word);
        }

        private void samples() {
            schema.path("examples").forEach(node.samples::add);
            if (schema.has("default")) {
                node.samples.add(schema.path("default"));
            }
        }

        private void any() {
            JsonNode type = schema.path("type");
            if (type.isString() || type.isArray()) {
                Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
                if (type.isString()) {
                    kinds.addAll(JsonKind.named(type.stringValue()));
                }
                for (JsonNode one : type) {
                    kinds.addAll(JsonKind.named(one.asString("")));
                }
                node.kinds = kinds;
                node.keywords.add(Keyword.TYPE);
            }
            boolean hasConst = draft != Draft.DRAFT_04 && schema.has("const");
            if (schema.path("enum").isArray()) {
                node.values = new ArrayList<>();
                for (JsonNode value : schema.path("enum")) {
                    if (!hasConst || JsonValues.equal(value, schema.path("const"))) {
                        node.values.add(value);
                    }
                }
                node.keywords.add(Keyword.VALUES);
            } else if (hasConst) {
                node.values = List.of(schema.path("const"));
                node.keywords.add(Keyword.VALUES);
            }
        }

        private void numbers() {
            node.minimum = number("minimum");
            node.maximum = number("maximum");
            if (draft == Draft.DRAFT_04) {
                node.excludesMinimum = schema.path("exclusiveMinimum").booleanValue(false);
                node.excludesMaximum = schema.path("exclusiveMaximum").booleanValue(false);
            } else {
                BigDecimal above = number("exclusiveMinimum");
                if (above != null && (node.minimum == null || above.compareTo(node.minimum) >= 0)) {
                    node.minimum = above;
                    node.excludesMinimum = true;
                }
                BigDecimal below = number("exclusiveMaximum");
                if (below != null && (node.maximum == null || below.compareTo(node.maximum) <= 0)) {
                    node.maximum = below;
                    node.excludesMaximum = true;
                }
            }
            node.multipleOf = number("multipleOf");
            note(Keyword.MINIMUM, node.minimum != null);
            note(Keyword.MAXIMUM, node.maximum != null);
            note(Keyword.MULTIPLE_OF, node.multipleOf != null);
        }

        private @Nullable BigDecimal number(String word) {
            JsonNode value = schema.path(word);
            return value.isNumber() ? value.decimalValue() : null;
        }

        private void note(Keyword keyword, boolean isThere) {
            if (isThere) {
                node.keywords.add(keyword);
            }
        }

        private int count(String word, int otherwise) {
            JsonNode value = schema.path(word);
            if (!value.isNumber() || !knows(word)) {
                return otherwise;
            }
            BigDecimal number = value.decimalValue();
            return number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) >= 0
                    ? Integer.MAX_VALUE
                    : Math.max(0, number.intValue());
        }

        private void strings() {
            node.minLength = count("minLength", 0);
            node.maxLength = count("maxLength", Integer.MAX_VALUE);
            node.pattern = schema.path("pattern").isString()
                    ? pattern(schema.path("pattern").stringValue())
                    : null;
            String format = schema.path("format").stringValue("");
            node.format = Formats.areKnown(format) ? format : null;
            note(Keyword.MIN_LENGTH, node.minLength > 0);
            note(Keyword.MAX_LENGTH, node.maxLength < Integer.MAX_VALUE);
            note(Keyword.PATTERN, node.pattern != null);
            note(Keyword.FORMAT, node.format != null);
        }

        private void arrays() {
            JsonNode items = schema.path("items");
            if (draft == Draft.DRAFT_2020_12) {
                prefix("prefixItems");
                node.items = child("items");
            } else if (items.isArray()) {
                prefix("items");
                node.items = child("additionalItems");
            } else {
                node.items = child("items");
            }
            node.takesAllItems =
                    node.items == null && (items.isArray() ? schema.has("additionalItems") : schema.has("items"));
            node.containsEvaluates = draft == Draft.DRAFT_2020_12;
            node.minItems = count("minItems", 0);
            node.maxItems = count("maxItems", Integer.MAX_VALUE);
            node.uniqueItems = schema.path("uniqueItems").booleanValue(false);
            node.contains = knows("contains")
                            && (schema.path("contains").isObject()
                                    || schema.path("contains").isBoolean())
                    ? node(schema.path("contains"), place.child("contains"), draft, of)
                    : null;
            node.minContains = count("minContains", 1);
            node.maxContains = count("maxContains", Integer.MAX_VALUE);
            node.unevaluatedItems = knows("unevaluatedItems") ? child("unevaluatedItems") : null;
            node.takesAllItems |=
                    knows("unevaluatedItems") && schema.path("unevaluatedItems").booleanValue(false);
            note(Keyword.ITEMS, node.items != null || !node.prefixItems.isEmpty());
            note(Keyword.MIN_ITEMS, node.minItems > 0);
            note(Keyword.MAX_ITEMS, node.maxItems < Integer.MAX_VALUE);
            note(Keyword.UNIQUE_ITEMS, node.uniqueItems);
            note(Keyword.CONTAINS, node.contains != null);
            note(Keyword.UNEVALUATED_ITEMS, node.unevaluatedItems != null);
        }

        private void prefix(String word) {
            JsonNode prefix = schema.path(word);
            for (int i = 0; i < prefix.size(); i++) {
                node.prefixItems.add(node(prefix.get(i), place.child(word).child(i), draft, of));
            }
        }

        /** The schema that a keyword has, unless it has none or one that accepts all. */
        private @Nullable SchemaNode child(String word) {
            JsonNode value = schema.path(word);
            return value.isObject() || (value.isBoolean() && !value.booleanValue())
                    ? node(value, place.child(word), draft, of)
                    : null;
        }

        private void objects() {
            schema.path("properties")
                    .properties()
                    .forEach(entry -> node.properties.put(
                            entry.getKey(), member("properties", entry.getKey(), entry.getValue())));
            schema.path("patternProperties")
                    .properties()
                    .forEach(entry -> node.patternProperties.add(new SchemaNode.PatternMember(
                            pattern(entry.getKey()), member("patternProperties", entry.getKey(), entry.getValue()))));
            node.additionalProperties = child("additionalProperties");
            node.takesAllMembers = node.additionalProperties == null && schema.has("additionalProperties");
            if (schema.path("required").isArray()) {
                schema.path("required").forEach(name -> node.required.add(name.asString("")));
            }
            node.minProperties = count("minProperties", 0);
            node.maxProperties = count("maxProperties", Integer.MAX_VALUE);
            node.propertyNames = knows("propertyNames") ? child("propertyNames") : null;
            dependencies();
            node.unevaluatedProperties = knows("unevaluatedProperties") ? child("unevaluatedProperties") : null;
            node.takesAllMembers |= knows("unevaluatedProperties")
                    && schema.path("unevaluatedProperties").booleanValue(false);
            note(
                    Keyword.MEMBERS,
                    !node.properties.isEmpty()
                            || !node.patternProperties.isEmpty()
                            || node.additionalProperties != null);
            note(Keyword.REQUIRED, !node.required.isEmpty());
            note(Keyword.MIN_PROPERTIES, node.minProperties > 0);
            note(Keyword.MAX_PROPERTIES, node.maxProperties < Integer.MAX_VALUE);
            note(Keyword.PROPERTY_NAMES, node.propertyNames != null);
            note(Keyword.DEPENDENT_REQUIRED, !node.dependentRequired.isEmpty());
            note(Keyword.DEPENDENT_SCHEMAS, !node.dependentSchemas.isEmpty());
            note(Keyword.UNEVALUATED_PROPERTIES, node.unevaluatedProperties != null);
        }

        private SchemaNode member(String word, String name, JsonNode value) {
            return node(value, place.child(word).child(name), draft, of);
        }

        /** Also the older word for both; validators of the newer drafts read it still. */
        private void dependencies() {
            for (String word : List.of("dependencies", "dependentRequired", "dependentSchemas")) {
                if (!knows(word)) {
                    continue;
                }
                for (Map.Entry<String, JsonNode> entry : schema.path(word).properties()) {
                    if (entry.getValue().isArray() || entry.getValue().isString()) {
                        Set<String> names =
                                node.dependentRequired.computeIfAbsent(entry.getKey(), _ -> new LinkedHashSet<>());
                        entry.getValue().forEach(name -> names.add(name.asString("")));
                    } else {
                        node.dependentSchemas.put(entry.getKey(), member(word, entry.getKey(), entry.getValue()));
                    }
                }
            }
        }

        private void combinations() {
            children("allOf", node.allOf, Keyword.ALL_OF);
            children("anyOf", node.anyOf, Keyword.ANY_OF);
            children("oneOf", node.oneOf, Keyword.ONE_OF);
            JsonNode not = schema.path("not");
            if (not.isObject() || not.isBoolean()) {
                node.not = node(not, place.child("not"), draft, of);
                node.keywords.add(Keyword.NOT);
            }
            JsonNode condition = schema.path("if");
            if (knows("if") && (condition.isObject() || condition.isBoolean())) {
                node.condition = node(condition, place.child("if"), draft, of);
                node.then = child("then");
                node.otherwise = child("else");
                note(Keyword.CONDITIONAL, node.then != null || node.otherwise != null);
            }
        }

        private void children(String word, List<SchemaNode> into, Keyword keyword) {
            JsonNode values = schema.path(word);
            for (int i = 0; i < values.size(); i++) {
                into.add(node(values.get(i), place.child(word).child(i), draft, of));
            }
            note(keyword, !into.isEmpty());
        }
    }
}
