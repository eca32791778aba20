package io.llmschema.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param mediaType of the body; absent: there is none
 * @param headers further ones, by name
 */
public record Answer(int status, @Nullable String mediaType, byte[] body, Map<String, String> headers) {
    private static final byte[] NOTHING = {};

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, String mediaType, byte[] body) {
        return new Answer(status, mediaType, body, Map.of());
    }

    public static Answer empty(int status) {
        return new Answer(status, null, NOTHING, Map.of());
    }

    public Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, mediaType, body, all);
    }
}
