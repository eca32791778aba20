package io.llmschema.storage.tiered;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A piece of work that is done again and again in a virtual thread of its own, from its start until it is closed.
 *
 * <p>The work sees to its own troubles: what it throws would be the end of it.
 */
final class Rounds implements AutoCloseable {
    /** How long closing waits until a round has ended, before it interrupts; and how long after that. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** When the work is done besides after each interval. */
    enum Extra {
        /** At the start. */
        FIRST,
        /** When it is closed. */
        LAST
    }

    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosing;

    private Rounds(String name, Duration interval, Extra extra, Runnable work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            if (extra == Extra.FIRST) {
                work.run();
            }
            while (!isClosingWithin(interval)) {
                work.run();
            }
            if (extra == Extra.LAST) {
                work.run();
            }
        });
    }

    static Rounds start(String name, Duration interval, Extra extra, Runnable work) {
        Rounds rounds = new Rounds(name, interval, extra, work);
        rounds.thread.start();
        return rounds;
    }

    /** Waits, unless it is woken; whoever is interrupted is taken to be told that it is closing. */
    private boolean isClosingWithin(Duration interval) {
        try {
            if (!isClosing && bell.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                // However often it was woken meanwhile, one round is enough for all.
                bell.drainPermits();
            }
            return isClosing;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Has the next round begin now rather than at the end of the interval. */
    void wake() {
        bell.release();
    }

    /** Whether no more is done, which is so soon after it was closed, if not at once. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        isClosing = true;
        bell.release();
        try {
            if (!thread.join(CLOSE_WAIT)) {
                thread.interrupt();
                thread.join(CLOSE_WAIT);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
