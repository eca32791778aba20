package io.llmschema.registry;

import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish to make a text the next version of a subject.
 *
 * @param version wanted; absent: the next one
 * @param state of the new version: DRAFT or ACTIVE
 * @param author who wishes it, 1 to 255 characters
 */
public record RegistrationRequest(
        Subject subject,
        SchemaType type,
        SchemaContent content,
        @Nullable Version version,
        List<RequestedReference> references,
        Metadata metadata,
        SchemaState state,
        String author) {
    public RegistrationRequest {
        references = List.copyOf(references);
    }
}
