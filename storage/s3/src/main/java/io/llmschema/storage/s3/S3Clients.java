package io.llmschema.storage.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The clients of the SDK for a configuration. */
final class S3Clients {
    /** What is waited before the second attempt at most, and before later ones. */
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    private S3Clients() {}

    /** @throws IllegalArgumentException neither the configuration nor the environment names a region */
    static S3Client client(S3Config config) {
        S3Limits limits = config.limits();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(limits.connectTimeout())
                        .socketTimeout(limits.readTimeout())
                        .connectionAcquisitionTimeout(limits.maxWait())
                        // Checks of health do not wait for their turn.
                        .maxConnections(limits.maxConcurrent() + 1))
                .overrideConfiguration(override -> override.apiCallTimeout(limits.callTimeout())
                        .apiCallAttemptTimeout(limits.attemptTimeout())
                        .retryStrategy(retries(limits.maxAttempts())))
                .forcePathStyle(config.isPathStyle())
                .serviceConfiguration(plainBodies())
                // By default it sends, and looks for, checksums that only Amazon's own servers know; the hash is
                // checked here anyway.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        URI endpoint = config.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        String region = config.region();
        if (region != null) {
            builder.region(Region.of(region));
        }
        S3Credentials credentials = config.credentials();
        if (credentials != null) {
            builder.credentialsProvider(provider(credentials));
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "the region of S3 is not known; write it as in s3://bucket?region=eu-central-1", e);
        }
    }

    static S3Presigner presigner(S3Config config, S3Client client) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .s3Client(client)
                .region(client.serviceClientConfiguration().region())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(config.isPathStyle())
                        .build());
        URI endpoint = config.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        S3Credentials credentials = config.credentials();
        if (credentials != null) {
            builder.credentialsProvider(provider(credentials));
        }
        return builder.build();
    }

    private static StandardRetryStrategy retries(int maxAttempts) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(maxAttempts)
                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, MAX_BACKOFF))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF.multipliedBy(5), MAX_BACKOFF))
                // It would go on refusing calls for a while after the store is back.
                .circuitBreakerEnabled(false)
                .build();
    }

    private static S3Configuration plainBodies() {
        return S3Configuration.builder().chunkedEncodingEnabled(false).build();
    }

    private static StaticCredentialsProvider provider(S3Credentials credentials) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey()));
    }
}
