package io.llmschema.registry;

import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import java.util.List;

/**
 * The question whether a text may become the next version of a subject, as far as compatibility goes.
 *
 * @param against the versions to compare with, each once however often it is meant; empty: those that the level says. At most
 *     {@link RegistryLimits#MAX_COMPARED_VERSIONS}
 */
public record CompatibilityRequest(
        Subject subject,
        SchemaType type,
        SchemaContent content,
        List<RequestedReference> references,
        CompatibilityCriteria criteria,
        List<VersionSelector> against) {
    public CompatibilityRequest {
        references = List.copyOf(references);
        against = List.copyOf(against);
        if (against.size() > RegistryLimits.MAX_COMPARED_VERSIONS) {
            throw new InvalidValue(
                    "against",
                    against.size() + " versions",
                    "at most %d can be named".formatted(RegistryLimits.MAX_COMPARED_VERSIONS));
        }
    }
}
