package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A condition of the reader that what the writer's schema accepts may not meet.
 *
 * @param rule the kind of difference
 * @param reader the place of the condition
 * @param writer the place of what was known
 * @param witnesses values of the place that is spoken of, which are as far as is known accepted there by the writer and refused by the reader;
 *     none: it is only not proven
 */
record Finding(String rule, String message, Pointer reader, Pointer writer, List<JsonNode> witnesses) {
    static final String NOTHING_ACCEPTED = "nothing-accepted";

    /** The most values that are carried on. */
    static final int MAX_WITNESSES = 6;

    Finding {
        witnesses = witnesses.stream().distinct().limit(MAX_WITNESSES).toList();
    }

    Finding with(List<JsonNode> others) {
        return new Finding(rule, message, reader, writer, others);
    }

    Finding as(String otherRule, String otherMessage) {
        return new Finding(otherRule, otherMessage, reader, writer, witnesses);
    }
}
