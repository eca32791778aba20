package io.llmschema.http.confluentapi;

import io.llmschema.http.Request;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The part of a list that a request asks for by its place.
 *
 * @param offset how many items are passed over
 * @param limit how many are wanted at most
 */
record Slice(int offset, int limit) {
    /** The most names or numbers that are listed, however many are wanted. */
    static final int MAX_ITEMS = 100_000;

    /** The most schemas that are listed with their contents. */
    static final int MAX_SCHEMAS = 1_000;

    static Slice of(Request request, int max) {
        int limit = Parameters.number(request, "limit", -1);
        return new Slice(Math.max(Parameters.number(request, "offset", 0), 0), limit < 0 ? max : Math.min(limit, max));
    }

    <T> List<T> of(Stream<T> all) {
        return all.skip(offset).limit(limit).toList();
    }

    /** All items of a list, which is asked for page by page as they are needed. */
    static <T> Stream<T> all(Function<PageRequest, Page<T>> list) {
        return Stream.iterate(
                        Optional.of(list.apply(PageRequest.first(PageRequest.MAX_SIZE))),
                        Optional::isPresent,
                        page -> page.flatMap(before -> after(before, list)))
                .flatMap(Optional::stream)
                .flatMap(page -> page.items().stream());
    }

    private static <T> Optional<Page<T>> after(Page<T> page, Function<PageRequest, Page<T>> list) {
        return Optional.ofNullable(page.next()).map(next -> list.apply(new PageRequest(PageRequest.MAX_SIZE, next)));
    }
}
