package io.llmschema.format.avro;

import io.llmschema.format.ParsedSchema;
import io.llmschema.json.CanonicalJson;
import io.llmschema.model.SchemaOutline;
import tools.jackson.databind.JsonNode;

/**
 * A valid Avro schema: only what is asked of it, without the tree it came from.
 *
 * <p>The canonical form is that of its JSON. It is not Avro's own Parsing Canonical Form, which leaves out documentation, defaults and
 * aliases: those matter to whoever evolves a schema or reads it. Fields, symbols and branches of unions keep their order in both
 * forms, since the binary encoding is made of it.
 */
record ParsedAvroSchema(String canonicalForm, String unorderedForm, SchemaOutline outline) implements ParsedSchema {
    static ParsedAvroSchema of(JsonNode root, SchemaWalk walk) {
        return new ParsedAvroSchema(
                CanonicalJson.ordered(root),
                CanonicalJson.sorted(root, walk::isAliases),
                walk.outline().finish());
    }
}
