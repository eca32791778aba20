package io.llmschema.format.avro;

import io.llmschema.json.Pointer;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas directly beneath a schema, numbered in the order of the text: types of fields, items, values, branches.
 */
final class Children {
    private Children() {}

    static List<Schema> of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case UNION -> schema.getTypes();
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> List.of();
        };
    }

    static Schema of(Schema schema, int index) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().get(index).schema();
            case ARRAY -> schema.getElementType();
            case MAP -> schema.getValueType();
            case UNION -> schema.getTypes().get(index);
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                throw new IllegalArgumentException("nothing is beneath " + schema.getType());
        };
    }

    /** Where one of them stands in the text. */
    static Pointer pointer(Pointer at, Schema schema, int index) {
        return switch (schema.getType()) {
            case RECORD -> at.child("fields").child(index).child("type");
            case ARRAY -> at.child("items");
            case MAP -> at.child("values");
            case UNION -> at.child(index);
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                throw new IllegalArgumentException("nothing is beneath " + schema.getType());
        };
    }

    static boolean isNamed(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> true;
            case ARRAY, MAP, UNION, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> false;
        };
    }
}
