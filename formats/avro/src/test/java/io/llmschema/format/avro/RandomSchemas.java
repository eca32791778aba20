package io.llmschema.format.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes schemas at random, and others that differ from them a little. Not all are valid: a mutation may take a
 * definition away.
 */
final class RandomSchemas {
    private static final List<String> PRIMITIVES =
            List.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D", "E");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;
    private final List<String> names = new ArrayList<>();

    RandomSchemas(Random random) {
        this.random = random;
    }

    JsonNode next() {
        names.clear();
        return random.nextInt(4) == 0 ? type(0, true) : record(0);
    }

    private JsonNode type(int depth, boolean mayBeUnion) {
        int kind = random.nextInt(depth > 3 ? 10 : 20);
        if (kind < 6) {
            return JSON.stringNode(oneOf(PRIMITIVES));
        }
        if (kind < 9) {
            return names.isEmpty() ? JSON.stringNode(oneOf(PRIMITIVES)) : JSON.stringNode(oneOf(names));
        }
        return switch (kind) {
            case 9 -> enumeration();
            case 10 -> fixed();
            case 11 -> JSON.objectNode().put("type", "array").set("items", type(depth + 1, true));
            case 12 -> JSON.objectNode().put("type", "map").set("values", type(depth + 1, true));
            case 13, 14, 15, 16 -> mayBeUnion ? union(depth) : record(depth);
            default -> record(depth);
        };
    }

    private ArrayNode union(int depth) {
        ArrayNode union = JSON.arrayNode();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            union.add(type(depth + 1, false));
        }
        return union;
    }

    private ObjectNode named(String type) {
        String name = "N" + names.size();
        if (random.nextInt(4) == 0) {
            name = oneOf(List.of("p.", "q.")) + name;
        }
        names.add(name);
        return JSON.objectNode().put("type", type).put("name", name);
    }

    private ObjectNode enumeration() {
        ArrayNode symbols = JSON.arrayNode();
        List<String> chosen = SYMBOLS.subList(0, random.nextInt(1, SYMBOLS.size()));
        chosen.forEach(symbols::add);
        ObjectNode result = named("enum");
        result.set("symbols", symbols);
        return random.nextInt(3) == 0 ? result.put("default", oneOf(chosen)) : result;
    }

    private ObjectNode fixed() {
        return named("fixed").put("size", random.nextInt(1, 4));
    }

    private ObjectNode record(int depth) {
        ObjectNode record = named("record");
        ArrayNode fields = JSON.arrayNode();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            fields.add(JSON.objectNode().put("name", "f" + i).set("type", type(depth + 1, true)));
        }
        record.set("fields", fields);
        return record;
    }

    /** Another schema, in one to three things. */
    JsonNode mutate(JsonNode schema) {
        JsonNode result = schema.deepCopy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            result = mutateOnce(result);
        }
        return result;
    }

    private JsonNode mutateOnce(JsonNode schema) {
        List<JsonNode> places = all(schema).filter(JsonNode::isContainer).toList();
        if (places.isEmpty() || random.nextInt(15) == 0) {
            return JSON.arrayNode().add("null").add(schema);
        }
        return switch (oneOf(places)) {
            case ObjectNode object when object.has("fields") -> mutateRecord(object, schema);
            case ObjectNode object -> mutateType(object, schema);
            case ArrayNode array -> mutateArray(array, schema);
            default -> schema;
        };
    }

    private JsonNode mutateRecord(ObjectNode record, JsonNode root) {
        ArrayNode fields = (ArrayNode) record.get("fields");
        switch (random.nextInt(7)) {
            case 0 ->
                fields.add(JSON.objectNode().put("name", "g").put("type", "int").put("default", 7));
            case 1 -> fields.add(JSON.objectNode().put("name", "h").put("type", oneOf(PRIMITIVES)));
            case 2 -> renameField(fields);
            case 3 -> swap(fields);
            case 4 -> {
                if (fields.size() > 1) {
                    fields.remove(random.nextInt(fields.size()));
                }
            }
            default -> rename(record);
        }
        return root;
    }

    private void renameField(ArrayNode fields) {
        if (!(fields.get(random.nextInt(fields.size())) instanceof ObjectNode field)) {
            return;
        }
        if (random.nextBoolean()) {
            field.set("aliases", JSON.arrayNode().add(field.path("name").stringValue()));
        }
        field.put("name", oneOf(List.of("f1", "f2", "x")));
    }

    private void rename(ObjectNode type) {
        String old = type.path("name").stringValue("");
        String name = old.substring(old.lastIndexOf('.') + 1);
        if (random.nextBoolean()) {
            type.set("aliases", JSON.arrayNode().add(old));
        }
        type.put("name", oneOf(List.of(name, name + "x", "p." + name, "q." + name)));
    }

    private JsonNode mutateType(ObjectNode type, JsonNode root) {
        if (type.has("symbols") || type.has("size")) {
            switch (random.nextInt(3)) {
                case 0 -> rename(type);
                case 1 -> type.put("default", "A");
                default -> {
                    if (type.has("size")) {
                        type.put("size", random.nextInt(1, 4));
                    } else {
                        type.set(
                                "symbols",
                                JSON.arrayNode()
                                        .add(oneOf(SYMBOLS.subList(1, 3)))
                                        .add("A"));
                    }
                }
            }
            return root;
        }
        for (String key : List.of("type", "items", "values")) {
            JsonNode inner = type.path(key);
            boolean isType = !key.equals("type") || type.has("name");
            if (isType && inner.isString() && PRIMITIVES.contains(inner.stringValue())) {
                type.put(key, oneOf(PRIMITIVES));
            } else if (isType && !inner.isMissingNode() && random.nextInt(3) == 0 && !inner.isArray()) {
                type.set(key, JSON.arrayNode().add(inner).add(oneOf(PRIMITIVES)));
            }
        }
        return root;
    }

    private JsonNode mutateArray(ArrayNode array, JsonNode root) {
        switch (random.nextInt(3)) {
            case 0 -> array.insert(random.nextInt(array.size() + 1), oneOf(PRIMITIVES));
            case 1 -> swap(array);
            default -> {
                if (array.size() > 1) {
                    array.remove(random.nextInt(array.size()));
                }
            }
        }
        return root;
    }

    private void swap(ArrayNode array) {
        int last = array.size() - 1;
        int other = random.nextInt(array.size());
        JsonNode moved = array.get(last);
        array.set(last, array.get(other));
        array.set(other, moved);
    }

    private static Stream<JsonNode> all(JsonNode node) {
        return Stream.concat(Stream.of(node), node.valueStream().flatMap(RandomSchemas::all));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
