package io.llmschema.format.avro;

import io.llmschema.json.CanonicalJson;
import io.llmschema.json.Pointer;
import tools.jackson.databind.JsonNode;

/** What stands at a place in the text of a schema. */
record Spot(JsonNode node, Pointer at) {
    /** An attribute that is there. */
    Spot child(String name) {
        return new Spot(node.required(name), at.child(name));
    }

    Spot child(int index) {
        return new Spot(node.required(index), at.child(index));
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text() {
        return CanonicalJson.ordered(node);
    }
}
