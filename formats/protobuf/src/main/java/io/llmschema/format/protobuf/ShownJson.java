package io.llmschema.format.protobuf;

import tools.jackson.databind.JsonNode;

/** A JSON value in a sentence. */
final class ShownJson {
    private ShownJson() {}

    static String of(JsonNode value) {
        if (value.isString()) {
            return "the string \"" + Names.shortened(value.stringValue()) + "\"";
        }
        if (value.isNumber()) {
            return "the number " + Names.shortened(value.numberValue().toString());
        }
        return value.isObject() ? "an object" : value.isArray() ? "an array" : value.toString();
    }
}
