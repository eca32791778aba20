package io.llmschema.systemtests;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** What a server has answered. */
record Reply(int status, HttpHeaders headers, byte[] body) {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** The value of a header; empty if there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The media type of the body, without parameters. */
    String mediaType() {
        return header("Content-Type").split(";", 2)[0].strip();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return parse(text());
    }

    /** The text at a JSON pointer of the body; empty if there is none. */
    String text(String pointer) {
        return json().at(pointer).asString("");
    }

    static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + " " + text();
    }
}
