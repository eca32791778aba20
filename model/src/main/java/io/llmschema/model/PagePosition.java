package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered list: the sort keys of the item before it, as text. Items that come and go elsewhere do not move it.
 *
 * @param keys of the meaning that the list's order gives them
 */
public record PagePosition(List<String> keys) {
    public PagePosition {
        keys = List.copyOf(keys);
    }

    /** The {@code index}-th key; {@link InvalidValue} if there are not so many. */
    public String text(int index) {
        if (index >= keys.size()) {
            throw invalid(null);
        }
        return keys.get(index);
    }

    /** The {@code index}-th key as {@code parser} reads it; {@link InvalidValue} if it cannot be read. */
    public <T> T key(int index, Function<String, T> parser) {
        try {
            return parser.apply(text(index));
        } catch (IllegalArgumentException | DateTimeException | InvalidValue e) {
            throw invalid(e);
        }
    }

    private InvalidValue invalid(@Nullable RuntimeException cause) {
        var invalid = new InvalidValue("cursor", String.join(",", keys), "it is not a place in this list");
        if (cause != null) {
            invalid.initCause(cause);
        }
        return invalid;
    }

    public static PagePosition of(String... keys) {
        return new PagePosition(List.of(keys));
    }
}
