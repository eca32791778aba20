package io.llmschema.registry;

import io.llmschema.model.RegistryException.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A bound on the bytes that are worked on at the same time; who does not fit waits, and is refused when that takes too long.
 *
 * <p>It bounds memory where the number of requests in flight cannot, because one may be a thousand times larger than another.
 */
public final class ByteBudget {
    private static final int UNIT = 1024;

    private final String purpose;
    private final int totalUnits;
    private final Duration wait;
    private final Semaphore units;

    /**
     * @param purpose what the bytes are for, in words that follow "too many bytes at once: "
     * @param totalBytes a piece of work that is larger waits until it is alone
     * @param wait how long to wait for room
     */
    public ByteBudget(String purpose, int totalBytes, Duration wait) {
        this.purpose = purpose;
        this.totalUnits = totalBytes / UNIT;
        this.wait = wait;
        this.units = new Semaphore(totalUnits);
    }

    /**
     * Does the work when there is room for its bytes.
     *
     * @throws Overloaded there was none in time
     */
    public <R> R spend(long bytes, Supplier<R> work) {
        int cost = (int) Math.min(totalUnits, bytes / UNIT + 1);
        try {
            if (!units.tryAcquire(cost, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("too many bytes at once: " + purpose);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("it is stopping");
        }
        try {
            return work.get();
        } finally {
            units.release(cost);
        }
    }
}
