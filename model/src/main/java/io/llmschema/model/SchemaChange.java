package io.llmschema.model;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two schemas, at the smallest place that shows it.
 *
 * @param kind what became of the place
 * @param nature what the change touches
 * @param beforePath the place in the schema before; of something added, where it would have been. A JSON Pointer (RFC 6901), in Protobuf a
 *     full name, optionally with {@code #} and what of it
 * @param afterPath the place in the schema after; of something removed, where it would be
 * @param before what stood there, in the language of the schema and cut to {@value #MAX_SHOWN} characters; absent: nothing did
 * @param after what stands there now; absent: nothing does
 */
public record SchemaChange(
        Kind kind,
        Nature nature,
        String beforePath,
        String afterPath,
        @Nullable String before,
        @Nullable String after) {
    /** The most characters of a value that are shown. */
    public static final int MAX_SHOWN = 2_000;

    /** The most changes that are listed of two schemas. */
    public static final int MAX_LISTED = 1_000;

    /** What became of a place. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** Another value than before. */
        CHANGED,
        /** The same parts in another order. */
        REORDERED,
        /** The same under another name, where the language knows that it is the same: by its number, or an alias. */
        RENAMED
    }

    /** What a change touches. */
    public enum Nature {
        /** It may touch which data is accepted, or how it is understood. */
        MEANING,
        /** Only what people, and models, read: titles, descriptions, examples, comments. */
        WORDS,
        /** Only the order of what has no order to a validator. It steers the order in which language models write. */
        ORDER
    }

    public SchemaChange {
        before = shown(before);
        after = shown(after);
    }

    private static @Nullable String shown(@Nullable String value) {
        if (value == null || value.codePointCount(0, value.length()) <= MAX_SHOWN) {
            return value;
        }
        return value.substring(0, value.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
