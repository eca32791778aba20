package io.llmschema.format.avro;

import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The primitive types that are read as others. */
final class Promotions {
    private static final Map<Schema.Type, Set<Schema.Type>> READ_AS = Map.of(
            Schema.Type.INT, Set.of(Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE),
            Schema.Type.LONG, Set.of(Schema.Type.FLOAT, Schema.Type.DOUBLE),
            Schema.Type.FLOAT, Set.of(Schema.Type.DOUBLE),
            Schema.Type.STRING, Set.of(Schema.Type.BYTES),
            // Bytes that are no text are read as a string all the same: no reader looks.
            Schema.Type.BYTES, Set.of(Schema.Type.STRING));

    private Promotions() {}

    static boolean allow(Schema.Type writer, Schema.Type reader) {
        return READ_AS.getOrDefault(writer, Set.of()).contains(reader);
    }
}
