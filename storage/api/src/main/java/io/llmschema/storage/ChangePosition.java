package io.llmschema.storage;

import io.llmschema.model.RegistryException.InvalidValue;

/**
 * A point in the history of a store, between its changes: all that come before it have happened.
 *
 * <p>Positions of one store only grow. Who has seen a state of the store at some position has seen no change that lies behind it.
 *
 * @param value not negative
 */
public record ChangePosition(long value) implements Comparable<ChangePosition> {
    /** Before all changes. */
    public static final ChangePosition START = new ChangePosition(0);

    /** Behind all changes that will ever be. */
    public static final ChangePosition END = new ChangePosition(Long.MAX_VALUE);

    private static final int RADIX = 36;

    public ChangePosition {
        if (value < 0) {
            throw new IllegalArgumentException("a position is not negative: " + value);
        }
    }

    /** The position written so by {@link #toString}. */
    public static ChangePosition parse(String text) {
        try {
            return new ChangePosition(Long.parseLong(text, RADIX));
        } catch (IllegalArgumentException e) {
            var invalid = new InvalidValue("consistency-token", text, "it is not one that this registry gave");
            invalid.initCause(e);
            throw invalid;
        }
    }

    /** Whether everything before the other position lies before this one too. */
    public boolean covers(ChangePosition other) {
        return value >= other.value;
    }

    /** The later one. */
    public ChangePosition max(ChangePosition other) {
        return covers(other) ? this : other;
    }

    @Override
    public int compareTo(ChangePosition other) {
        return Long.compare(value, other.value);
    }

    /** Short, and safe in a header. */
    @Override
    public String toString() {
        return Long.toString(value, RADIX);
    }
}
