package io.llmschema.http;

import java.time.Duration;

/**
 * How much of the server one client may take.
 *
 * @param maxRequestBytes the largest request body
 */
public record HttpLimits(int maxRequestBytes) {
    /** The most connections at a time; further ones are refused by the operating system. */
    static final int MAX_CONNECTIONS = 10_000;

    /** The most requests at a time; further ones are answered with 503. */
    static final int MAX_CONCURRENT_REQUESTS = 5_000;

    /** How long a body may take to arrive, however slowly it drips. */
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

    /** How long a connection is kept without a request. */
    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);

    /** How long requests in flight may take to end when the server stops. */
    static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    /** Request bodies together hold no more bytes than this. */
    static final int MAX_BODY_BYTES_AT_ONCE = 48 * 1024 * 1024;

    /**
     * Request bodies that are worked on together have no more bytes than this, a larger one is worked on alone: read as JSON, a body
     * takes many times its bytes.
     */
    static final int MAX_WORK_BYTES_AT_ONCE = 8 * 1024 * 1024;

    /** An answer above this size is sent only when there is room among the large ones. */
    static final int LARGE_ANSWER_BYTES = 1024 * 1024;

    /** Large answers that are being sent together have no more bytes than this; further ones are refused for now. */
    static final int MAX_LARGE_ANSWER_BYTES_AT_ONCE = 64 * 1024 * 1024;

    /** How long a client may take to read a large answer. */
    static final Duration SEND_TIMEOUT = Duration.ofSeconds(60);

    /** How long a request waits until there is room for its body. */
    static final Duration BODY_WAIT = Duration.ofSeconds(10);

    /** The longest first line of a request, percent-encoded as it is: room for a subject, a cursor and the longest parameter. */
    static final int MAX_REQUEST_LINE_LENGTH = 32_768;

    /** The longest value of a query parameter. */
    static final int MAX_PARAMETER_LENGTH = 8_192;

    /**
     * The limits that go with a limit on contents: a content in a JSON envelope, escaped, may be twice as long, and the envelope says
     * more beside it.
     */
    public static HttpLimits forContentsOf(int maxContentBytes) {
        return new HttpLimits(2 * maxContentBytes + 1024 * 1024);
    }
}
