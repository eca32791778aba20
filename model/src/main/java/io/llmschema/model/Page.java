package io.llmschema.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the order of the list
 * @param next where the list goes on; absent: this was the last part
 */
public record Page<T>(List<T> items, @Nullable PagePosition next) {
    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> function) {
        return new Page<>(items.stream().<R>map(function).toList(), next);
    }

    /**
     * The page made of what a store found when it was asked for one item more than the page may hold.
     *
     * @param found at most {@code request.size() + 1} items
     * @param position where an item stands in the list
     */
    public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, PagePosition> position) {
        if (found.size() <= request.size()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, request.size());
        return new Page<>(items, position.apply(items.getLast()));
    }
}
