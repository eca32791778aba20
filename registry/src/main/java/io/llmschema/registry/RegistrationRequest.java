package io.llmschema.registry;

import io.llmschema.model.DataEncoding;
import io.llmschema.model.Metadata;
import io.llmschema.model.Placement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wish to make a text the next version of a subject.
 *
 * @param version wanted; absent: the next one
 * @param state of the new version: DRAFT or ACTIVE
 * @param author who wishes it, 1 to 255 characters
 * @param identity what tells its content apart from others
 * @param placement which numbers it is to get
 * @param encodings of data in which it must be compatible where none are set; empty: all that the language has
 */
public record RegistrationRequest(
        Subject subject,
        SchemaType type,
        SchemaContent content,
        @Nullable Version version,
        List<RequestedReference> references,
        Metadata metadata,
        SchemaState state,
        String author,
        ContentIdentity identity,
        Placement placement,
        Set<DataEncoding> encodings) {
    public RegistrationRequest {
        references = List.copyOf(references);
        encodings = Set.copyOf(encodings);
    }

    /** One that nothing but its bytes and references tells apart, under the next numbers. */
    public RegistrationRequest(
            Subject subject,
            SchemaType type,
            SchemaContent content,
            @Nullable Version version,
            List<RequestedReference> references,
            Metadata metadata,
            SchemaState state,
            String author) {
        this(
                subject,
                type,
                content,
                version,
                references,
                metadata,
                state,
                author,
                ContentIdentity.BYTES,
                Placement.NEXT,
                Set.of());
    }
}
