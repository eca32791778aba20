package io.llmschema.registry;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.storage.Period;
import io.llmschema.storage.ReadsQuery.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What periods are meant where not all is said: widened to whole steps, and no longer than is looked at. */
record Periods(InstantSource clock) {
    /** The longest period that is looked at. */
    static final Duration MAX_LENGTH = Duration.ofDays(366);

    /** How long one is of which nothing else is said. */
    static final Duration DEFAULT_LENGTH = Duration.ofDays(7);

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * The period that is meant, made of whole steps.
     *
     * @param from absent: so long before its end
     * @param to absent: now
     * @throws InvalidValue it is none, or too long
     */
    Period meant(@Nullable Instant from, @Nullable Instant to, Step step, Duration defaultLength) {
        Instant end = end(to == null ? clock.instant() : checked("to", to), step);
        Instant start = step.startOf(from == null ? end.minus(defaultLength) : checked("from", from));
        if (!start.isBefore(end)) {
            throw new InvalidValue("from", start.toString(), "the period must end after it begins, it ends at " + end);
        }
        if (Duration.between(start, end).compareTo(MAX_LENGTH.plus(step.length())) > 0) {
            throw new InvalidValue(
                    "from",
                    start.toString(),
                    "a period has at most %d days, this one ends at %s".formatted(MAX_LENGTH.toDays(), end));
        }
        return new Period(start, end);
    }

    /** The end of the step in which a period ends that ends before this moment. */
    private static Instant end(Instant to, Step step) {
        return step.startOf(to.plus(step.length()).minusNanos(1));
    }

    private static Instant checked(String name, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidValue(name, time.toString(), "it is a time from %s to %s".formatted(EARLIEST, LATEST));
        }
        return time;
    }
}
