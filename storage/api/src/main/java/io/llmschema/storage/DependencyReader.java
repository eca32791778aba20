package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.SchemaId;

/** Questions about who refers to whom. */
public interface DependencyReader {
    /** Which way to follow references. */
    enum Direction {
        /** To what a schema refers to. */
        REFERENCES,
        /** To what refers to a schema. */
        DEPENDENTS
    }

    /**
     * The schemas that can be reached from one, each once at its shortest distance, the nearest first and then by id.
     *
     * <p>References are found whether they were soft-deleted since or not; of the dependents only those that are not deleted.
     *
     * @param isTransitive whether to follow the references of references; otherwise all distances are 1
     */
    Page<Dependency> dependencies(SchemaId id, Direction direction, boolean isTransitive, PageRequest page);
}
