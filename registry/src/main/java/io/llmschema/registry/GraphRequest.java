package io.llmschema.registry;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.Set;

/**
 * How much is asked for of the graph around a version.
 *
 * @param directions which way to go, at least one
 * @param depth the largest distance, at least 1
 */
public record GraphRequest(Set<Direction> directions, int depth) {
    /** As far as there is anything. */
    public static final int ANY_DEPTH = Integer.MAX_VALUE;

    public GraphRequest {
        directions = Set.copyOf(directions);
        if (directions.isEmpty()) {
            throw new InvalidValue("direction", "none", "there is at least one");
        }
        if (depth < 1) {
            throw new InvalidValue("depth", Integer.toString(depth), "it is 1 or more");
        }
    }
}
