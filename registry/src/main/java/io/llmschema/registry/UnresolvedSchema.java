package io.llmschema.registry;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema whose references have not been followed yet: one that is wished for, or one that is stored.
 *
 * @param version that it has or is to have, if that is known
 */
record UnresolvedSchema(
        Subject subject,
        @Nullable Version version,
        SchemaType type,
        SchemaContent content,
        List<RequestedReference> references) {
    UnresolvedSchema {
        references = List.copyOf(references);
    }

    static UnresolvedSchema of(RegistrationRequest request) {
        return new UnresolvedSchema(
                request.subject(), request.version(), request.type(), request.content(), request.references());
    }

    static UnresolvedSchema of(CompatibilityRequest request) {
        return new UnresolvedSchema(request.subject(), null, request.type(), request.content(), request.references());
    }

    static UnresolvedSchema of(Schema schema) {
        SchemaSummary summary = schema.summary();
        return new UnresolvedSchema(
                summary.subject(),
                summary.version(),
                summary.type(),
                schema.content(),
                summary.references().stream().map(UnresolvedSchema::requested).toList());
    }

    /** A reference of a stored schema as a wish for the version that it was resolved to. */
    static RequestedReference requested(SchemaReference reference) {
        return new RequestedReference(
                reference.name(), reference.subject(), new VersionSelector.Exact(reference.version()));
    }
}
