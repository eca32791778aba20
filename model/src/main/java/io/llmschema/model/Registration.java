package io.llmschema.model;

/**
 * What came of a registration.
 *
 * @param schema the version that the subject now has
 * @param isNew whether this registration made it; false when the subject had the same content already
 */
public record Registration(SchemaSummary schema, boolean isNew) {}
