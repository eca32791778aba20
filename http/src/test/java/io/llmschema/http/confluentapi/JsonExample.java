package io.llmschema.http.confluentapi;

import io.llmschema.http.JsonWriter;
import io.llmschema.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** JSON for tests, written with single quotes where it has double ones. */
final class JsonExample {
    private static final int MAX_DEPTH = 100;

    private JsonExample() {}

    static JsonNode of(String singleQuoted) {
        return switch (JsonText.parse(singleQuoted.replace('\'', '"'), MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed malformed -> throw new IllegalArgumentException(malformed.toString());
        };
    }

    static String doubleQuoted(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    /** The object that has the fields which are written meanwhile. */
    static String object(Consumer<JsonWriter> fields) {
        byte[] written = JsonWriter.bytes(out -> out.object(() -> fields.accept(out)));
        return new String(written, StandardCharsets.UTF_8);
    }
}
