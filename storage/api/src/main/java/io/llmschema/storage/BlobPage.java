package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some objects of a {@link BlobStore}.
 *
 * @param next behind which the next page begins; null: this is the last one
 */
public record BlobPage(List<Blob> blobs, @Nullable Fingerprint next) {
    /**
     * An object.
     *
     * @param storedAt when it was put, by the clock of the store
     */
    public record Blob(Fingerprint hash, long bytes, Instant storedAt) {}

    public BlobPage {
        blobs = List.copyOf(blobs);
    }

    /** A page of the first of these, which are one more than its limit if there is a next page. */
    public static BlobPage of(List<Blob> found, int limit) {
        return found.size() <= limit
                ? new BlobPage(found, null)
                : new BlobPage(found.subList(0, limit), found.get(limit - 1).hash());
    }
}
