package io.llmschema.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a table shows of a subject or a version. */
final class Fields {
    private Fields() {}

    static String state(JsonNode item) {
        String stage = item.path("state").path("stage").asString("-");
        return item.hasNonNull("deletedAt") ? "deleted" : stage;
    }

    static String tags(JsonNode item) {
        String tags =
                item.path("tags").values().stream().map(tag -> tag.asString("")).collect(Collectors.joining(","));
        return tags.isEmpty() ? "-" : tags;
    }
}
