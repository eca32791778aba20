package io.llmschema.format.json;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.json.ReferenceCheck.Target;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A schema read to be compared with others, and what its references lead to. Used by one thread.
 *
 * @param document with the schemas that only references make ones
 * @param targets for each schema of the document with a {@code $ref} what it means
 */
record ReadSchema(
        JsonNode root,
        List<ReferencedSchema> references,
        SchemaDocument document,
        OtherDocuments others,
        IdentityHashMap<JsonNode, Target> targets) {
    static ReadSchema of(JsonNode root, SchemaSource source) {
        SchemaDocument document = SchemaDocument.read(root);
        OtherDocuments others = new OtherDocuments(document.root().base(), source.references());
        return new ReadSchema(root, source.references(), document, others, new ReferenceCheck(document, others).run());
    }
}
