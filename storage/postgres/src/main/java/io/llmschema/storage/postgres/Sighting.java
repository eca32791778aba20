package io.llmschema.storage.postgres;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Placement;
import io.llmschema.model.Registration;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Registered;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectHistory;
import org.jspecify.annotations.Nullable;

/**
 * What a subject had of a candidate at one moment.
 *
 * @param history of the subject then
 * @param position behind the subject's last change then
 * @param identical the live version that the candidate already was, if it was one
 * @param lastOrdinal the highest that the subject has used; 0: there is no such subject, or nothing was ever registered in it
 * @param scopes of what was set above the subject
 * @param isKnown whether the tenant had the content, be it in another subject
 * @param predecessor the content of the last version, if it can be stored against
 */
record Sighting(
        SubjectHistory history,
        ChangePosition position,
        @Nullable SchemaSummary identical,
        int lastOrdinal,
        ScopeRevisions scopes,
        boolean isKnown,
        @Nullable Predecessor predecessor) {
    /** Whether it still holds for a subject that has been locked: every change gives it a new revision. */
    boolean holdsFor(LockedSubject subject) {
        return history.revision() == subject.summary().revision();
    }

    /**
     * Whether nothing about a registration but the subject's history asks for a lock: no version that it refers to, no number that is wished for or may be
     * another's, no content that is there or in the blob store.
     */
    boolean isPlain(NewSchema candidate, Version version, PreparedContent content) {
        Version highest = history.highest();
        return lastOrdinal > 0
                && !isKnown
                && candidate.references().isEmpty()
                && candidate.placement().equals(Placement.NEXT)
                && content.upload() == null
                && (highest == null || version.compareTo(highest) > 0);
    }

    /** That the candidate is this version already. */
    Seen<Registered> found(SchemaSummary version) {
        boolean isLatest = version.id().equals(history.latestId());
        return new Seen<>(
                new Registered(new Registration(version, false), isLatest),
                history.revision(),
                position,
                ChangePosition.START);
    }

    NewVersion newVersion(NewSchema candidate, Version version) {
        return new NewVersion(candidate, version, lastOrdinal + 1, lastOrdinal, history);
    }
}
