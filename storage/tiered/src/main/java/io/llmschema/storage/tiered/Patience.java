package io.llmschema.storage.tiered;

import io.llmschema.model.RegistryException.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * How long a store is waited for by those who have an older answer at hand: not long, and once it is known to be away not at all.
 *
 * <p>A store that hangs would otherwise hold up every read of what is kept. While it is away, one of them now and then has it asked in the
 * background.
 */
final class Patience {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** How long after a failure the store is left alone. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final AtomicBoolean isProbing = new AtomicBoolean();
    private volatile boolean isAway;
    private volatile long failedAt;

    /** The store has been heard. */
    void heard() {
        isAway = false;
    }

    /** What the store answers; empty if it does not. */
    <T> Optional<T> ask(Supplier<T> asking) {
        if (isAway) {
            if (System.nanoTime() - failedAt > PAUSE.toNanos() && isProbing.compareAndSet(false, true)) {
                var _ = start(asking).whenComplete((_, _) -> isProbing.set(false));
            }
            return Optional.empty();
        }
        try {
            return Optional.of(start(asking).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageUnavailable) {
                return Optional.empty();
            }
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            failed();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private <T> CompletableFuture<T> start(Supplier<T> asking) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("asking").start(() -> {
            try {
                T asked = asking.get();
                isAway = false;
                answer.complete(asked);
            } catch (StorageUnavailable e) {
                failed();
                answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void failed() {
        failedAt = System.nanoTime();
        isAway = true;
    }
}
