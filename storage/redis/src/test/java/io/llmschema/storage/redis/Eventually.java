package io.llmschema.storage.redis;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waiting for a condition. */
final class Eventually {
    private static final long POLL_NANOS = 2_000_000;

    private Eventually() {}

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TestRedis.LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("not within %s: %s", TestRedis.LONG, what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
