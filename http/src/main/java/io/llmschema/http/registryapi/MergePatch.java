package io.llmschema.http.registryapi;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON merge patch (RFC 7396) on free metadata. */
final class MergePatch {
    /** Deeper than what a request can bring. */
    private static final int MAX_DEPTH = 1_000;

    private MergePatch() {}

    /**
     * The object with the patch applied, as text.
     *
     * @param target an object that was stored, as text
     * @param patch an object
     */
    static String apply(String target, JsonNode patch) {
        JsonNode before = JsonText.parse(target, MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)
                ? root
                : JsonNodeFactory.instance.objectNode();
        JsonNode after = merge(before, patch);
        JsonIn.checkIsStorable("metadata", after);
        return CanonicalJson.ordered(after);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        target.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
            }
        }
        return merged;
    }
}
