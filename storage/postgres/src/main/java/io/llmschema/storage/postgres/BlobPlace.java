package io.llmschema.storage.postgres;

import io.llmschema.storage.BlobStore;

/**
 * Where contents go that are too large for a row.
 *
 * @param store closed with the storage that uses it
 * @param inlineBytes the most bytes of a content that stays in its row
 */
public record BlobPlace(BlobStore store, int inlineBytes) {
    public static final int DEFAULT_INLINE_BYTES = 1024 * 1024;

    public BlobPlace {
        if (inlineBytes < 0) {
            throw new IllegalArgumentException("a content has no " + inlineBytes + " bytes");
        }
    }

    @Override
    public String toString() {
        return "above " + inlineBytes + " bytes in " + store;
    }
}
