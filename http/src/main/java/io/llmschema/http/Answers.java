package io.llmschema.http;

import io.llmschema.model.Fingerprint;
import java.util.function.Supplier;

/** The answers to reads: tagged, so that a client that has one is not sent it again. */
public final class Answers {
    /** May be kept, but must be asked about every time. */
    private static final String REVALIDATE = "no-cache";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private Answers() {}

    /**
     * The answer to a read that may be different next time.
     *
     * @param tag changes whenever the body does
     * @param body made only if the client does not have it
     */
    public static Answer tagged(Request request, String tag, String mediaType, Supplier<byte[]> body) {
        return tagged(request, tag, mediaType, REVALIDATE, body);
    }

    /** The answer to a read that is the same for ever. */
    public static Answer immutable(Request request, String tag, String mediaType, Supplier<byte[]> body) {
        return tagged(request, tag, mediaType, FOR_EVER, body);
    }

    /** The answer to a read that nothing but its body tells from others. */
    public static Answer hashed(Request request, String mediaType, byte[] body) {
        return tagged(request, Fingerprint.sha256(body).toString().substring(0, 32), mediaType, REVALIDATE, () -> body);
    }

    private static Answer tagged(
            Request request, String tag, String mediaType, String cacheControl, Supplier<byte[]> body) {
        String etag = '"' + tag + '"';
        Answer answer = request.hasCurrent(etag) ? Answer.empty(304) : Answer.of(200, mediaType, body.get());
        return answer.with("ETag", etag).with("Cache-Control", cacheControl).with("Vary", "Registry-Tenant");
    }
}
