package io.llmschema.registry;

import io.llmschema.model.RegistryException.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A bound on the memory that parsing takes: texts are parsed at the same time only as long as their bytes together fit.
 *
 * <p>A parsed schema is many times larger than its text, and the number of requests in flight is not bounded by memory.
 */
final class ParseBudget {
    /** Together at most this many kilobytes; a larger text is parsed alone. */
    private static final int TOTAL_KILOBYTES = 8 * 1024;

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Semaphore kilobytes = new Semaphore(TOTAL_KILOBYTES);

    <R> R spend(long bytes, Supplier<R> parsing) {
        int cost = (int) Math.min(TOTAL_KILOBYTES, bytes / 1024 + 1);
        try {
            if (!kilobytes.tryAcquire(cost, WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("too many large schemas are being parsed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("it is stopping");
        }
        try {
            return parsing.get();
        } finally {
            kilobytes.release(cost);
        }
    }
}
