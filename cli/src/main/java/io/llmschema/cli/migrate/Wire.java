package io.llmschema.cli.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What carries requests to one registry; many threads may use it at a time. */
public interface Wire {
    /** What the registry said, be it yes or no. Where nobody answers, an exception of the wire's own is thrown, and the migration ends with it. */
    Answer send(Request request);

    /**
     * A question of the dialect.
     *
     * @param path its segments, not encoded
     * @param query not encoded
     */
    record Request(
            String method,
            List<String> path,
            Map<String, String> query,
            @Nullable JsonNode body) {
        public Request {
            path = List.copyOf(path);
            query = new LinkedHashMap<>(query);
        }

        static Request of(String method, String... path) {
            return new Request(method, List.of(path), Map.of(), null);
        }

        Request with(String name, String value) {
            Map<String, String> longer = new LinkedHashMap<>(query);
            longer.put(name, value);
            return new Request(method, path, longer, body);
        }

        Request with(JsonNode content) {
            return new Request(method, path, query, content);
        }
    }

    /** A status of HTTP, and the JSON that came with it. */
    record Answer(int status, JsonNode body) {
        boolean isGood() {
            return status / 100 == 2;
        }
    }
}
