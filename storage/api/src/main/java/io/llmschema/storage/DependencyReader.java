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
     * @param deletion which schemas are found, and followed from there
     * @param isTransitive whether to follow the references of references; otherwise all distances are 1
     */
    Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page);

    /** The same for what most want to know: references whether they were soft-deleted since or not, and those dependents that are not. */
    default Page<Dependency> dependencies(SchemaId id, Direction direction, boolean isTransitive, PageRequest page) {
        Deletion deletion = switch (direction) {
            case REFERENCES -> Deletion.ANY;
            case DEPENDENTS -> Deletion.LIVE;
        };
        return dependencies(id, direction, deletion, isTransitive, page);
    }
}
