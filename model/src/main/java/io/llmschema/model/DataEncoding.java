package io.llmschema.model;

/** How data is written that a schema describes. */
public enum DataEncoding {
    /** JSON documents: instances of a JSON Schema, the JSON encoding of Avro, the JSON mapping of Protobuf. */
    JSON,

    /** The binary encoding of Avro or Protobuf. */
    BINARY
}
