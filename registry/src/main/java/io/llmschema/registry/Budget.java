package io.llmschema.registry;

import io.llmschema.model.RegistryException.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A bound on how much is worked on at the same time, in bytes or in pieces; who does not fit waits, and is refused when that takes too
 * long.
 *
 * <p>Bytes bound memory where the number of requests in flight cannot, because one may be a thousand times larger than another.
 */
public final class Budget {
    private static final int KILOBYTE = 1024;

    private final String purpose;
    private final int unit;
    private final int totalUnits;
    private final Duration wait;
    private final Semaphore units;

    private Budget(String purpose, int unit, int totalUnits, Duration wait) {
        this.purpose = purpose;
        this.unit = unit;
        this.totalUnits = totalUnits;
        this.wait = wait;
        this.units = new Semaphore(totalUnits, true);
    }

    /**
     * A budget of bytes.
     *
     * @param purpose what is done with them, in words that follow "too much at once: "
     * @param total a piece of work that is larger waits until it is alone
     * @param wait how long to wait for room
     */
    public static Budget ofBytes(String purpose, int total, Duration wait) {
        return new Budget(purpose, KILOBYTE, total / KILOBYTE, wait);
    }

    /** A budget of pieces of work, each of size 1. */
    static Budget ofPieces(String purpose, int total, Duration wait) {
        return new Budget(purpose, 1, total, wait);
    }

    /**
     * Does the work when there is room for it.
     *
     * @throws Overloaded there was none in time
     */
    public <R> R spend(long size, Supplier<R> work) {
        int cost = (int) Math.max(1, Math.min(totalUnits, (size + unit - 1) / unit));
        try {
            if (!units.tryAcquire(cost, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("too much at once: " + purpose);
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
