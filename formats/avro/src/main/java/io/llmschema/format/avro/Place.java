package io.llmschema.format.avro;

import io.llmschema.json.Pointer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A place in one of the two schemas, reached from its root.
 *
 * @param declared the schema there
 * @param resolved the same under the names that the reader's aliases give it; in the reader's schema the declared one
 * @param pointer where it is in the text; within a type that a reference defines, where that type is used
 * @param referencedType the full name of that type
 */
record Place(Text text, Schema declared, Schema resolved, Pointer pointer, Optional<String> referencedType) {
    /**
     * Where the named types of a text are defined.
     *
     * @param definitions by full name
     */
    record Text(Map<String, Pointer> definitions) {
        Text {
            definitions = Map.copyOf(definitions);
        }
    }

    static Place root(LoadedSchema loaded, Schema resolved) {
        Map<String, Pointer> definitions = new HashMap<>();
        define(loaded.schema(), Pointer.ROOT, loaded.referenced(), definitions);
        return at(new Text(definitions), loaded.schema(), resolved, Pointer.ROOT);
    }

    /** Recursive, since the text's depth is bounded: a name leads no deeper, its definition stood before. */
    private static void define(Schema schema, Pointer at, Set<String> referenced, Map<String, Pointer> definitions) {
        if (Children.isNamed(schema)) {
            boolean isDefinedHere = !referenced.contains(schema.getFullName())
                    && definitions.putIfAbsent(schema.getFullName(), at) == null;
            if (!isDefinedHere) {
                return;
            }
        }
        int index = 0;
        for (Schema child : Children.of(schema)) {
            define(child, Children.pointer(at, schema, index++), referenced, definitions);
        }
    }

    private static Place at(Text text, Schema declared, Schema resolved, Pointer use) {
        if (!Children.isNamed(declared)) {
            return new Place(text, declared, resolved, use, Optional.empty());
        }
        Pointer definition = text.definitions().get(declared.getFullName());
        return definition == null
                ? new Place(text, declared, resolved, use, Optional.of(declared.getFullName()))
                : new Place(text, declared, resolved, definition, Optional.empty());
    }

    Place child(int index) {
        Schema declaredChild = Children.of(declared, index);
        Schema resolvedChild = Children.of(resolved, index);
        if (referencedType.isPresent()) {
            Optional<String> type =
                    Children.isNamed(declaredChild) ? Optional.of(declaredChild.getFullName()) : referencedType;
            return new Place(text, declaredChild, resolvedChild, pointer, type);
        }
        return at(text, declaredChild, resolvedChild, Children.pointer(pointer, declared, index));
    }

    /** The pointer to an attribute of the schema, where the schema is in the text itself. */
    String attribute(String name) {
        return referencedType.isPresent()
                ? pointer.toString()
                : pointer.child(name).toString();
    }

    /** The pointer to an element of an attribute. */
    String attribute(String name, int index) {
        return referencedType.isPresent()
                ? pointer.toString()
                : pointer.child(name).child(index).toString();
    }

    Schema.Type type() {
        return declared.getType();
    }

    /** What is there, in words. */
    String description() {
        return switch (type()) {
            case RECORD, ENUM, FIXED -> kind() + " '" + declared.getFullName() + "'";
            case ARRAY -> "an array";
            case MAP -> "a map";
            case UNION -> "a union";
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> "'" + kind() + "'";
        };
    }

    /** The type that a pointer alone would not tell. */
    String whereabouts(String side) {
        return referencedType
                .map(type -> " (in the " + side + "'s referenced type '" + type + "')")
                .orElse("");
    }

    private String kind() {
        return type().getName();
    }
}
