package io.llmschema.storage.tiered;

import io.llmschema.model.Subject;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** One kind of thing that is known of each subject, in the memory of this node. */
final class SubjectCache<T> {
    /** A summary with its records and short texts. */
    private static final int OVERHEAD_BYTES = 1_000;

    private final Copies<Subject, T> copies;

    /** @param longTexts how many characters of it may be many */
    SubjectCache(CacheLimits limits, ToIntFunction<T> longTexts) {
        this.copies = new Copies<>(
                limits,
                (_, seen) ->
                        OVERHEAD_BYTES + seen.found().map(longTexts::applyAsInt).orElse(0),
                Owner.OfSubject::new,
                (floor, _, seen) -> floor.admits(seen));
    }

    Seen<T> get(Subject subject, Predicate<? super Seen<T>> isAdmissible, Function<Subject, Seen<T>> loader) {
        return copies.get(subject, isAdmissible, (asked, _) -> loader.apply(asked));
    }

    Optional<Seen<T>> peek(Subject subject) {
        return copies.peek(subject);
    }

    void apply(List<SubjectChange> changes) {
        copies.apply(changes);
    }

    void clear() {
        copies.clear();
    }
}
