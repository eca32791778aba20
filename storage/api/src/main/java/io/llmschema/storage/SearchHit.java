package io.llmschema.storage;

import io.llmschema.model.SchemaSummary;

/**
 * A version that a search found.
 *
 * @param score how well it matches; comparable within one search only, 0 without words
 */
public record SearchHit(SchemaSummary schema, double score) {}
