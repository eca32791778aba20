package io.llmschema.benchmarks.atrest;

import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.storage.StorageBackend;

/** A version that was made, and the content that it must have. */
record Registered(SchemaId id, Subject subject, SchemaContent content) {
    /** Reads it, and compares. */
    boolean isAsRegistered(StorageBackend storage) {
        return storage.getSchema(new SchemaKey.ById(id))
                .map(schema -> schema.content().equals(content))
                .orElse(false);
    }
}
