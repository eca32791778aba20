package io.llmschema.http.confluentapi;

import io.llmschema.http.confluentapi.SchemaEntities.Visitor;
import io.llmschema.http.confluentapi.SchemaEntity.Kind;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects and properties of a JSON Schema. What stands in the place of a value, the items of an array or the branches of a combination, has the path of
 * that value. Definitions have the path of where they stand: {@code object.$defs.Address}. References are not followed. Recursive, as deep as a schema may
 * be nested.
 */
record JsonEntities(Visitor visitor) {
    private static final String ROOT = "object";

    private static final List<String> ONE_SCHEMA =
            List.of("items", "additionalItems", "additionalProperties", "contains", "if", "then", "else", "not");
    private static final List<String> SCHEMAS = List.of("items", "prefixItems", "allOf", "anyOf", "oneOf");
    private static final List<String> DEFINITIONS = List.of("definitions", "$defs");

    void root(JsonNode schema) {
        schema(schema, ROOT, true);
    }

    /** @param isRecord whether it is told of as a record even if it names no properties */
    private void schema(JsonNode schema, String path, boolean isRecord) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        JsonNode properties = object.path("properties");
        if (isRecord || properties.isObject()) {
            visitor.accept(new SchemaEntity(path, Kind.RECORD), object);
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String propertyPath = path + "." + property.getKey();
            if (property.getValue() instanceof ObjectNode described) {
                visitor.accept(new SchemaEntity(propertyPath, Kind.FIELD), described);
                schema(described, propertyPath, false);
            }
        }
        ONE_SCHEMA.forEach(keyword -> schema(object.path(keyword), path, false));
        SCHEMAS.forEach(keyword -> alternatives(object.path(keyword), path));
        for (String keyword : DEFINITIONS) {
            for (Map.Entry<String, JsonNode> definition : object.path(keyword).properties()) {
                schema(definition.getValue(), path + "." + keyword + "." + definition.getKey(), true);
            }
        }
    }

    private void alternatives(JsonNode schemas, String path) {
        if (schemas.isArray()) {
            schemas.forEach(schema -> schema(schema, path, false));
        }
    }
}
