package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of objects that never change, each named by the SHA-256 of its bytes; what may be too large or too cold for a row.
 *
 * <p>Because the name says what an object is, an object can be put any number of times, by anyone, and a crash at any moment leaves
 * at worst one that nobody refers to. Who refers to what is not known here.
 *
 * <p>Safe for any number of threads; calls block, for a bounded time. Every method but {@link #check} and {@link #close} may throw {@link
 * RegistryException.StorageUnavailable}. {@code toString} names the store in a few words, without secrets.
 */
public interface BlobStore extends AutoCloseable {
    /** The most bytes of an object. */
    int MAX_BYTES = 256 * 1024 * 1024;

    /** The most objects of a page. */
    int MAX_PAGE = 1_000;

    /**
     * Keeps these bytes, durably when this returns. If the object is there already this does nothing; an object that is there is
     * never half of one.
     *
     * @param hash of the bytes
     * @throws IllegalArgumentException it is not, or there are more than {@value #MAX_BYTES} bytes
     */
    void put(Fingerprint hash, byte[] bytes);

    /**
     * The bytes with that hash, empty if there is no such object.
     *
     * @throws RegistryException.ContentDamaged the bytes that are there have another hash
     */
    Optional<byte[]> get(Fingerprint hash);

    /** Whether the object is there, its bytes unread. */
    boolean exists(Fingerprint hash);

    /** Removes an object; one that is not there is gone already. */
    void delete(Fingerprint hash);

    /**
     * Objects in the order of their names.
     *
     * @param after begin behind this one; null: at the first
     * @param limit at most so many, 1 to {@value #MAX_PAGE}
     */
    BlobPage list(@Nullable Fingerprint after, int limit);

    /**
     * An address from which anyone who knows it can fetch the object for that long, without asking this registry; empty if the store has no
     * such thing. It is not looked whether the object is there.
     */
    Optional<URI> downloadUrl(Fingerprint hash, Duration validFor);

    /** Whether the store can be read and written now; returns within a few seconds, whatever the store does. */
    Health check();

    @Override
    void close();
}
