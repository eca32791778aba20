package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a part of a list.
 *
 * @param size the most items wanted, 1 to {@value #MAX_SIZE}
 * @param after where the part before ended; absent: from the start
 */
public record PageRequest(int size, @Nullable PagePosition after) {
    public static final int MAX_SIZE = 1_000;
    public static final int DEFAULT_SIZE = 100;

    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new InvalidValue("limit", Integer.toString(size), "a page holds 1 to " + MAX_SIZE + " items");
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }
}
