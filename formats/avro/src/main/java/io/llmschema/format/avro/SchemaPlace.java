package io.llmschema.format.avro;

import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;

/**
 * Where a type stands, as {@link io.llmschema.model.DocumentError#schemaPath} tells it.
 *
 * @param reference the name of the schema that is referred to; the empty string: the schema itself
 */
record SchemaPlace(String reference, Pointer pointer) {
    SchemaPlace at(Pointer pointer) {
        return new SchemaPlace(reference, pointer);
    }

    @Override
    public String toString() {
        String path = pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString();
        return reference.isEmpty() ? path : reference + "#" + path;
    }
}
