package io.llmschema.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with. May be kept, and sent any number of times.
 *
 * @param body empty: there is none
 * @param headers the last of them, which has the others before it; absent: there are none
 */
public record Answer(int status, byte[] body, @Nullable AnswerHeader headers) {
    private static final byte[] NOTHING = {};

    public static Answer of(int status, String mediaType, byte[] body) {
        return empty(status).withBody(status, mediaType, body);
    }

    public static Answer empty(int status) {
        return new Answer(status, NOTHING, null);
    }

    /** This answer with a further header; a value that its name had before counts no longer. */
    public Answer with(String header, String value) {
        return new Answer(status, body, new AnswerHeader(header, value, headers));
    }

    /** The value of a header; absent if it is not given. */
    public @Nullable String header(String name) {
        for (AnswerHeader header = headers; header != null; header = header.before()) {
            if (header.name().equals(name)) {
                return header.value();
            }
        }
        return null;
    }

    /** An answer with a body, beside the headers of this one. */
    Answer withBody(int newStatus, String mediaType, byte[] newBody) {
        return new Answer(newStatus, newBody, new AnswerHeader("Content-Type", mediaType, headers));
    }
}
