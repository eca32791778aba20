package io.llmschema.storage;

import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import java.util.Optional;

/** What a subject has been so far, as a {@link RegistrationRule} sees it: valid only while the rule runs. */
public interface SubjectHistory {
    /** The subject, deleted or not; empty if nothing was ever registered in it. */
    Optional<SubjectSummary> subject();

    /** The highest version by precedence that the subject ever had, deleted ones included. */
    Optional<Version> highestVersion();
}
