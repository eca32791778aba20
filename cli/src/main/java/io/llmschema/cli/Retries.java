package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Unreachable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The rule by which a request is made again while the registry is away: longer and longer pauses, up to a bound.
 *
 * <p>Every request of the API may be repeated without harm: registering what is there and deleting what is gone change nothing.
 * So an answer that was lost on the way costs a repetition and no more. Threads share one object; an outage that all of them
 * meet is announced once, and so is its end.
 */
final class Retries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Duration patience;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final Consumer<String> news;
    private final AtomicBoolean isAway = new AtomicBoolean();

    /** A wait that says whether it was cut short because somebody wants to stop. */
    interface Pause {
        boolean sleep(Duration duration);
    }

    /** A failure that time may heal. */
    static final class Transient extends Exception {
        private final Duration atLeast;
        private final RuntimeException finalFailure;

        /**
         * @param atLeast the pause the server asked for; zero if it did not
         * @param finalFailure what to throw when patience is at an end
         */
        Transient(String message, Duration atLeast, RuntimeException finalFailure) {
            super(message);
            this.atLeast = atLeast;
            this.finalFailure = finalFailure;
        }
    }

    /** One try of a request. */
    interface Attempt<T> {
        T run() throws Transient;
    }

    /**
     * @param patience how long a request is repeated after its first failure; zero for never
     * @param news hears of an outage and of its end, in a sentence
     */
    Retries(Duration patience, Pause pause, LongSupplier nanoTime, Consumer<String> news) {
        this.patience = patience;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.news = news;
    }

    /** Fails at the first trouble, as befits a command that a person waits for. */
    static Retries none() {
        return new Retries(Duration.ZERO, duration -> true, System::nanoTime, sentence -> {});
    }

    /** What the first successful try brought; the failure's own exception once patience is at an end or somebody wants to stop. */
    <T> T untilAnswered(Attempt<T> attempt) {
        Duration next = FIRST_PAUSE;
        long firstFailure = 0;
        boolean hasFailed = false;
        while (true) {
            try {
                T answer = attempt.run();
                announceReturn();
                return answer;
            } catch (Transient failure) {
                long now = nanoTime.getAsLong();
                firstFailure = hasFailed ? firstFailure : now;
                hasFailed = true;
                Duration wait = longer(next, failure.atLeast);
                Duration left = patience.minusNanos(now - firstFailure);
                if (left.compareTo(Duration.ZERO) <= 0) {
                    throw failure.finalFailure;
                }
                announceOutage(failure);
                if (pause.sleep(wait.compareTo(left) < 0 ? wait : left)) {
                    throw failure.finalFailure;
                }
                next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void announceOutage(Transient failure) {
        // A single conflict or full queue is everyday life; only a registry that is away is worth a sentence.
        if (failure.finalFailure instanceof Unreachable && isAway.compareAndSet(false, true)) {
            news.accept("the registry is away (" + failure.getMessage() + "); trying again for up to "
                    + patience.toSeconds() + " s");
        }
    }

    private void announceReturn() {
        if (isAway.get() && isAway.compareAndSet(true, false)) {
            news.accept("the registry is back; going on");
        }
    }
}
