package io.llmschema.model;

/** One registered version of one subject, whole. */
public record Schema(SchemaSummary summary, SchemaContent content) {}
