package io.llmschema.format;

import io.llmschema.model.SchemaContent;

/**
 * A schema that another one refers to.
 *
 * @param name as the other one names it: a {@code $ref} without its fragment, an Avro full name, a Protobuf import path
 */
public record ReferencedSchema(String name, SchemaContent content) {}
