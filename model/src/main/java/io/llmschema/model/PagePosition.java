package io.llmschema.model;

import java.util.List;

/**
 * A place in an ordered list: the sort keys of the item before it, as text. Items that come and go elsewhere do not move it.
 *
 * @param keys of the meaning that the list's order gives them
 */
public record PagePosition(List<String> keys) {
    public PagePosition {
        keys = List.copyOf(keys);
    }

    public static PagePosition of(String... keys) {
        return new PagePosition(List.of(keys));
    }
}
