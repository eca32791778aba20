package io.llmschema.storage;

import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * <p>Words match a version in two ways: its subject's name is like them, forgiving typing errors; or its titles, descriptions (its own
 * and those inside the schema) and field names hold all of them, in any grammatical form of English ({@code "a phrase"}, {@code or} and {@code -not} as on the web).
 *
 * @param words what to look for; absent: everything that passes the filter
 * @param order {@link Order#RELEVANCE} is the same as {@link Order#BY_SUBJECT} without words
 */
public record SearchQuery(@Nullable String words, SchemaFilter filter, Scope scope, Order order) {
    public static final int MAX_WORDS_LENGTH = 1_000;

    /** Which versions of a subject are searched. */
    public enum Scope {
        /** The one that {@code latest} resolves to. */
        LATEST,
        /** All of them. */
        ALL
    }

    /** The order of the hits. */
    public enum Order {
        /** The best match first. */
        RELEVANCE,
        /** By subject name, then in the order of registration. */
        BY_SUBJECT,
        /** The newest version first. */
        NEWEST_FIRST
    }
}
