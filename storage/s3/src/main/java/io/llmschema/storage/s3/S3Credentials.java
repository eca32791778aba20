package io.llmschema.storage.s3;

/** An access key and its secret, which no text form shows. */
public record S3Credentials(String accessKey, String secretKey) {
    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("credentials of S3 are an access key and a secret key, both or none");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[hidden]";
    }
}
