package io.llmschema.registry;

import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.VersionSelector;
import java.util.List;

/**
 * The question whether a text may become the next version of a subject, as far as compatibility goes.
 *
 * @param metadata that it would have; they say which group of versions it belongs to
 * @param wish by what it is to be judged, as far as that is not what is in force for the subject
 * @param against the versions to compare with, each once however often it is meant; empty: those that the level says. At most
 *     {@link RegistryLimits#MAX_COMPARED_VERSIONS}
 */
public record CompatibilityRequest(
        Subject subject,
        SchemaType type,
        SchemaContent content,
        List<RequestedReference> references,
        Metadata metadata,
        SubjectSettings wish,
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
