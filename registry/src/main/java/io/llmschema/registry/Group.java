package io.llmschema.registry;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.Metadata;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which versions of a subject belong together: those with the same value of one attribute, or all that do not have it.
 *
 * @param attribute the name; empty: all versions belong together
 * @param value that they have, as canonical JSON; empty: they do not have the attribute
 */
record Group(String attribute, Optional<String> value) {
    /** Deeper than what a request can bring. */
    private static final int MAX_DEPTH = 1_000;

    /** The one that a version with that metadata belongs to. */
    static Group of(String attribute, Metadata metadata) {
        return new Group(attribute, attribute.isEmpty() ? Optional.empty() : value(attribute, metadata));
    }

    private static Optional<String> value(String attribute, Metadata metadata) {
        return JsonText.parse(metadata.attributes(), MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)
                ? root.optional(attribute).map(CanonicalJson::sorted)
                : Optional.empty();
    }

    boolean isWhole() {
        return attribute.isEmpty();
    }

    boolean contains(Metadata metadata) {
        return equals(of(attribute, metadata));
    }
}
