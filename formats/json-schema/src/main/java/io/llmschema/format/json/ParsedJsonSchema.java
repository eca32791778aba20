package io.llmschema.format.json;

import io.llmschema.format.ParsedSchema;
import io.llmschema.json.CanonicalJson;
import io.llmschema.model.SchemaOutline;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A valid JSON Schema: only what is asked of it, without the tree it came from. */
record ParsedJsonSchema(String canonicalForm, String unorderedForm, SchemaOutline outline) implements ParsedSchema {
    static ParsedJsonSchema of(JsonNode root, SchemaDocument document) {
        Set<JsonNode> orderless = orderlessArrays(document);
        return new ParsedJsonSchema(
                CanonicalJson.ordered(root), CanonicalJson.sorted(root, orderless::contains), Outline.of(document));
    }

    /** The arrays that a validator takes as sets. Order in {@code allOf} and its siblings is kept: people give reasons by it. */
    private static Set<JsonNode> orderlessArrays(SchemaDocument document) {
        Set<JsonNode> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Site site : document.sites()) {
            site.schema().properties().forEach(entry -> {
                Shape shape = Keywords.of(site.draft()).get(entry.getKey());
                JsonNode value = entry.getValue();
                if (shape == Shape.NAMES || shape == Shape.SOME_NAMES || shape == Shape.TYPES || entry.getKey().equals("enum")) {
                    arrays.add(value);
                } else if (shape == Shape.NAMES_BY_NAME || shape == Shape.SCHEMAS_OR_NAMES_BY_NAME) {
                    value.valueStream().filter(JsonNode::isArray).forEach(arrays::add);
                }
            });
        }
        return arrays;
    }
}
