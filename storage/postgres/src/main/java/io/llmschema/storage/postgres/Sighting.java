package io.llmschema.storage.postgres;

import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SubjectHistory;
import org.jspecify.annotations.Nullable;

/**
 * What a subject had of a candidate at one moment.
 *
 * @param history of the subject then
 * @param position behind the subject's last change then
 * @param identical the live version that the candidate already was, if it was one
 * @param isKnown whether the tenant had the content, be it in another subject
 * @param predecessor the content of the last version, if it can be stored against
 */
record Sighting(
        SubjectHistory history,
        ChangePosition position,
        @Nullable SchemaSummary identical,
        boolean isKnown,
        @Nullable Predecessor predecessor) {
    /** Whether it still holds for a subject that has been locked: every change gives it a new revision. */
    boolean holdsFor(LockedSubject subject) {
        return history.revision() == subject.summary().revision();
    }
}
