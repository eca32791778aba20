package io.llmschema.systemtests.confluent;

import org.jspecify.annotations.Nullable;

/**
 * The levels for which a step or an expectation holds.
 *
 * @param first the lowest of them; absent: there is none below which it would not hold
 * @param beyond the lowest above all of them; absent: there is none
 */
record Levels(@Nullable Level first, @Nullable Level beyond) {
    static final Levels ALL = new Levels(null, null);

    /** From a kit's file: {@code @8.0+} is 8.0 and later, {@code @<8.0} what was before it. */
    Levels and(String condition) {
        if (condition.startsWith("@<")) {
            return new Levels(first, Level.parse(condition.substring(2)));
        }
        if (condition.startsWith("@") && condition.endsWith("+")) {
            return new Levels(Level.parse(condition.substring(1, condition.length() - 1)), beyond);
        }
        throw new IllegalArgumentException("'" + condition + "' is no condition; such are @8.0+ and @<8.0");
    }

    boolean contain(Level level) {
        return (first == null || level.compareTo(first) >= 0) && (beyond == null || level.compareTo(beyond) < 0);
    }
}
