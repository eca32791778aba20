package io.llmschema.storage.s3;

/** How the store encrypts objects where they lie. */
public sealed interface S3Encryption {
    /** As the bucket says, which on Amazon is at least {@link SseS3}. */
    record BucketDefault() implements S3Encryption {}

    /** With keys of the store (SSE-S3, AES-256). */
    record SseS3() implements S3Encryption {}

    /**
     * With a key of the key management service (SSE-KMS).
     *
     * @param keyId its id, ARN or alias
     */
    record SseKms(String keyId) implements S3Encryption {
        public SseKms {
            if (keyId.isBlank()) {
                throw new IllegalArgumentException("SSE-KMS needs the id, ARN or alias of a key");
            }
        }
    }
}
