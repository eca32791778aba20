package io.llmschema.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A limit on how long the current thread may wait for a client: when it has passed, the thread is interrupted, which ends its read
 * and the connection.
 *
 * <p>The HTTP library has no limit of its own: its read timeout is one of clients, and servers do not look at it.
 */
final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());

    static {
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private final Thread waiting = Thread.currentThread();
    private @Nullable ScheduledFuture<?> alarm;
    private boolean isOver;
    private boolean hasPassed;

    private Deadline() {}

    static Deadline after(Duration limit) {
        Deadline deadline = new Deadline();
        deadline.alarm = CLOCK.schedule(deadline::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
        return deadline;
    }

    private synchronized void pass() {
        if (!isOver) {
            hasPassed = true;
            waiting.interrupt();
        }
    }

    synchronized boolean hasPassed() {
        return hasPassed;
    }

    /** From now on the thread is left alone. */
    @Override
    public synchronized void close() {
        isOver = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (hasPassed) {
            Thread.interrupted();
        }
    }
}
