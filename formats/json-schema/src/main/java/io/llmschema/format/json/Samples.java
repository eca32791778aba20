package io.llmschema.format.json;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values to begin with when one of some kind is looked for. */
final class Samples {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final List<JsonNode> KEYWORDS = List.of(JSON.nullNode(), JSON.booleanNode(true), JSON.booleanNode(false));

    static final List<JsonNode> OF_EVERY_KIND = List.of(
            JSON.stringNode("a"),
            JSON.numberNode(1L),
            JSON.objectNode(),
            JSON.arrayNode(),
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(new java.math.BigDecimal("0.5")),
            JSON.numberNode(-1L),
            JSON.stringNode(""),
            JSON.numberNode(0L),
            JSON.booleanNode(false));

    static final List<String> TEXTS = List.of(
            "a", "", "A", "0", "1.0.0", "a-b", "a_b", "a/b", "ab", "abc", "x.y", "http://example.com", "$a", "-", " ");

    private Samples() {}
}
