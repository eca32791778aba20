package io.llmschema.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pair of places in two schemas about which nothing is known: neither that they are compatible nor an instance that shows the contrary.
 *
 * @param aspect the encoding in which nothing is known; absent: all that the language has
 * @param readerPath the place in the reader's schema, as in {@link Incompatibility}
 * @param writerPath the place in the writer's schema
 * @param reason what was too hard, in a sentence
 */
public record Undecided(@Nullable DataEncoding aspect, String readerPath, String writerPath, String reason) {
    /** In all encodings. */
    public Undecided(String readerPath, String writerPath, String reason) {
        this(null, readerPath, writerPath, reason);
    }

    boolean isAbout(Set<DataEncoding> aspects) {
        return aspect == null || aspects.contains(aspect);
    }
}
