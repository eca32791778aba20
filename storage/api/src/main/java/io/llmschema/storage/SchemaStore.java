package io.llmschema.storage;

/** All that can be asked of schemas and done to them. */
public interface SchemaStore extends SchemaReader, SubjectReader, DependencyReader, SchemaWriter, SubjectWriter {}
