package io.llmschema.storage;

import java.util.function.Supplier;

/**
 * How new the answers to one request must be, and how new they were.
 *
 * <p>It travels beside the calls of a request rather than through their parameters, because every question has the same wish and
 * every answer adds to the same sum: whoever handles a request runs it {@link #in} one; a cache asks {@link #required}; whoever knows how
 * new an answer is, notes it. Outside of a request nothing is required, and notes are lost. Used by one thread.
 */
public final class Consistency {
    private static final ScopedValue<Consistency> CURRENT = ScopedValue.newInstance();

    private final ChangePosition required;
    private ChangePosition shown;
    private boolean isStale;

    /** @param required no answer may be older than that */
    public Consistency(ChangePosition required) {
        this.required = required;
        this.shown = required;
    }

    /** Does work whose questions and answers this is about. */
    public <R> R in(Supplier<? extends R> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** What the request at hand requires. */
    public static ChangePosition required() {
        return CURRENT.isBound() ? CURRENT.get().required : ChangePosition.START;
    }

    /** Takes note that the request at hand is shown a state as of this position. */
    public static void note(ChangePosition position) {
        if (CURRENT.isBound()) {
            Consistency current = CURRENT.get();
            current.shown = current.shown.max(position);
        }
    }

    /** Takes note that the request at hand is shown what may be outdated. */
    public static void noteStale() {
        if (CURRENT.isBound()) {
            CURRENT.get().isStale = true;
        }
    }

    /** Behind the last change that was required or shown: who requires it next time does not go back in time. */
    public ChangePosition shown() {
        return shown;
    }

    /** Whether something was shown that may be outdated, because the store could not be asked. */
    public boolean isStale() {
        return isStale;
    }
}
