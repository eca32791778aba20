package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks through lists page by page. */
final class Pages {
    private Pages() {}

    /** All items of a list that is small. */
    static <T> List<T> all(Function<PageRequest, Page<T>> list) {
        return all(PageRequest.MAX_SIZE, list);
    }

    /** All items, read in pages of this size, none of which may be too large or needless. */
    static <T> List<T> all(int size, Function<PageRequest, Page<T>> list) {
        Page<T> page = list.apply(PageRequest.first(size));
        List<T> items = new ArrayList<>(page.items());
        assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
        while (page.next() != null) {
            page = list.apply(new PageRequest(size, page.next()));
            assertThat(page.items()).as("a page that was announced").hasSizeBetween(1, size);
            items.addAll(page.items());
        }
        return items;
    }

    /** Checks that small pages together are the same list as one big page, each item once. */
    static <T> void assertSameInPagesOfAnySize(Function<PageRequest, Page<T>> list) {
        List<T> whole = all(list);
        assertThat(whole).doesNotHaveDuplicates();
        for (int size = 1; size <= 3; size++) {
            assertThat(all(size, list)).as("in pages of " + size).isEqualTo(whole);
        }
    }
}
