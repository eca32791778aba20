package io.llmschema.storage.postgres;

import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaContent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings contents back into the table that were read from archives, on a thread of its own: the read does not wait for it.
 *
 * <p>What does not fit into its queue stays in its archive until it is read again.
 */
final class ContentRestorer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ContentRestorer.class.getName());

    /** The most contents that wait, of {@value #MAX_QUEUED_BYTES} bytes each at most: larger ones are read from their archive each time. */
    private static final int MAX_QUEUED = 64;

    private static final int MAX_QUEUED_BYTES = 1024 * 1024;

    private record Read(GlobalId id, SchemaContent content) {}

    private final Jdbi jdbi;
    /** Empty: it is being closed. */
    private final BlockingQueue<Optional<Read>> queue = new ArrayBlockingQueue<>(MAX_QUEUED);

    private final Thread thread;
    private volatile boolean isClosed;

    ContentRestorer(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.thread = Thread.ofVirtual().name("content-restorer").start(this::run);
    }

    /** A content was read from its archive. */
    void read(GlobalId id, SchemaContent content) {
        if (content.size() <= MAX_QUEUED_BYTES) {
            queue.offer(Optional.of(new Read(id, content)));
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                queue.take().ifPresent(this::restore);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restore(Read read) {
        try {
            Failures.translated(() -> jdbi.inTransaction(handle -> {
                restore(handle, read);
                return read;
            }));
        } catch (RuntimeException e) {
            if (!isClosed) {
                LOG.log(Level.WARNING, "a content stays in its archive for now: " + e.getMessage());
            }
        }
    }

    private static void restore(Handle handle, Read read) {
        handle.createQuery("""
                        SELECT archive FROM contents
                        WHERE tenant = :tenant AND global_id = :id AND archive IS NOT NULL FOR NO KEY UPDATE
                        """)
                .bind("tenant", read.id().tenant().value())
                .bind("id", read.id().value())
                .mapTo(byte[].class)
                .findFirst()
                .ifPresent(archive -> {
                    Dependents.storeAlone(handle, read.id(), read.content().bytes());
                    forgetIfEmpty(handle, archive);
                });
    }

    /** An archive of which all has come back is an orphan, which the next sweep removes; one that is being emptied just now is left alone. */
    static void forgetIfEmpty(Handle handle, byte[] archive) {
        handle.createUpdate("DELETE FROM archives WHERE hash = (SELECT hash FROM archives a WHERE a.hash = :hash"
                        + " AND NOT EXISTS (SELECT FROM contents WHERE archive = a.hash) FOR UPDATE SKIP LOCKED)")
                .bind("hash", archive)
                .execute();
    }

    @Override
    public void close() {
        isClosed = true;
        // Not by an interrupt, which would break the connection that is in use. If the queue is full, it is not
        // waiting.
        queue.offer(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
