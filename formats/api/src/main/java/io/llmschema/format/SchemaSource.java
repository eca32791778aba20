package io.llmschema.format;

import io.llmschema.model.SchemaContent;
import java.util.List;

/**
 * The text of a schema with everything it refers to, as {@link SchemaFormat#parse} takes them.
 *
 * @param references directly or through others, each after what it refers to itself
 */
public record SchemaSource(SchemaContent content, List<ReferencedSchema> references) {
    public SchemaSource {
        references = List.copyOf(references);
    }
}
