package io.llmschema.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time, of whole minutes.
 *
 * @param from the first moment that belongs to it
 * @param to the first moment after it
 */
public record Period(Instant from, Instant to) {
    public Period {
        if (!isWholeMinute(from) || !isWholeMinute(to) || !from.isBefore(to)) {
            throw new IllegalArgumentException("not a period of whole minutes: from %s to %s".formatted(from, to));
        }
    }

    private static boolean isWholeMinute(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.MINUTES));
    }

    public boolean contains(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
