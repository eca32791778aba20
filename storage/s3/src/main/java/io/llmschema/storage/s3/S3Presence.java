package io.llmschema.storage.s3;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.llmschema.model.RegistryException.StorageUnavailable;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Remembers that the store was silent, so that not every call has to find out by waiting.
 *
 * <p>After a call without an answer, everyone is refused at once for a moment; then one asks whether the store is there, with little
 * patience, and only if it is does anyone ask more of it. An answer is an answer, whatever it says.
 */
final class S3Presence {
    /** How long the one who asks may take, at most; if it never reports, another is let through. */
    private static final Duration MAX_TRIAL = Duration.ofSeconds(10);

    private final S3Config config;
    private final Runnable probe;
    private final CircuitBreaker breaker;

    /** @param probe ends soon, and without an exception only if the store has answered */
    S3Presence(S3Config config, Runnable probe) {
        this.config = config;
        this.probe = probe;
        this.breaker = CircuitBreaker.of(
                "s3",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(1)
                        .minimumNumberOfCalls(1)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(config.limits().pause())
                        .maxWaitDurationInHalfOpenState(MAX_TRIAL)
                        .ignoreException(AbortedException.class::isInstance)
                        .recordException(e -> !(e instanceof AwsServiceException))
                        .build());
    }

    /**
     * What the store answers.
     *
     * @throws StorageUnavailable it did not answer a moment ago
     */
    <T> T ask(Supplier<T> question) {
        try {
            if (breaker.getState() != CircuitBreaker.State.CLOSED) {
                breaker.executeRunnable(probe);
            }
            return breaker.executeSupplier(question);
        } catch (CallNotPermittedException e) {
            throw new StorageUnavailable(config.address() + ": it did not answer a moment ago", e);
        }
    }
}
