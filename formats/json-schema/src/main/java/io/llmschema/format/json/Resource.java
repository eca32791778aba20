package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A schema that has a URI of its own: a document, or a part of one with an identifier.
 *
 * @param base what relative references in it are resolved against; empty for a document without an identifier
 * @param root the value that {@code #} means
 * @param pointer the place of the root in its document
 * @param anchors the parts of it that have a name
 */
record Resource(UriReference base, JsonNode root, Pointer pointer, Draft draft, Map<String, JsonNode> anchors) {
    Resource(UriReference base, JsonNode root, Pointer pointer, Draft draft) {
        this(base, root, pointer, draft, new HashMap<>());
    }
}
