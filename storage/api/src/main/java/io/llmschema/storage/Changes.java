package io.llmschema.storage;

import java.util.List;

/**
 * A stretch of the history of a store.
 *
 * @param changes in no promised order; some may have been told before
 * @param upTo every change before it has been told by now
 * @param asOf when the store was asked, as {@link System#nanoTime} of this machine: whatever was committed before is told by now
 * @param isComplete false if more has happened than could be told: who keeps copies must give up all that can change
 */
public record Changes(List<SubjectChange> changes, ChangePosition upTo, long asOf, boolean isComplete) {
    public Changes {
        changes = List.copyOf(changes);
    }
}
