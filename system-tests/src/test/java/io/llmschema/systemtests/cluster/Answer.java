package io.llmschema.systemtests.cluster;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node has answered.
 *
 * @param status 0 if there was no answer
 * @param token the consistency token; empty if there was none
 * @param isStale whether it is said to be possibly outdated
 * @param begin when the request was sent, as {@link System#nanoTime}
 * @param end when the answer was there
 */
record Answer(int status, String token, boolean isStale, String etag, byte[] body, long begin, long end) {
    private static final JsonMapper JSON = new JsonMapper();

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isAbsent() {
        return status == 404;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    String code() {
        return json().path("code").asString("");
    }

    /** How long it took. */
    long nanos() {
        return end - begin;
    }

    @Override
    public String toString() {
        return status + (isStale ? " (stale) " : " ") + text();
    }
}
