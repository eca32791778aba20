package io.llmschema.format.avro;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaText;
import io.llmschema.json.JsonText;
import io.llmschema.json.Pointer;
import io.llmschema.model.SchemaContent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which named type each definition and each use in the text of a schema means, and where each is defined.
 *
 * <p>Of the library's schemas one could not tell: they have neither the text's places, nor what it repeats.
 */
final class TypeNames {
    private final JsonNode root;
    private final IdentityHashMap<JsonNode, String> fullNames = new IdentityHashMap<>();
    private final Map<String, Spot> definitions = new LinkedHashMap<>();
    private final List<Spot> records = new ArrayList<>();

    /** What the references define; names are not told apart from those of the text where they are used. */
    private final Set<String> known;

    private TypeNames(JsonNode root, Set<String> known) {
        this.root = root;
        this.known = known;
    }

    /** @param source one that {@link AvroFormat#parse} accepted */
    static TypeNames of(SchemaSource source) {
        Set<String> known = new HashSet<>();
        for (ReferencedSchema reference : source.references()) {
            known.addAll(in(reference.content(), known).definitions.keySet());
        }
        return in(source.content(), known);
    }

    /** @param known the names that the references define */
    static TypeNames in(SchemaContent content, Set<String> known) {
        TypeNames names = new TypeNames(tree(content), known);
        names.type(new Spot(names.root, Pointer.ROOT), "");
        return names;
    }

    private static JsonNode tree(SchemaContent content) {
        if (SchemaText.decode(content) instanceof SchemaText.Readable(String text)
                && JsonText.parse(text, SchemaFormat.MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)) {
            return root;
        }
        throw new IllegalArgumentException("no schema that was accepted");
    }

    Spot root() {
        return new Spot(root, Pointer.ROOT);
    }

    /** Of the definition or the use of a named type, its full name. */
    Optional<String> fullName(JsonNode type) {
        return Optional.ofNullable(fullNames.get(type));
    }

    /** All definitions and uses of named types, with their full names. */
    void forEach(BiConsumer<JsonNode, String> action) {
        fullNames.forEach(action);
    }

    /** The definitions in the text, in their order. */
    Map<String, Spot> definitions() {
        return definitions;
    }

    /** The definitions of records, each after those within it. */
    List<Spot> records() {
        return records;
    }

    /** Recursive, since the text's depth is bounded. */
    private void type(Spot spot, String namespace) {
        switch (spot.node()) {
            case ObjectNode object -> complexType(spot, object.path("type").stringValue(""), namespace);
            case ArrayNode branches -> {
                for (int i = 0; i < branches.size(); i++) {
                    type(spot.child(i), namespace);
                }
            }
            default -> use(spot.node(), spot.node().stringValue(""), namespace);
        }
    }

    private void complexType(Spot spot, String type, String namespace) {
        switch (type) {
            case "record", "error" -> {
                String inner = namespaceOf(define(spot, namespace));
                Spot fields = spot.child("fields");
                for (int i = 0; i < fields.node().size(); i++) {
                    type(fields.child(i).child("type"), inner);
                }
                records.add(spot);
            }
            case "enum", "fixed" -> {
                String _ = define(spot, namespace);
            }
            case "array" -> type(spot.child("items"), namespace);
            case "map" -> type(spot.child("values"), namespace);
            default -> {
                // A primitive type with attributes.
            }
        }
    }

    private String define(Spot spot, String enclosing) {
        String name = spot.node().path("name").stringValue("");
        JsonNode own = spot.node().path("namespace");
        String full = qualified(name, own.isString() ? own.stringValue() : enclosing);
        fullNames.put(spot.node(), full);
        definitions.put(full, spot);
        return full;
    }

    private void use(JsonNode node, String name, String namespace) {
        if (!SchemaWalk.PRIMITIVES.contains(name)) {
            String full = qualified(name, namespace);
            boolean isKnown = definitions.containsKey(full) || known.contains(full);
            fullNames.put(node, isKnown ? full : name);
        }
    }

    static String qualified(String name, String namespace) {
        return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }

    static String namespaceOf(String fullName) {
        int dot = fullName.lastIndexOf('.');
        return dot < 0 ? "" : fullName.substring(0, dot);
    }

    static String unqualified(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }
}
