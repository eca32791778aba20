package io.llmschema.cli;

import java.util.HashSet;
import java.util.Set;

/**
 * What a run will be about, known before it sends anything: its subjects, and those of which something is deleted on the way.
 *
 * <p>It is made by a first pass over all sources, which costs a decompression and a tokenising more. In return every later
 * question has its answer at the first row of a subject: whether an import will come later in the run, and whether a history
 * must be compared with the registry's log because repeating its registrations would not be harmless (see {@link ReplayLog}).
 * Learning of a deletion only when its row comes would be too late: the rows before it have been sent by then.
 */
final class RunOutline {
    private final Set<String> subjects = new HashSet<>();
    private final Set<String> withDeletions = new HashSet<>();
    private long rows;

    void add(String subject, boolean isDelete) {
        rows++;
        subjects.add(subject);
        if (isDelete) {
            withDeletions.add(subject);
        }
    }

    boolean has(String subject) {
        return subjects.contains(subject);
    }

    boolean hasDeletionOf(String subject) {
        return withDeletions.contains(subject);
    }

    long rows() {
        return rows;
    }
}
