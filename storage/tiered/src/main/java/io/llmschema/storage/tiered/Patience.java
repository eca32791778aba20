package io.llmschema.storage.tiered;

import io.llmschema.model.RegistryException.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How long a store is waited for by those who have an older answer at hand: not long, and after it has failed not at all for a while.
 *
 * <p>A store that hangs would otherwise hold up every read of what is kept.
 */
final class Patience {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** After a failure one caller tries again after so long a time. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private volatile long failedAt = System.nanoTime() - PAUSE.toNanos();

    /** What the store answers; empty if it does not. */
    <T> Optional<T> ask(Supplier<T> asking) {
        if (System.nanoTime() - failedAt < PAUSE.toNanos()) {
            return Optional.empty();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("asking").start(() -> {
            try {
                answer.complete(asking.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return Optional.of(answer.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageUnavailable) {
                return failed();
            }
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            return failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private <T> Optional<T> failed() {
        failedAt = System.nanoTime();
        return Optional.empty();
    }
}
