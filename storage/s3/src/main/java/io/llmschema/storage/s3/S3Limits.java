package io.llmschema.storage.s3;

import java.time.Duration;

/**
 * How long and how much at once a store may be asked.
 *
 * @param connectTimeout for a connection to be there
 * @param readTimeout without a byte from the store
 * @param attemptTimeout for one request and its answer, of at most {@link S3BlobStore#PART_BYTES}
 * @param callTimeout for all attempts at a request, with the waits between them
 * @param maxAttempts at a request, the first included; between them is waited longer and longer, at random
 * @param maxConcurrent calls at once; others wait
 * @param maxWait for one's turn
 * @param pause how long a store that did not answer is left alone
 */
public record S3Limits(
        Duration connectTimeout,
        Duration readTimeout,
        Duration attemptTimeout,
        Duration callTimeout,
        int maxAttempts,
        int maxConcurrent,
        Duration maxWait,
        Duration pause) {
    /** For a store in the same region or room. */
    public static final S3Limits DEFAULT = new S3Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            3,
            64,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));

    private static final int MAX_ATTEMPTS = 10;
    private static final int MAX_CONCURRENT = 1_000;

    public S3Limits {
        for (Duration duration :
                new Duration[] {connectTimeout, readTimeout, attemptTimeout, callTimeout, maxWait, pause}) {
            if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a time limit of S3 is a millisecond or more, not " + duration);
            }
        }
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "a request to S3 is attempted 1 to " + MAX_ATTEMPTS + " times, not " + maxAttempts);
        }
        if (maxConcurrent < 1 || maxConcurrent > MAX_CONCURRENT) {
            throw new IllegalArgumentException(
                    "S3 is asked by 1 to " + MAX_CONCURRENT + " calls at once, not " + maxConcurrent);
        }
    }

    public S3Limits withAttempts(int given) {
        return new S3Limits(
                connectTimeout, readTimeout, attemptTimeout, callTimeout, given, maxConcurrent, maxWait, pause);
    }

    public S3Limits withConcurrency(int given, Duration givenWait) {
        return new S3Limits(
                connectTimeout, readTimeout, attemptTimeout, callTimeout, maxAttempts, given, givenWait, pause);
    }

    public S3Limits withTimeouts(Duration connect, Duration read, Duration attempt, Duration call) {
        return new S3Limits(connect, read, attempt, call, maxAttempts, maxConcurrent, maxWait, pause);
    }

    public S3Limits withPause(Duration given) {
        return new S3Limits(
                connectTimeout, readTimeout, attemptTimeout, callTimeout, maxAttempts, maxConcurrent, maxWait, given);
    }
}
