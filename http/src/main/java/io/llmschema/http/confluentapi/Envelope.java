package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.JsonWriter;

/**
 * A refusal as this dialect says it.
 *
 * @param code {@code error_code}, by which clients tell refusals apart
 */
record Envelope(int status, int code, String message) {
    /** What a client that is sent away for now is told to wait. */
    private static final String RETRY_AFTER_SECONDS = "1";

    /** The store does not answer, or has no time. */
    static final int STORE_FAILED = 50001;

    static final int TIMED_OUT = 50002;

    Answer toAnswer(MediaType type) {
        byte[] body = JsonWriter.bytes(out -> out.object(() -> {
            out.number("error_code", code);
            out.text("message", message);
        }));
        Answer answer = Answer.of(status, type.toString(), body).with("Cache-Control", "no-store");
        return code == STORE_FAILED || code == TIMED_OUT ? answer.with("Retry-After", RETRY_AFTER_SECONDS) : answer;
    }
}
