package io.llmschema.format.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The defaults of a reader's fields as the library makes them.
 *
 * <p>Some that pass when a schema is parsed cannot be made: a symbol that the enum does not have, a null for a union
 * whose first branch is an enum. The library makes those of all records it may meet before it reads anything.
 */
final class DefaultValues {
    private final GenericData data;

    DefaultValues(GenericData data) {
        this.data = data;
    }

    boolean isReadable(Schema.Field field) {
        try {
            // Null where the default is null.
            Object _ = data.getDefaultValue(field);
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }
}
