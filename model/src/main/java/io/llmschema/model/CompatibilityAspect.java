package io.llmschema.model;

/** What is to be compatible: an encoding of the data. */
public enum CompatibilityAspect {
    /** JSON documents: instances of a JSON Schema, the JSON mapping of Protobuf. */
    JSON,

    /** The binary encoding of Avro or Protobuf. */
    BINARY
}
