package io.llmschema.storage;

import io.llmschema.model.SchemaSummary;

/**
 * A schema that another one refers to, or that refers to it.
 *
 * @param distance how many references lie between the two, 1 when there is a direct one
 */
public record Dependency(SchemaSummary schema, int distance) {}
