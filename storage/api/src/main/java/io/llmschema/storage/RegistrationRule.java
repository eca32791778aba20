package io.llmschema.storage;

import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.Version;

/** Decides, under the lock of a subject, whether a candidate may become its next version, and under which number. */
@FunctionalInterface
public interface RegistrationRule {
    /**
     * The version number for the candidate.
     *
     * @throws RegistryException the candidate may not be registered; nothing is changed then
     */
    Version assignVersion(NewSchema candidate, SubjectHistory history);
}
