package io.llmschema.storage;

import io.llmschema.model.SchemaId;

/** A version that is read often, and how often. */
public record PopularSchema(SchemaId id, long reads) {}
