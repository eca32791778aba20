package io.llmschema.http;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a read, with a tag that changes whenever the body does; a client that has the body already is told so instead.
 *
 * <p>May be kept, for any number of threads: the body is made for the first client that does not have it. If two ask for it at once, it
 * may be made twice, and either of the two is kept.
 */
public final class TaggedAnswer {
    /** May be kept, but must be asked about every time. */
    private static final Answer REVALIDATED = notModified("no-cache");

    private static final String KEPT_FOR_EVER = "public, max-age=31536000, immutable";
    private static final Answer FOR_EVER = notModified(KEPT_FOR_EVER);

    private final String etag;
    private final String mediaType;
    private final Answer notModified;
    private @Nullable Answer whole;

    private TaggedAnswer(String tag, String mediaType, Answer notModified, UnaryOperator<Answer> headers) {
        this.etag = '"' + tag + '"';
        this.mediaType = mediaType;
        this.notModified = headers.apply(notModified.with("ETag", etag));
    }

    private static Answer notModified(String cacheControl) {
        return Answer.empty(304).with("Cache-Control", cacheControl).with("Vary", "Registry-Tenant");
    }

    /** The answer to a read that may be different next time. */
    public static TaggedAnswer revalidated(String tag, String mediaType) {
        return revalidated(tag, mediaType, UnaryOperator.identity());
    }

    /** @param headers adds those of the answer's own, which a client is sent also if it has the body already */
    public static TaggedAnswer revalidated(String tag, String mediaType, UnaryOperator<Answer> headers) {
        return new TaggedAnswer(tag, mediaType, REVALIDATED, headers);
    }

    /** Whether an answer is one that others may keep for ever. */
    public static boolean isForEver(Answer answer) {
        return KEPT_FOR_EVER.equals(answer.header("Cache-Control"));
    }

    /** The answer to a read that is the same for ever. */
    public static TaggedAnswer immutable(String tag, String mediaType, UnaryOperator<Answer> headers) {
        return new TaggedAnswer(tag, mediaType, FOR_EVER, headers);
    }

    /** @param body asked only if the client does not have it, and no client before had to be sent it */
    public Answer to(Request request, Supplier<byte[]> body) {
        return request.hasCurrent(etag) ? notModified : whole(body);
    }

    private Answer whole(Supplier<byte[]> body) {
        Answer made = whole;
        if (made == null) {
            made = notModified.withBody(200, mediaType, body.get());
            whole = made;
        }
        return made;
    }
}
