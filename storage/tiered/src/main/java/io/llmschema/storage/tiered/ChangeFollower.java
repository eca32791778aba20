package io.llmschema.storage.tiered;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Follows the history of a store on a thread of its own, and knows how far it has come and when it heard last.
 *
 * <p>Each answer of the store is a heartbeat too: it says that nothing else had happened when it was asked. So a node that has not
 * heard for longer than the staleness bound may have missed something, and says so until it has heard again.
 */
final class ChangeFollower implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ChangeFollower.class.getName());
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    /** The store is asked so many times, at least, while the bound passes. */
    private static final int HEARTBEATS_PER_BOUND = 4;

    private final ChangeFeed feed;
    private final Consumer<Changes> listener;
    private final long boundNanos;
    private final Duration heartbeat;
    private final Thread thread;
    private volatile ChangePosition position = ChangePosition.START;
    private volatile long heardAt;
    private volatile boolean hasHeard;

    /** Beside the interrupt, which whoever is asked might take for its own. */
    private volatile boolean isClosed;

    /**
     * Begins to follow; when this returns, the store has been heard, unless it is away.
     *
     * @param listener is told what happens; when it returns, the answers of this node are as new as what it was told
     * @param bound how long the silence may last before answers may be outdated
     */
    ChangeFollower(ChangeFeed feed, Duration bound, Consumer<Changes> listener) {
        this.feed = feed;
        this.listener = listener;
        this.boundNanos = bound.toNanos();
        this.heartbeat = bound.dividedBy(HEARTBEATS_PER_BOUND);
        follow(true);
        this.thread = Thread.ofVirtual().name("change-follower").start(this::run);
    }

    private void run() {
        boolean isWell = true;
        while (!isClosed) {
            isWell = follow(isWell);
            if (!isWell) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private boolean follow(boolean wasWell) {
        try {
            Changes changes = feed.next(heartbeat);
            listener.accept(changes);
            position = changes.upTo();
            heardAt = changes.asOf();
            hasHeard = true;
            if (!wasWell) {
                LOG.log(Level.INFO, "the changes of the store are heard again");
            }
            return true;
        } catch (StorageUnavailable e) {
            if (wasWell && !isClosed) {
                LOG.log(Level.WARNING, "the changes of the store are not heard: " + e.getMessage());
            }
            return false;
        } catch (RuntimeException e) {
            // A defect must not end the following for good: until it is mended, the store is asked.
            if (wasWell) {
                LOG.log(Level.ERROR, "the changes of the store cannot be followed", e);
            }
            return false;
        }
    }

    /** Whether whatever was committed longer ago than the bound is known here. */
    boolean isUpToDate() {
        return hasHeard && System.nanoTime() - heardAt <= boundNanos;
    }

    /** How far this node has come. */
    ChangePosition position() {
        return position;
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
        feed.close();
    }
}
