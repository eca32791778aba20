package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.TenantId;
import io.llmschema.storage.BlobStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Moves contents to the blob store that had to stay in the database because that could not be reached, on a thread of its own.
 *
 * <p>Every node does so. Two that move the same content put the same object, and the second finds that there is nothing left to change.
 * The row refers to the object all the while, so no sweep takes it for an orphan. One may have done so before there was the row, and is
 * still to delete the object, or has died over it: then the content waits until that is done.
 */
final class ContentMover implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ContentMover.class.getName());

    /** How long a content waits at most, once the blob store is there again. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** The most that are looked up at a time. */
    private static final int BATCH = 20;

    private static final String AWAITING =
            "SELECT c.tenant, c.global_id, c.raw_hash, c.size, " + StoredContent.columns(Integer.MAX_VALUE)
                    + " FROM contents c WHERE c.awaits_blob AND c.tenant = :tenant AND c.global_id = :id";

    private final Jdbi jdbi;
    private final BlobStore blobs;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosed;

    ContentMover(Jdbi jdbi, BlobStore blobs) {
        this.jdbi = jdbi;
        this.blobs = blobs;
        this.thread = Thread.ofVirtual().name("content-mover").start(this::run);
    }

    /** Something awaits to be moved. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        boolean isWell = true;
        while (!isClosed) {
            try {
                moveAll();
                isWell = true;
            } catch (RuntimeException e) {
                if (isWell && !isClosed) {
                    LOG.log(
                            e instanceof RegistryException ? Level.WARNING : Level.ERROR,
                            "large contents stay in the database for now: " + e.getMessage());
                }
                isWell = false;
            }
            try {
                // After a failure a call is no reason to try again sooner.
                boolean isCalled = woken.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (isCalled && !isWell) {
                    Thread.sleep(INTERVAL);
                }
                woken.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void moveAll() {
        List<GlobalId> some = List.of();
        do {
            some = next(some.isEmpty() ? null : some.getLast());
            some.forEach(this::move);
        } while (some.size() == BATCH && !isClosed);
    }

    private List<GlobalId> next(@Nullable GlobalId after) {
        return Failures.translated(() -> jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT tenant, global_id FROM contents WHERE awaits_blob AND (tenant, global_id) > (:tenant, :id)
                        ORDER BY tenant, global_id LIMIT :batch
                        """)
                .bind("tenant", after == null ? "" : after.tenant().value())
                .bind("id", after == null ? 0 : after.value())
                .bind("batch", BATCH)
                .map((row, _) -> new GlobalId(new TenantId(row.getString("tenant")), row.getInt("global_id")))
                .list()));
    }

    private record Awaiting(StoredContent content, Fingerprint hash) {}

    private void move(GlobalId id) {
        Failures.translated(() -> jdbi.withHandle(handle -> handle.createQuery(AWAITING)
                        .bind("tenant", id.tenant().value())
                        .bind("id", id.value())
                        .map((row, _) ->
                                new Awaiting(StoredContent.of(row), Fingerprint.ofBytes(row.getBytes("raw_hash"))))
                        .findFirst()))
                .filter(awaiting -> !isBeingRemoved(awaiting.hash()))
                .ifPresent(awaiting -> {
                    try {
                        blobs.put(awaiting.hash(), awaiting.content().decode(awaiting.hash()));
                    } catch (ContentDamaged e) {
                        // It stays as it is, for someone to look at; the others need not wait for that.
                        LOG.log(Level.ERROR, e.getMessage());
                        return;
                    }
                    Failures.translated(() -> jdbi.withHandle(handle -> handle.createUpdate("""
                                    UPDATE contents SET encoding = 4, content = NULL, awaits_blob = false
                                    WHERE tenant = :tenant AND global_id = :id AND awaits_blob
                                    """)
                            .bind("tenant", id.tenant().value())
                            .bind("id", id.value())
                            .execute()));
                });
    }

    private boolean isBeingRemoved(Fingerprint hash) {
        return Failures.translated(() -> jdbi.withHandle(handle -> BlobUploads.isBeingRemoved(handle, hash)));
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
