package io.llmschema.storage.tiered;

import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is said about subjects, in the memory of this node. */
final class SubjectCache {
    /** A summary with its records and short texts, and its attributes, which may be long. */
    private static final int OVERHEAD_BYTES = 1_000;

    private final Copies<Subject, SubjectSummary> copies;

    SubjectCache(CacheLimits limits) {
        this.copies = new Copies<>(
                limits, (_, seen) -> bytes(seen), Owner.OfSubject::new, (floor, _, seen) -> floor.admits(seen));
    }

    private static int bytes(Seen<SubjectSummary> seen) {
        return seen.found()
                .map(subject -> OVERHEAD_BYTES + subject.metadata().attributes().length())
                .orElse(OVERHEAD_BYTES);
    }

    Seen<SubjectSummary> get(
            Subject subject,
            Predicate<? super Seen<SubjectSummary>> isAdmissible,
            Function<Subject, Seen<SubjectSummary>> loader) {
        return copies.get(subject, isAdmissible, (asked, _) -> loader.apply(asked));
    }

    Optional<Seen<SubjectSummary>> peek(Subject subject) {
        return copies.peek(subject);
    }

    void apply(List<SubjectChange> changes) {
        copies.apply(changes);
    }

    void clear() {
        copies.clear();
    }
}
