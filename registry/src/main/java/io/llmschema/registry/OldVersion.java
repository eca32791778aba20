package io.llmschema.registry;

import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaSummary;

/** A version that a schema is compared with, whole and with all that it refers to. */
record OldVersion(SchemaSummary summary, SchemaSource source) {}
