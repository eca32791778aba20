package io.llmschema.http.confluentapi;

/**
 * A part of a schema that can have tags.
 *
 * @param path of a record: in Avro and Protobuf its full name, in JSON Schema {@code object} for the whole and the path of the property for what a
 *     property is; of a field: the path of its record, a dot, and its name
 */
record SchemaEntity(String path, Kind kind) {
    enum Kind {
        /** A record, a message, an object. */
        RECORD,
        /** A field or property. */
        FIELD
    }
}
