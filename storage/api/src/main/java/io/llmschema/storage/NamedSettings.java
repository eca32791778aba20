package io.llmschema.storage;

import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;

/** What is set for a subject, or for all subjects of a scope. */
public record NamedSettings(Subject subject, SubjectSettings settings) {}
