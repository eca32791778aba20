package io.llmschema.http;

import io.llmschema.model.Fingerprint;

/** The answers to reads that are asked for too seldom to be kept. */
public final class Answers {
    private Answers() {}

    /** The answer to a read that nothing but its body tells from others. */
    public static Answer hashed(Request request, String mediaType, byte[] body) {
        String tag = Fingerprint.sha256(body).toString().substring(0, 32);
        return TaggedAnswer.revalidated(tag, mediaType).to(request, () -> body);
    }
}
