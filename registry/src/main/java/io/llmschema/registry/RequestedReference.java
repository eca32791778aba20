package io.llmschema.registry;

import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;

/**
 * A reference as a user gives it; the selector is resolved to one version when it is registered.
 *
 * @param name how the schema's text names the other one
 */
public record RequestedReference(String name, Subject subject, VersionSelector selector) {}
