package io.llmschema.storage;

import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.Version;
import java.util.Optional;

/**
 * Decides, on what a subject has been so far, whether a candidate may become its next version, and under which number.
 *
 * <p>An instance is for one registration.
 */
@FunctionalInterface
public interface RegistrationRule {
    /**
     * The version number for the candidate.
     *
     * @param store of the transaction that holds the lock: what it answers stays true until the version is written. To be asked for what cannot be
     *     known before
     * @throws RegistryException the candidate may not be registered; nothing is changed then
     */
    Version assignVersion(NewSchema candidate, SubjectHistory history, SchemaStore store);

    /**
     * Does what can be done before the subject is locked, so that the lock need not be held for it: called at most once, by stores that have a
     * lock to save. What it finds may be outdated when the lock is held.
     *
     * @param history as it was a moment ago
     * @param store what that was seen in, or a newer state of it
     * @return the version number that {@link #assignVersion} will assign if the history is still the same then, so that it need not be asked; empty:
     *     it must be
     */
    default Optional<Version> prepare(NewSchema candidate, SubjectHistory history, SchemaStore store) {
        return Optional.empty();
    }
}
