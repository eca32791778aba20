package io.llmschema.format.avro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Avro's JSON encoding.
 *
 * <p>The library's own decoder makes a grammar first, which has no end where a record always holds itself, and holes where
 * records hold each other.
 */
final class JsonData {
    private JsonData() {}

    static @Nullable Object read(JsonNode json, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(json, schema);
            case UNION -> branch(json, schema);
            case ARRAY -> array(json, schema.getElementType());
            case MAP -> map(json, schema.getValueType());
            case ENUM -> new GenericData.EnumSymbol(schema, json.stringValue());
            case FIXED -> new GenericData.Fixed(schema, bytes(json));
            case BYTES -> ByteBuffer.wrap(bytes(json));
            case STRING -> json.stringValue();
            case INT -> json.intValue();
            case LONG -> json.longValue();
            case FLOAT -> json.floatValue();
            case DOUBLE -> json.doubleValue();
            case BOOLEAN -> json.booleanValue();
            case NULL -> null;
        };
    }

    private static GenericData.Record record(JsonNode json, Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), read(json.required(field.name()), field.schema())));
        return record;
    }

    private static @Nullable Object branch(JsonNode json, Schema union) {
        if (json.isNull()) {
            return null;
        }
        Map.Entry<String, JsonNode> named = json.properties().iterator().next();
        Schema branch = union.getTypes().get(union.getIndexNamed(named.getKey()));
        return read(named.getValue(), branch);
    }

    private static List<@Nullable Object> array(JsonNode json, Schema items) {
        List<@Nullable Object> result = new ArrayList<>();
        json.forEach(item -> result.add(read(item, items)));
        return result;
    }

    private static Map<String, @Nullable Object> map(JsonNode json, Schema values) {
        Map<String, @Nullable Object> result = new HashMap<>();
        json.properties().forEach(entry -> result.put(entry.getKey(), read(entry.getValue(), values)));
        return result;
    }

    private static byte[] bytes(JsonNode json) {
        return json.stringValue().getBytes(StandardCharsets.ISO_8859_1);
    }
}
