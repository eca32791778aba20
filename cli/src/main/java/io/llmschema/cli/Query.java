package io.llmschema.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a URL under construction; values that are not given leave no trace. */
final class Query {
    private final List<String> pairs = new ArrayList<>();

    Query with(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            pairs.add(name + "=" + Paths.encode(value));
        }
        return this;
    }

    Query withEach(String name, Collection<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    /** A copy with one more pair. */
    Query and(String name, String value) {
        Query copy = new Query();
        copy.pairs.addAll(pairs);
        return copy.with(name, value);
    }

    /** Empty, or beginning with the question mark. */
    @Override
    public String toString() {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
