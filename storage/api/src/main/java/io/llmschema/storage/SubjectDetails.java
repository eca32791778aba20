package io.llmschema.storage;

import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaState;

/** The part of a subject that people may change. */
public record SubjectDetails(Metadata metadata, SchemaState state) {}
