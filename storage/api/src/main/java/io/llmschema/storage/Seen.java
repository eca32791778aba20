package io.llmschema.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a store, with how new it is.
 *
 * <p>Two are equal if they show the same state, whenever they were taken.
 *
 * <p>A class rather than a record, so that a cached answer is handed out without making an object.
 */
public final class Seen<T> {
    private final Optional<T> found;
    private final long revision;
    private final ChangePosition shown;
    private final ChangePosition complete;

    /**
     * @param found what was there; null: nothing
     * @param revision of what was asked about, at that moment: for a question about a subject the subject's, for one about a
     *     version the version's; 0 if that was not there
     * @param shown behind the last change that the answer shows
     * @param complete every change before it is shown, as far as it is about what was asked. The two differ where transactions overlap: a
     *     change may be shown while one that began before it has not ended
     */
    public Seen(@Nullable T found, long revision, ChangePosition shown, ChangePosition complete) {
        this.found = Optional.ofNullable(found);
        this.revision = revision;
        this.shown = shown;
        this.complete = complete;
    }

    /** What was there. */
    public Optional<T> found() {
        return found;
    }

    public long revision() {
        return revision;
    }

    /** Behind the last change that the answer shows: who was shown it must not be shown less. */
    public ChangePosition shown() {
        return shown;
    }

    /** What is answered to whoever must be shown all before this position. */
    public ChangePosition complete() {
        return complete;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seen<?> seen
                && seen.found.equals(found)
                && seen.revision == revision
                && seen.shown.equals(shown);
    }

    @Override
    public int hashCode() {
        return found.hashCode() * 31 + Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return "Seen[" + found + ", revision " + revision + ", shown " + shown + "]";
    }
}
