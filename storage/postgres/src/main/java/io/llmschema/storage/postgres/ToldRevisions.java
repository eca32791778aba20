package io.llmschema.storage.postgres;

import io.llmschema.model.Subject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The revision up to which the listener of this node has been told all changes of a subject, of the subjects changed last. */
final class ToldRevisions {
    /** Forgetting one costs its next change a question to the log. */
    private static final int MAX_SUBJECTS = 10_000;

    private final Map<Subject, Long> revisions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Long> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };

    synchronized void note(Subject subject, long revision) {
        revisions.merge(subject, revision, Math::max);
    }

    /** 0 if it is not known. */
    synchronized long revision(Subject subject) {
        return revisions.getOrDefault(subject, 0L);
    }

    synchronized void clear() {
        revisions.clear();
    }
}
