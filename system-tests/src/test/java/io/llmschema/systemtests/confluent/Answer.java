package io.llmschema.systemtests.confluent;

import java.net.http.HttpHeaders;

/** What a server has answered. */
record Answer(int status, HttpHeaders headers, String body) {
    private static final int MAX_SHOWN = 2_000;

    /** The value of a header; empty if there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        String shown = body.length() > MAX_SHOWN ? body.substring(0, MAX_SHOWN) + "…" : body;
        return status + " " + shown;
    }
}
