package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;

/** What every {@link BlobStore} looks at before it keeps or hands out anything. */
public final class BlobChecks {
    private BlobChecks() {}

    /**
     * That these bytes may be put under that name.
     *
     * @throws IllegalArgumentException they have another hash, or are too many
     */
    public static void beforePut(Fingerprint hash, byte[] bytes) {
        if (bytes.length > BlobStore.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an object has at most %,d bytes, not %,d".formatted(BlobStore.MAX_BYTES, bytes.length));
        }
        if (!Fingerprint.sha256(bytes).equals(hash)) {
            throw new IllegalArgumentException("these bytes do not have the hash " + hash);
        }
    }

    /**
     * These bytes, if they are what the name says.
     *
     * @param store which store they come from, in a few words
     * @throws ContentDamaged they are not
     */
    public static byte[] afterGet(Fingerprint hash, byte[] bytes, String store) {
        Fingerprint actual = Fingerprint.sha256(bytes);
        if (!actual.equals(hash)) {
            throw new ContentDamaged(
                    hash, store, "the %,d bytes there have the hash %s".formatted(bytes.length, actual), null);
        }
        return bytes;
    }

    /** That a page may have so many objects; {@link IllegalArgumentException} if not. */
    public static void limit(int limit) {
        if (limit < 1 || limit > BlobStore.MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + BlobStore.MAX_PAGE + " objects, not " + limit);
        }
    }
}
