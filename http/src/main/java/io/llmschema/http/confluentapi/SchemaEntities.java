package io.llmschema.http.confluentapi;

import io.llmschema.model.SchemaType;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The walk over the parts of a schema that can have tags within its own text: records and fields of Avro, objects and properties of JSON Schema. */
final class SchemaEntities {
    /** Whoever is told of each part and of the object in the schema that describes it. */
    interface Visitor extends BiConsumer<SchemaEntity, ObjectNode> {}

    private SchemaEntities() {}

    /** Tells of all parts, those around others first. */
    static void visit(SchemaType type, JsonNode schema, Visitor visitor) {
        switch (type) {
            case AVRO -> new AvroEntities(visitor).type(schema, "");
            case JSON -> new JsonEntities(visitor).root(schema);
            case PROTOBUF ->
                throw new IllegalArgumentException("a schema of Protobuf is no JSON, and has its tags in its contract");
        }
    }
}
