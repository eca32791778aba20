package io.llmschema.storage;

import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes to subjects, with the promises of {@link SchemaWriter}. */
public interface SubjectWriter {
    /**
     * Changes what is said about a subject.
     *
     * @param rule from the subject as it is to its new details
     * @throws RegistryException.SubjectNotFound no such subject, or it is deleted
     */
    SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at);

    /**
     * Changes what is set for a subject, be it there or not; it outlives the subject.
     *
     * @param rule from what is set to what is to be
     */
    SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule);

    /**
     * Soft-deletes a subject with all its versions.
     *
     * @return the versions that this deleted, by ordinal
     * @throws RegistryException.SubjectNotFound no such subject, or it is deleted already
     * @throws RegistryException.SchemaInUse a live schema of another subject refers to one of its versions
     */
    List<SchemaSummary> deleteSubject(Subject subject, Instant at);
}
