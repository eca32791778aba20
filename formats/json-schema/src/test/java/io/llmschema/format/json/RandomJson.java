package io.llmschema.format.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes schemas and instances from so few names and values that they meet. */
final class RandomJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c", "x-1");
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "abc", "x-1", "2020-01-02");
    private static final List<String> PATTERNS = List.of("^a", "b$", "^x-", "^[a-c]+$", "");
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "object", "object", "array", "boolean", "null");

    private final Random random;
    private final Draft draft;

    RandomJson(Random random, Draft draft) {
        this.random = random;
        this.draft = draft;
    }

    private <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** A schema with two definitions that it and they may refer to. */
    ObjectNode schema() {
        ObjectNode root = object(3);
        ObjectNode definitions = JSON.objectNode();
        definitions.set("one", object(2));
        definitions.set("two", object(2));
        root.set("definitions", definitions);
        return root;
    }

    private JsonNode schema(int depth) {
        return draft.hasBooleanSchemas() && random.nextInt(12) == 0
                ? JSON.booleanNode(random.nextInt(3) > 0)
                : object(depth);
    }

    private ObjectNode object(int depth) {
        ObjectNode schema = JSON.objectNode();
        if (random.nextInt(8) == 0) {
            // Behind a property, so that no circle comes about.
            schema.set("properties", JSON.objectNode().set(oneOf(NAMES), reference()));
        }
        int keywords = 1 + random.nextInt(3);
        for (int i = 0; i < keywords; i++) {
            addKeyword(schema, depth);
        }
        return schema;
    }

    private ObjectNode reference() {
        return JSON.objectNode().put("$ref", "#/definitions/" + (random.nextBoolean() ? "one" : "two"));
    }

    private void addKeyword(ObjectNode schema, int depth) {
        switch (random.nextInt(depth > 0 ? 30 : 14)) {
            case 0, 1, 2 -> schema.put("type", oneOf(TYPES));
            case 3 -> schema.set("type", array(2, () -> JSON.stringNode(oneOf(TYPES)), true));
            case 4 -> schema.set("enum", array(1 + random.nextInt(3), () -> instance(1), true));
            case 5 -> schema.put("minimum", random.nextInt(4) - 1);
            case 6 -> schema.put("maximum", random.nextInt(4));
            case 7 -> schema.put("multipleOf", oneOf(List.of(1.0, 2.0, 0.5, 3.0)));
            case 8 -> schema.put("minLength", random.nextInt(3));
            case 9 -> schema.put("maxLength", random.nextInt(4));
            case 10 -> schema.put("pattern", oneOf(PATTERNS));
            case 11 -> schema.set("required", array(1 + random.nextInt(2), () -> JSON.stringNode(oneOf(NAMES)), true));
            case 12 -> schema.put(oneOf(List.of("minItems", "maxItems")), random.nextInt(3));
            case 13 -> schema.put(oneOf(List.of("minProperties", "maxProperties")), random.nextInt(3));
            case 14, 15, 16, 17 -> schema.set("properties", named(NAMES, depth));
            case 18 -> schema.set("patternProperties", named(PATTERNS, depth));
            case 19, 20 ->
                schema.set("additionalProperties", random.nextBoolean() ? JSON.booleanNode(false) : object(depth - 1));
            case 21 -> schema.set("items", object(depth - 1));
            case 22 -> prefix(schema, depth);
            case 23 -> schema.put("uniqueItems", true);
            case 24 -> schema.set("anyOf", schemas(depth));
            case 25 -> schema.set("oneOf", schemas(depth));
            case 26 -> schema.set("allOf", schemas(depth));
            case 27 -> schema.set("not", object(depth - 1));
            case 28 -> newer(schema, depth);
            default -> schema.set("dependencies", dependency(depth));
        }
    }

    private void prefix(ObjectNode schema, int depth) {
        if (draft == Draft.DRAFT_2020_12) {
            schema.set("prefixItems", schemas(depth));
        } else {
            schema.set("items", schemas(depth));
            schema.set("additionalItems", random.nextBoolean() ? JSON.booleanNode(false) : object(depth - 1));
        }
    }

    private void newer(ObjectNode schema, int depth) {
        if (draft == Draft.DRAFT_04) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> schema.set("contains", schema(depth - 1));
            case 1 -> schema.set("propertyNames", object(0));
            case 2 -> schema.set("const", instance(1));
            case 3 -> {
                schema.set("if", object(depth - 1));
                schema.set("then", object(depth - 1));
                schema.set("else", object(depth - 1));
            }
            case 4 -> schema.put("unevaluatedProperties", false);
            default -> schema.put("unevaluatedItems", false);
        }
    }

    private ObjectNode dependency(int depth) {
        return JSON.objectNode()
                .set(
                        oneOf(NAMES),
                        random.nextBoolean() ? array(1, () -> JSON.stringNode(oneOf(NAMES)), true) : object(depth - 1));
    }

    private ObjectNode named(List<String> names, int depth) {
        ObjectNode schemas = JSON.objectNode();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            schemas.set(oneOf(names), random.nextInt(8) == 0 ? reference() : schema(depth - 1));
        }
        return schemas;
    }

    private ArrayNode schemas(int depth) {
        return array(1 + random.nextInt(3), () -> schema(depth - 1), false);
    }

    private ArrayNode array(int size, Supplier<JsonNode> items, boolean isDistinct) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode item = items.get();
            if (!isDistinct || array.values().stream().noneMatch(other -> JsonValues.equal(other, item))) {
                array.add(item);
            }
        }
        return array;
    }

    /** The schema with a few places changed. */
    ObjectNode changed(ObjectNode schema) {
        ObjectNode copy = schema.deepCopy();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            List<ObjectNode> places = new ArrayList<>();
            collect(copy, places);
            change(oneOf(places));
        }
        return copy;
    }

    private static void collect(JsonNode value, List<ObjectNode> places) {
        if (value instanceof ObjectNode object && !object.has("one")) {
            places.add(object);
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (List.of("properties", "patternProperties", "definitions", "dependencies")
                    .contains(entry.getKey())) {
                entry.getValue().properties().forEach(member -> collect(member.getValue(), places));
            } else if (!List.of("enum", "const").contains(entry.getKey())) {
                collect(entry.getValue(), places);
            }
        }
        if (value.isArray()) {
            value.forEach(item -> collect(item, places));
        }
    }

    private void change(ObjectNode place) {
        List<String> keywords = place.propertyNames().stream()
                .filter(name -> !name.equals("definitions"))
                .toList();
        if (!keywords.isEmpty() && random.nextInt(3) == 0) {
            place.remove(oneOf(keywords));
        } else {
            addKeyword(place, 1);
        }
    }

    JsonNode instance(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0, 1, 2 -> JSON.stringNode(oneOf(TEXTS));
            case 3, 4 -> JSON.numberNode(random.nextInt(7) - 2);
            case 5 -> random.nextBoolean() ? JSON.numberNode(new java.math.BigDecimal("1.5")) : JSON.nullNode();
            case 6 -> JSON.booleanNode(random.nextBoolean());
            case 7, 8 -> array(random.nextInt(4), () -> instance(depth - 1), false);
            default -> {
                ObjectNode object = JSON.objectNode();
                int members = random.nextInt(4);
                for (int i = 0; i < members; i++) {
                    object.set(oneOf(NAMES), instance(depth - 1));
                }
                yield object;
            }
        };
    }
}
