package io.llmschema.format.avro;

import java.util.List;
import org.apache.avro.Schema;

/**
 * A reader's schema that differs from a writer's in one thing alone.
 *
 * <p>A record that lacks two defaults is refused for either; what is said of the one is proven by a record that lacks
 * only that.
 */
final class Culprit {
    private Culprit() {}

    static Schema field(Schema reader, Schema.Field field) {
        // Fields that the reader lacks are passed over.
        return Schema.createRecord(
                reader.getFullName(), null, null, reader.isError(), List.of(new Schema.Field(field, field.schema())));
    }

    static Schema symbols(Schema reader, Schema writer) {
        return Schema.createEnum(writer.getFullName(), null, null, reader.getEnumSymbols(), reader.getEnumDefault());
    }

    static Schema size(Schema reader, Schema writer) {
        return Schema.createFixed(writer.getFullName(), null, null, reader.getFixedSize());
    }

    /** For an enum or a fixed. */
    static Schema name(Schema reader, Schema writer) {
        return writer.getType() == Schema.Type.ENUM
                ? Schema.createEnum(reader.getFullName(), null, null, writer.getEnumSymbols())
                : Schema.createFixed(reader.getFullName(), null, null, writer.getFixedSize());
    }
}
