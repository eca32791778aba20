package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The notes by which those who put objects and the one who sweeps them keep out of each other's way.
 *
 * <p>An object is put before the row that refers to it is there, so that no connection waits for the blob store; and a sweep must not take
 * it for an orphan then. So whoever puts leaves a note first, and takes it away in the transaction that writes the row: at every
 * moment there is the one or the other. A sweep leaves a note as well, and removes nothing for which there is either. The notes of both
 * are written under a lock of the hash.
 *
 * <p>Whoever removes an object has its note locked. So a note that nobody has locked is of a process that has died, and anyone may finish
 * what it had begun; and nobody removes an object for a note that is gone, when it may have been put anew.
 */
final class BlobUploads {
    /** How long it may take from the beginning of an upload until the row is committed that refers to it. */
    static final Duration MAX_UPLOAD = Duration.ofHours(1);

    private static final String LOCK = "SELECT pg_advisory_xact_lock(:space, :key)";

    /** Of advisory locks with two numbers. */
    private static final int LOCK_SPACE = 0x6c6c6d02;

    private static final String IS_ORPHAN = """
            NOT EXISTS (SELECT FROM blob_uploads WHERE hash = :hash AND started_at > now() - make_interval(secs => :grace))
            AND NOT EXISTS (SELECT FROM contents WHERE raw_hash = :hash AND (encoding = 4 OR awaits_blob))
            AND NOT EXISTS (SELECT FROM archives WHERE hash = :hash)
            """;

    private BlobUploads() {}

    /** Says that a row will refer to the object; empty if that cannot be now, because it is being removed. */
    static Optional<UUID> begin(Handle handle, Fingerprint hash) {
        return handle.inTransaction(transaction -> {
            lock(transaction, hash);
            return transaction
                    .createQuery("""
                            INSERT INTO blob_uploads (hash)
                            SELECT :hash WHERE NOT EXISTS (SELECT FROM blob_removals WHERE hash = :hash)
                            RETURNING id
                            """)
                    .bind("hash", hash.toBytes())
                    .mapTo(UUID.class)
                    .findFirst();
        });
    }

    /**
     * Takes the note away: in the transaction whose row refers to the object, or when there will be no such row. False if it was gone, and
     * the object perhaps with it: an upload that took so long was taken for one of a process that has died.
     */
    static boolean end(Handle handle, UUID upload) {
        return handle.createUpdate("DELETE FROM blob_uploads WHERE id = :id")
                        .bind("id", upload)
                        .execute()
                == 1;
    }

    /**
     * Says that an object is being removed, if no row refers to it nor will, and nobody else is removing it.
     *
     * @param grace notes of uploads that are older are of processes that have died
     */
    static boolean beginRemoval(Handle handle, Fingerprint hash, Duration grace) {
        return handle.inTransaction(transaction -> {
            lock(transaction, hash);
            return transaction
                            .createUpdate("""
                                    INSERT INTO blob_removals (hash)
                                    SELECT :hash WHERE %s
                                    ON CONFLICT (hash) DO NOTHING
                                    """.formatted(IS_ORPHAN))
                            .bind("hash", hash.toBytes())
                            .bind("grace", grace.toSeconds())
                            .execute()
                    == 1;
        });
    }

    /** Whether no row refers to an object now, nor will. */
    static boolean isOrphan(Handle handle, Fingerprint hash, Duration grace) {
        return handle.createQuery("SELECT " + IS_ORPHAN)
                .bind("hash", hash.toBytes())
                .bind("grace", grace.toSeconds())
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Removes an object of which it has been said that it is being removed, and says that it is gone; unless another does so just now, or
     * has done so.
     *
     * @param removal what removes it from the blob store
     */
    static void finishRemoval(Handle handle, Fingerprint hash, Consumer<Fingerprint> removal) {
        handle.useTransaction(transaction -> {
            boolean isOurs = transaction
                    .createQuery("SELECT 1 FROM blob_removals WHERE hash = :hash FOR UPDATE SKIP LOCKED")
                    .bind("hash", hash.toBytes())
                    .mapTo(Integer.class)
                    .findFirst()
                    .isPresent();
            if (isOurs) {
                removal.accept(hash);
                transaction
                        .createUpdate("DELETE FROM blob_removals WHERE hash = :hash")
                        .bind("hash", hash.toBytes())
                        .execute();
            }
        });
    }

    private static void lock(Handle transaction, Fingerprint hash) {
        transaction
                .createQuery(LOCK)
                .bind("space", LOCK_SPACE)
                .bind("key", (int) hash.first())
                .mapTo(String.class)
                .findFirst();
    }
}
