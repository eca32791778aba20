package io.llmschema.systemtests.confluent;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as it stands in a kit's file.
 *
 * @param path with its query, percent-encoded
 * @param body absent: it has none
 */
record Request(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable Body body) {
    /** What is sent. */
    sealed interface Body {
        String text(Values values);
    }

    record Json(JsonNode template) implements Body {
        @Override
        public String text(Values values) {
            return values.fill(template).toString();
        }
    }

    /** What is sent as it stands, be it JSON or not. */
    record Raw(String content) implements Body {
        @Override
        public String text(Values values) {
            return values.unique(content);
        }
    }

    Request {
        headers = Map.copyOf(headers);
    }

    Request filled(Values values) {
        return new Request(method, values.fill(path), headers, body == null ? null : new Raw(body.text(values)));
    }

    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder(method).append(' ').append(path);
        headers.forEach((name, value) ->
                shown.append(" [").append(name).append(": ").append(value).append(']'));
        if (body instanceof Raw raw) {
            shown.append(' ').append(raw.content());
        }
        return shown.toString();
    }
}
