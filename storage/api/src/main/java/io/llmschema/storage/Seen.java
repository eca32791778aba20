package io.llmschema.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a store, with how new it is.
 *
 * <p>A class rather than a record, so that a cached answer is handed out without making an object.
 */
public final class Seen<T> {
    private final Optional<T> found;
    private final long revision;
    private final ChangePosition position;

    /**
     * @param found what was there; null: nothing
     * @param revision of what was asked about, at that moment: for a question about a subject the subject's, for one about a
     *     version the version's; 0 if that was not there
     * @param position behind the last change that the answer shows
     */
    public Seen(@Nullable T found, long revision, ChangePosition position) {
        this.found = Optional.ofNullable(found);
        this.revision = revision;
        this.position = position;
    }

    /** What was there. */
    public Optional<T> found() {
        return found;
    }

    public long revision() {
        return revision;
    }

    public ChangePosition position() {
        return position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seen<?> seen
                && seen.found.equals(found)
                && seen.revision == revision
                && seen.position.equals(position);
    }

    @Override
    public int hashCode() {
        return found.hashCode() * 31 + Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return "Seen[" + found + ", revision " + revision + ", position " + position + "]";
    }
}
