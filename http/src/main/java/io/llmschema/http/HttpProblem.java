package io.llmschema.http;

import org.jspecify.annotations.Nullable;

/** A refusal of a request as such, before the registry is asked: a fact of HTTP, rendered by each dialect in its way. */
public final class HttpProblem extends RuntimeException {
    /** What may be wrong with a request. */
    public enum Kind {
        /** The body is not what the route takes: not JSON, a wrong type, an unknown field. */
        MALFORMED_REQUEST(400, "malformed-request"),
        /** The path or query is not well-formed. */
        MALFORMED_PATH(400, "malformed-path"),
        /** There is no such path. */
        UNKNOWN_ROUTE(404, "unknown-route"),
        /** The path is right, the method is not. */
        METHOD_NOT_ALLOWED(405, "method-not-allowed"),
        /** The body did not arrive in time. */
        REQUEST_TIMEOUT(408, "request-timeout"),
        /** The body is larger than the server reads. */
        REQUEST_TOO_LARGE(413, "content-too-large"),
        /** The path and query together are longer than the server reads. */
        REQUEST_LINE_TOO_LONG(414, "request-line-too-long"),
        /** The body is of a kind that the route does not take. */
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        /** Stable, for programs. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;
    private final @Nullable String allow;

    public HttpProblem(Kind kind, String detail) {
        this(kind, detail, null);
    }

    /** @param allow with METHOD_NOT_ALLOWED: the methods that are */
    HttpProblem(Kind kind, String detail, @Nullable String allow) {
        super(detail);
        this.kind = kind;
        this.allow = allow;
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    @Nullable
    String allow() {
        return allow;
    }
}
