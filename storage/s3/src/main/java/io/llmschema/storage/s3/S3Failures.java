package io.llmschema.storage.s3;

import io.llmschema.model.RegistryException.StorageUnavailable;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the failures of the SDK mean, in words that say what to do. */
final class S3Failures {
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int RANGE_NOT_SATISFIABLE = 416;
    static final int NOT_IMPLEMENTED = 501;

    private static final int MOVED = 301;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BUSY = 503;

    private S3Failures() {}

    static StorageUnavailable unavailable(S3Config config, SdkException e) {
        if (e instanceof AbortedException) {
            // The SDK has taken the interrupt.
            Thread.currentThread().interrupt();
        }
        return new StorageUnavailable(config.address() + ": " + reason(config, e), e);
    }

    static String reason(S3Config config, SdkException e) {
        return switch (e) {
            case AwsServiceException refusal -> refused(config, refusal);
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> "it did not answer in time";
            case AbortedException _ -> "interrupted";
            default -> "it cannot be reached: " + words(rootOf(e));
        };
    }

    private static String refused(S3Config config, AwsServiceException e) {
        String advice = switch (code(e)) {
            case "InvalidAccessKeyId" -> "the access key is unknown there";
            case "SignatureDoesNotMatch" -> "the secret key does not belong to the access key";
            case "RequestTimeTooSkewed" -> "the clocks of this host and of the store differ too much";
            case "NoSuchBucket" -> noBucket(config);
            case "PermanentRedirect", "AuthorizationHeaderMalformed" -> otherRegion(config);
            default ->
                switch (e.statusCode()) {
                    case UNAUTHORIZED, FORBIDDEN ->
                        "access is denied; the credentials need s3:GetObject, s3:PutObject, s3:DeleteObject, s3:ListBucket and "
                                + "s3:AbortMultipartUpload on the bucket, and with SSE-KMS the use of its key";
                    case NOT_FOUND -> noBucket(config);
                    case MOVED -> otherRegion(config);
                    case TOO_MANY_REQUESTS, BUSY -> "it is too busy";
                    default -> "it has refused the request";
                };
        };
        return advice + " (" + serverWords(e) + ")";
    }

    private static String noBucket(S3Config config) {
        return "there is no bucket '" + config.bucket() + "'; create it, or correct its name or its region";
    }

    private static String otherRegion(S3Config config) {
        return "the bucket is in another region than " + config.region();
    }

    /** The store's own code, empty if it gave none, as in answers to HEAD. */
    static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    static String serverWords(AwsServiceException e) {
        String message = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("");
        return "status %d %s %s"
                .formatted(e.statusCode(), code(e), message)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
