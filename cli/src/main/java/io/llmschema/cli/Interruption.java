package io.llmschema.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wish of a person to stop, made once by Ctrl-C and asked for by whoever does something long.
 *
 * <p>Any thread may call any method. A command that wants to end in order, with its summary printed, {@link #hold holds} the
 * process meanwhile; without a holder Ctrl-C ends the process at once.
 */
final class Interruption {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final Phaser holders = new Phaser(1);

    /** Keeps the process alive after a request until it is closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits as long as said or until there is a request; whether there is one. */
    boolean await(Duration longest) {
        try {
            return requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    Hold hold() {
        holders.register();
        return holders::arriveAndDeregister;
    }

    /** Waits until nobody holds the process, at most as long as said. */
    void awaitRelease(Duration longest) {
        try {
            int phase = holders.arrive();
            holders.awaitAdvanceInterruptibly(phase, longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | TimeoutException e) {
            // The process is ending; whoever has not finished by now is left behind.
            Thread.currentThread().interrupt();
        }
    }
}
