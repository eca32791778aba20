package io.llmschema.cli;

import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON reader and writer of the room. */
final class Json {
    /** The longest string accepted: a schema inside a row or an answer. */
    static final int MAX_STRING_LENGTH = 64 << 20;

    /** Deeper nesting is refused; reading is iterative, so depth costs nothing but this bound. */
    private static final int MAX_DEPTH = 10_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .build();

    static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    private static final ObjectReader VALUES = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** The value that the parser stands before or on, whatever follows it. */
    static JsonNode valueAt(JsonParser parser) {
        return VALUES.readTree(parser);
    }
}
