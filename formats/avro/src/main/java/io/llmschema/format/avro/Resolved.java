package io.llmschema.format.avro;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.json.CanonicalJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema with what it refers to written into it: every named type is defined where it is first used, in the order in which names are read, and used by its
 * name from there on.
 *
 * <p>Inside a record names mean what they meant where it came from, because it keeps its full name and so its namespace. A definition that comes into
 * another namespace says which one it had. One thing cannot be written: the second use of a type without a namespace, where the namespace around it has a
 * type of that name.
 */
final class Resolved {
    private final IdentityHashMap<JsonNode, String> fullNames = new IdentityHashMap<>();
    private final Map<String, JsonNode> definitions = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private boolean isPossible = true;

    private Resolved() {}

    /**
     * The text; empty if there is none.
     *
     * @param source one that {@link AvroFormat#parse} accepted
     */
    static Optional<String> text(SchemaSource source) {
        return source.references().isEmpty() ? ownText(source) : new Resolved().write(source);
    }

    private static Optional<String> ownText(SchemaSource source) {
        return SchemaText.decode(source.content()) instanceof SchemaText.Readable(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    private Optional<String> write(SchemaSource source) {
        Set<String> known = new HashSet<>();
        for (ReferencedSchema reference : source.references()) {
            TypeNames names = TypeNames.in(reference.content(), known);
            take(names);
            known.addAll(names.definitions().keySet());
        }
        TypeNames names = TypeNames.in(source.content(), known);
        take(names);
        JsonNode resolved = type(names.root().node(), "", 0);
        return isPossible ? Optional.of(CanonicalJson.ordered(resolved)) : Optional.empty();
    }

    private void take(TypeNames names) {
        names.forEach(fullNames::put);
        // References may repeat a definition, if it is the same.
        names.definitions().forEach((name, spot) -> definitions.putIfAbsent(name, spot.node()));
    }

    /**
     * A type as it is written inside a namespace.
     *
     * @param depth how many types are around it
     */
    private JsonNode type(JsonNode type, String namespace, int depth) {
        String name = fullNames.get(type);
        if (depth > SchemaFormat.MAX_DEPTH) {
            isPossible = false;
            return type;
        }
        if (name != null) {
            return named(type, name, namespace, depth);
        }
        return switch (type) {
            case ArrayNode branches -> union(branches, namespace, depth);
            case ObjectNode object ->
                switch (object.path("type").stringValue("")) {
                    case "array" -> withType(object, "items", namespace, depth);
                    case "map" -> withType(object, "values", namespace, depth);
                    default -> object;
                };
            default -> type;
        };
    }

    private ArrayNode union(ArrayNode branches, String namespace, int depth) {
        ArrayNode union = JsonNodeFactory.instance.arrayNode();
        branches.forEach(branch -> union.add(type(branch, namespace, depth + 1)));
        return union;
    }

    private ObjectNode withType(ObjectNode object, String attribute, String namespace, int depth) {
        ObjectNode copy = copy(object);
        copy.set(attribute, type(object.required(attribute), namespace, depth + 1));
        return copy;
    }

    /** The definition or the use of a named type: whichever of them it was, it becomes the one that is due. */
    private JsonNode named(JsonNode type, String name, String namespace, int depth) {
        if (!written.add(name)) {
            boolean isHidden = !namespace.isEmpty()
                    && !name.contains(".")
                    && written.contains(TypeNames.qualified(name, namespace));
            isPossible &= !isHidden;
            return type.isString() ? type : JsonNodeFactory.instance.stringNode(name);
        }
        if ((type.isString() ? definitions.get(name) : type) instanceof ObjectNode definition) {
            return definition(definition, name, namespace, depth);
        }
        isPossible = false;
        return type;
    }

    private ObjectNode definition(ObjectNode definition, String name, String namespace, int depth) {
        String own = TypeNames.namespaceOf(name);
        ObjectNode copy = copy(definition);
        boolean saysNamespace = definition.path("name").stringValue("").contains(".")
                || definition.path("namespace").isString();
        if (!saysNamespace && !own.equals(namespace)) {
            copy.put("namespace", own);
        }
        String kind = definition.path("type").stringValue("");
        if (kind.equals("record") || kind.equals("error")) {
            ArrayNode fields = JsonNodeFactory.instance.arrayNode();
            definition
                    .required("fields")
                    .forEach(field -> fields.add(withType((ObjectNode) field, "type", own, depth + 1)));
            copy.set("fields", fields);
        }
        return copy;
    }

    /** The node with the values that it has, which are not copied: nobody changes them. */
    private static ObjectNode copy(ObjectNode node) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(node);
        return copy;
    }
}
