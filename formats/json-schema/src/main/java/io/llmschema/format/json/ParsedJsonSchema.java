package io.llmschema.format.json;

import io.llmschema.format.ParsedSchema;
import io.llmschema.json.CanonicalJson;
import io.llmschema.model.SchemaOutline;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A valid JSON Schema: only what is asked of it, without the tree it came from. */
record ParsedJsonSchema(
        String canonicalForm, String unorderedForm, Optional<String> wordlessForm, SchemaOutline outline)
        implements ParsedSchema {
    private static final List<Shape> SETS = List.of(Shape.NAMES, Shape.SOME_NAMES, Shape.TYPES);
    private static final List<Shape> SETS_BY_NAME =
            List.of(Shape.NAMES_BY_NAME, Shape.SCHEMAS_OR_NAMES_BY_NAME, Shape.SCHEMAS_OR_SOME_NAMES_BY_NAME);

    static ParsedJsonSchema of(JsonNode root, SchemaDocument document) {
        Set<JsonNode> orderless = orderlessArrays(document);
        return new ParsedJsonSchema(
                CanonicalJson.ordered(root),
                CanonicalJson.sorted(root, orderless::contains),
                WordlessForm.of(root, document),
                Outline.of(document));
    }

    /** The arrays that a validator takes as sets. Order in {@code allOf} and its siblings is kept: people give reasons by it. */
    static Set<JsonNode> orderlessArrays(SchemaDocument document) {
        Set<JsonNode> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Site site : document.sites()) {
            site.schema().properties().forEach(entry -> {
                Shape shape = Keywords.of(site.draft()).get(entry.getKey());
                JsonNode value = entry.getValue();
                if (shape == null) {
                    return;
                }
                if (entry.getKey().equals("enum") || SETS.contains(shape)) {
                    arrays.add(value);
                } else if (SETS_BY_NAME.contains(shape)) {
                    value.valueStream().filter(JsonNode::isArray).forEach(arrays::add);
                }
            });
        }
        return arrays;
    }
}
