package io.llmschema.storage.s3;

import io.llmschema.testkit.S3Server;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** One real S3 server for the tests of this JVM that leave it alone. */
final class TestS3 {
    static final String BUCKET = "schemas";

    static final S3Credentials CREDENTIALS = new S3Credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);

    /** For tests of trouble: short, so that they do not take long; what they are does not matter to the outcome. */
    static final S3Limits SHORT = S3Limits.DEFAULT
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3))
            .withAttempts(2)
            .withPause(Duration.ofMillis(1));

    /** Far more than all of {@link #SHORT}; a call that takes as long does not end. */
    static final Duration HANGING = Duration.ofSeconds(60);

    private static final S3Server SHARED = started();

    private TestS3() {}

    static S3Server started() {
        S3Server server = S3Server.start();
        server.createBucket(BUCKET);
        return server;
    }

    static S3Server shared() {
        return SHARED;
    }

    /** With keys that no other test has. */
    static S3Config fresh(S3Server server) {
        return S3Config.of(server.url(BUCKET, "test-" + UUID.randomUUID())).withCredentials(CREDENTIALS);
    }

    static S3Config fresh() {
        return fresh(SHARED);
    }

    /** Puts an object as somebody else does. */
    static void write(S3Config config, String key, byte[] bytes) {
        try (S3Client client = S3Clients.client(config)) {
            client.putObject(request -> request.bucket(config.bucket()).key(key), RequestBody.fromBytes(bytes));
        }
    }

    static String key(S3Config config, Object hash) {
        return config.prefix() + "sha256/" + hash.toString().substring(0, 2) + "/" + hash;
    }
}
