package io.llmschema.storage;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import java.util.Optional;

/** Questions about subjects. */
public interface SubjectReader {
    /** The subject, deleted or not; empty if nothing was ever registered in it. */
    Optional<SubjectSummary> getSubject(Subject subject);

    /**
     * What is set for a subject, or for all subjects of a {@link Subject#isScope scope}; {@link SubjectSettings#NONE} if nothing is.
     *
     * <p>It is set for the name: the subject need not be there.
     */
    SubjectSettings getSettings(Subject subject);

    /** The subjects that pass the filter, by name in the order of their UTF-8 bytes. */
    Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page);

    /** What is set under the names that pass the filter, be there a subject of that name or not; in the same order. */
    Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page);
}
