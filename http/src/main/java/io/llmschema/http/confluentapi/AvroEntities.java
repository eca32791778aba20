package io.llmschema.http.confluentapi;

import io.llmschema.http.confluentapi.SchemaEntities.Visitor;
import io.llmschema.http.confluentapi.SchemaEntity.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The records and fields of an Avro schema. Recursive, as deep as a schema may be nested. */
record AvroEntities(Visitor visitor) {
    /**
     * A type, and all that is defined within it.
     *
     * @param namespace in which its names are; empty: in none
     */
    void type(JsonNode type, String namespace) {
        if (type.isArray()) {
            type.forEach(branch -> type(branch, namespace));
        } else if (type instanceof ObjectNode object) {
            JsonNode kind = object.path("type");
            switch (kind.isString() ? kind.stringValue() : "") {
                case "record", "error" -> structure(object, namespace);
                case "array" -> type(object.path("items"), namespace);
                case "map" -> type(object.path("values"), namespace);
                // A type may stand in an object of its own, where it says more than its name.
                default -> type(kind, namespace);
            }
        }
    }

    private void structure(ObjectNode structure, String around) {
        String name = structure.path("name").asString("");
        String namespace = structure.path("namespace").asString(around);
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            namespace = name.substring(0, dot);
            name = name.substring(dot + 1);
        }
        String fullName = namespace.isEmpty() ? name : namespace + "." + name;
        visitor.accept(new SchemaEntity(fullName, Kind.RECORD), structure);
        for (JsonNode field : structure.path("fields")) {
            if (field instanceof ObjectNode object) {
                visitor.accept(
                        new SchemaEntity(fullName + "." + object.path("name").asString(""), Kind.FIELD), object);
                type(object.path("type"), namespace);
            }
        }
    }
}
