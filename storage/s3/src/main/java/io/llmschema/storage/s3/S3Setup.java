package io.llmschema.storage.s3;

import io.llmschema.model.RegistryException.StorageUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/**
 * Makes a bucket as the registry's should be: versioned, encrypted, closed to the public, and cleaned up by itself.
 *
 * <p>Each step looks first, changes what is not so, and looks again; what a server accepts without keeping it counts as not supported.
 * Running it again changes nothing. Lifecycle rules of others stay.
 */
public final class S3Setup {
    /** How long a version of an object is kept after it was deleted or replaced. */
    public static final int NONCURRENT_DAYS = 90;

    /** How long the parts of an upload are kept that nobody has completed. */
    public static final int INCOMPLETE_DAYS = 7;

    private static final String NONCURRENT_RULE = "llmschema-noncurrent-versions";
    private static final String INCOMPLETE_RULE = "llmschema-incomplete-uploads";

    /** What became of a step. */
    public enum Outcome {
        DONE,
        ALREADY_SO,
        /** This server cannot do it. */
        NOT_SUPPORTED,
        /** It can, but has not: look at the detail, and run it again. */
        FAILED
    }

    /**
     * One thing that was to be made so.
     *
     * @param what it is, in words
     * @param detail the server's words, or empty
     */
    public record Step(String what, Outcome outcome, String detail) {
        @Override
        public String toString() {
            String result = switch (outcome) {
                case DONE -> "done";
                case ALREADY_SO -> "already so";
                case NOT_SUPPORTED -> "not supported by this server";
                case FAILED -> "failed";
            };
            return what + ": " + result + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    private final S3Config config;
    private final S3Client client;

    private S3Setup(S3Config config, S3Client client) {
        this.config = config;
        this.client = client;
    }

    /**
     * Every step with its outcome, in the order in which they were taken; a step that fails does not keep the later ones from being tried.
     *
     * @throws StorageUnavailable the server cannot be reached, or the bucket is not there and cannot be made; nothing was changed
     */
    public static List<Step> run(S3Config config) {
        try (S3Client client = S3Clients.client(config)) {
            return new S3Setup(config, client).steps();
        }
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        try {
            steps.add(bucket());
        } catch (SdkException e) {
            throw S3Failures.unavailable(config, e);
        }
        steps.add(step("versions are kept", this::isVersioned, this::keepVersions));
        steps.add(step(encryptionInWords(), this::isEncrypted, this::encrypt));
        steps.add(step("public access is blocked", this::isClosed, this::closeToThePublic));
        steps.add(step(
                "old versions expire after %d days, incomplete uploads after %d"
                        .formatted(NONCURRENT_DAYS, INCOMPLETE_DAYS),
                this::isCleanedUp,
                this::cleanUp));
        return List.copyOf(steps);
    }

    private Step bucket() {
        String what = "bucket '" + config.bucket() + "'";
        try {
            client.headBucket(request -> request.bucket(config.bucket()));
            return new Step(what, Outcome.ALREADY_SO, "");
        } catch (S3Exception e) {
            if (e.statusCode() != S3Failures.NOT_FOUND) {
                throw e;
            }
        }
        try {
            client.createBucket(request -> {
                request.bucket(config.bucket());
                String region = client.serviceClientConfiguration().region().id();
                // Amazon's oldest region is the one that may not be named.
                if (!region.equals(S3Config.DEFAULT_REGION)) {
                    request.createBucketConfiguration(created -> created.locationConstraint(region));
                }
            });
            return new Step(what, Outcome.DONE, "");
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // Somebody else has made it meanwhile; if it is not ours, this says so.
            client.headBucket(request -> request.bucket(config.bucket()));
            return new Step(what, Outcome.ALREADY_SO, "");
        }
    }

    private static Step step(String what, BooleanSupplier isSo, Runnable makeSo) {
        try {
            if (isSo.getAsBoolean()) {
                return new Step(what, Outcome.ALREADY_SO, "");
            }
            makeSo.run();
            return isSo.getAsBoolean()
                    ? new Step(what, Outcome.DONE, "")
                    : new Step(what, Outcome.NOT_SUPPORTED, "it was accepted, and is not so");
        } catch (AwsServiceException e) {
            return new Step(what, isUnsupported(e) ? Outcome.NOT_SUPPORTED : Outcome.FAILED, S3Failures.serverWords(e));
        } catch (SdkException e) {
            return new Step(what, Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isUnsupported(AwsServiceException e) {
        return e.statusCode() == S3Failures.NOT_IMPLEMENTED
                || e.statusCode() == S3Failures.METHOD_NOT_ALLOWED
                || S3Failures.code(e).equals("NotImplemented");
    }

    private interface Question<T> {
        T ask();
    }

    /** The answer, null where the server says that nothing of the kind has been set. */
    private static <T> @Nullable T unlessNotSet(Question<T> question) {
        try {
            return question.ask();
        } catch (S3Exception e) {
            if (e.statusCode() == S3Failures.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private boolean isVersioned() {
        return client.getBucketVersioning(request -> request.bucket(config.bucket()))
                        .status()
                == BucketVersioningStatus.ENABLED;
    }

    private void keepVersions() {
        client.putBucketVersioning(request -> request.bucket(config.bucket())
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    }

    private String encryptionInWords() {
        return switch (config.encryption()) {
            case S3Encryption.BucketDefault(), S3Encryption.SseS3() ->
                "objects are encrypted by default with keys of the store";
            case S3Encryption.SseKms(String keyId) -> "objects are encrypted by default with the key " + keyId;
        };
    }

    private ServerSideEncryptionByDefault encryption() {
        return switch (config.encryption()) {
            case S3Encryption.BucketDefault(), S3Encryption.SseS3() ->
                ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AES256)
                        .build();
            case S3Encryption.SseKms(String keyId) ->
                ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AWS_KMS)
                        .kmsMasterKeyID(keyId)
                        .build();
        };
    }

    private boolean isEncrypted() {
        return Optional.ofNullable(
                        unlessNotSet(() -> client.getBucketEncryption(request -> request.bucket(config.bucket()))))
                .map(answer -> answer.serverSideEncryptionConfiguration())
                .filter(found -> found.rules().stream()
                        .anyMatch(rule -> encryption().equals(rule.applyServerSideEncryptionByDefault())))
                .isPresent();
    }

    private void encrypt() {
        ServerSideEncryptionRule.Builder rule =
                ServerSideEncryptionRule.builder().applyServerSideEncryptionByDefault(encryption());
        if (config.encryption() instanceof S3Encryption.SseKms) {
            // One request to the key service for many objects.
            rule.bucketKeyEnabled(true);
        }
        client.putBucketEncryption(request -> request.bucket(config.bucket())
                .serverSideEncryptionConfiguration(encryption -> encryption.rules(rule.build())));
    }

    private static PublicAccessBlockConfiguration closed() {
        return PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true)
                .build();
    }

    private boolean isClosed() {
        return Optional.ofNullable(
                        unlessNotSet(() -> client.getPublicAccessBlock(request -> request.bucket(config.bucket()))))
                .map(answer -> answer.publicAccessBlockConfiguration())
                .filter(closed()::equals)
                .isPresent();
    }

    private void closeToThePublic() {
        client.putPublicAccessBlock(
                request -> request.bucket(config.bucket()).publicAccessBlockConfiguration(closed()));
    }

    private List<LifecycleRule> ourRules() {
        return List.of(
                LifecycleRule.builder()
                        .id(NONCURRENT_RULE)
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(config.prefix()))
                        .noncurrentVersionExpiration(expiration -> expiration.noncurrentDays(NONCURRENT_DAYS))
                        .build(),
                LifecycleRule.builder()
                        .id(INCOMPLETE_RULE)
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(config.prefix()))
                        .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(INCOMPLETE_DAYS))
                        .build());
    }

    private List<LifecycleRule> rules() {
        return Optional.ofNullable(unlessNotSet(
                        () -> client.getBucketLifecycleConfiguration(request -> request.bucket(config.bucket()))))
                .map(answer -> answer.rules())
                .orElse(List.of());
    }

    /** Told by their purpose: a server may write a rule otherwise than it was given. */
    private boolean isCleanedUp() {
        List<LifecycleRule> rules = rules();
        return ourRules().stream().allMatch(ours -> rules.stream().anyMatch(rule -> isSame(ours, rule)));
    }

    private static boolean isSame(LifecycleRule ours, LifecycleRule found) {
        return ours.id().equals(found.id())
                && found.status() == ExpirationStatus.ENABLED
                && prefix(ours).equals(prefix(found))
                && Optional.ofNullable(ours.noncurrentVersionExpiration())
                        .equals(Optional.ofNullable(found.noncurrentVersionExpiration()))
                && Optional.ofNullable(ours.abortIncompleteMultipartUpload())
                        .equals(Optional.ofNullable(found.abortIncompleteMultipartUpload()));
    }

    private static String prefix(LifecycleRule rule) {
        return Optional.ofNullable(rule.filter()).map(filter -> filter.prefix()).orElse("");
    }

    private void cleanUp() {
        List<String> ourIds = ourRules().stream().map(LifecycleRule::id).toList();
        List<LifecycleRule> all = Stream.concat(
                        rules().stream().filter(rule -> !ourIds.contains(rule.id())), ourRules().stream())
                .toList();
        client.putBucketLifecycleConfiguration(
                request -> request.bucket(config.bucket()).lifecycleConfiguration(lifecycle -> lifecycle.rules(all)));
    }
}
