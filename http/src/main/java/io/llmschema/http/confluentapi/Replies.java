package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.JsonWriter;
import io.llmschema.http.Request;
import java.util.function.Consumer;

/** The answers of this dialect, in the media type that a request accepts. */
final class Replies {
    /** What answers differ by, beside their path. */
    static final String VARY = "Registry-Tenant, Accept";

    private Replies() {}

    /** The answer to a read, with what is written meanwhile. */
    static Answer read(Request request, Consumer<JsonWriter> value) {
        return read(request, JsonWriter.bytes(value));
    }

    static Answer read(Request request, byte[] body) {
        MediaType type = MediaType.acceptedBy(request);
        return Answers.hashed(request, type.toString(), body).with("Vary", VARY);
    }

    /** The answer to a change, or to a question that is sent as a body. */
    static Answer done(Request request, Consumer<JsonWriter> value) {
        return done(request, JsonWriter.bytes(value));
    }

    static Answer done(Request request, byte[] body) {
        return Answer.of(200, MediaType.acceptedBy(request).toString(), body);
    }
}
