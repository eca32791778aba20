package io.llmschema.storage.s3;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobChecks;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobPage.Blob;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.Health;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A {@link BlobStore} in a bucket: an object's key is the prefix, {@code sha256/ab/} and the 64 digits of the hash.
 *
 * <p>Objects are put on the condition that they are not there, where the server knows such conditions; where not, it is asked first. Larger
 * ones travel in parts of {@value #PART_BYTES} bytes, both ways, so that a time limit is one of a part. What the SDK cannot do is {@link
 * StorageUnavailable}, with words that say what to do about it; a server that was asked may still do it later, a deletion too. Nothing is
 * asked of the server before it is needed.
 */
public final class S3BlobStore implements BlobStore {
    /** The most bytes that travel in one request. */
    public static final int PART_BYTES = 8 * 1024 * 1024;

    /** The longest that an address for downloads can be valid; S3's own limit. */
    public static final Duration MAX_URL_AGE = Duration.ofDays(7);

    /** How long each of the requests of {@link #check} may take, and the one that asks whether anyone is there again. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

    private static final AwsRequestOverrideConfiguration SOON = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(CHECK_TIMEOUT)
            .build();

    private static final byte[] CHECK_BYTES = {'o', 'k'};

    private static final String IF_ABSENT = "*";
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]{1,18})");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final S3Config config;
    private final S3Client client;
    private final S3Presigner presigner;
    private final Semaphore turns;
    private final S3Presence presence;

    /** Whether the server knows {@code If-None-Match}, as far as it has told. */
    private volatile boolean knowsConditions = true;

    /** Some bytes of an object, and how many it has in all. */
    private record Part(byte[] bytes, long total) {}

    /** @throws IllegalArgumentException neither the configuration nor the environment names a region */
    public S3BlobStore(S3Config config) {
        this.config = config;
        this.client = S3Clients.client(config);
        this.presigner = S3Clients.presigner(config, client);
        this.turns = new Semaphore(config.limits().maxConcurrent());
        this.presence = new S3Presence(config, this::probe);
    }

    private String folder() {
        return config.prefix() + "sha256/";
    }

    private String key(Fingerprint hash) {
        String name = hash.toString();
        return folder() + name.substring(0, 2) + "/" + name;
    }

    /** What the server answers, once it is this call's turn. */
    private <T> T inTurn(Supplier<T> question) {
        awaitTurn();
        try {
            return presence.ask(question);
        } catch (SdkException e) {
            throw S3Failures.unavailable(config, e);
        } finally {
            turns.release();
        }
    }

    /** The smallest question; that the bucket is not there, or may not be seen, is an answer too. */
    private void probe() {
        try {
            client.headBucket(request -> request.bucket(config.bucket()).overrideConfiguration(SOON));
        } catch (AwsServiceException e) {
            // It is there.
        }
    }

    private void awaitTurn() {
        Duration longest = config.limits().maxWait();
        try {
            if (!turns.tryAcquire(longest.toMillis(), MILLISECONDS)) {
                String reason = "%s: %d calls are under way, and none has ended for %s"
                        .formatted(config.address(), config.limits().maxConcurrent(), longest);
                throw new StorageUnavailable(reason, new TimeoutException(reason));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable(config.address() + ": interrupted", e);
        }
    }

    /** How many more calls could be made at once now. */
    int freeTurns() {
        return turns.availablePermits();
    }

    @Override
    public void put(Fingerprint hash, byte[] bytes) {
        BlobChecks.beforePut(hash, bytes);
        inTurn(() -> {
            if (bytes.length <= PART_BYTES) {
                putWhole(hash, bytes);
            } else if (!isThere(hash)) {
                putInParts(hash, bytes);
            }
            return hash;
        });
    }

    private void putWhole(Fingerprint hash, byte[] bytes) {
        if (!knowsConditions) {
            putWholeUnlessThere(hash, bytes);
            return;
        }
        try {
            client.putObject(newObject(hash).ifNoneMatch(IF_ABSENT).build(), body(bytes, 0, bytes.length));
        } catch (S3Exception e) {
            switch (e.statusCode()) {
                case S3Failures.PRECONDITION_FAILED -> {
                    // It is there already.
                }
                // Somebody else is putting the same bytes, and may yet fail.
                case S3Failures.CONFLICT -> putWholeUnlessThere(hash, bytes);
                case S3Failures.NOT_IMPLEMENTED -> {
                    putWholeUnlessThere(hash, bytes);
                    knowsConditions = false;
                }
                default -> throw e;
            }
        }
    }

    private void putWholeUnlessThere(Fingerprint hash, byte[] bytes) {
        if (!isThere(hash)) {
            client.putObject(newObject(hash).build(), body(bytes, 0, bytes.length));
        }
    }

    private PutObjectRequest.Builder newObject(Fingerprint hash) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(config.bucket())
                .key(key(hash))
                .contentType(CONTENT_TYPE);
        return switch (config.encryption()) {
            case S3Encryption.BucketDefault() -> request;
            case S3Encryption.SseS3() -> request.serverSideEncryption(ServerSideEncryption.AES256);
            case S3Encryption.SseKms(String keyId) ->
                request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(keyId);
        };
    }

    private CreateMultipartUploadRequest.Builder newUpload(Fingerprint hash) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(config.bucket())
                .key(key(hash))
                .contentType(CONTENT_TYPE);
        return switch (config.encryption()) {
            case S3Encryption.BucketDefault() -> request;
            case S3Encryption.SseS3() -> request.serverSideEncryption(ServerSideEncryption.AES256);
            case S3Encryption.SseKms(String keyId) ->
                request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(keyId);
        };
    }

    /** These bytes, not copied. */
    private static RequestBody body(byte[] bytes, int offset, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, offset, length), length, CONTENT_TYPE);
    }

    private void putInParts(Fingerprint hash, byte[] bytes) {
        String upload = client.createMultipartUpload(newUpload(hash).build()).uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (int offset = 0; offset < bytes.length; offset += PART_BYTES) {
                parts.add(putPart(hash, upload, parts.size() + 1, bytes, offset));
            }
            client.completeMultipartUpload(request -> request.bucket(config.bucket())
                    .key(key(hash))
                    .uploadId(upload)
                    .multipartUpload(whole -> whole.parts(parts)));
        } catch (SdkException e) {
            abort(hash, upload, e);
            throw e;
        }
    }

    private CompletedPart putPart(Fingerprint hash, String upload, int number, byte[] bytes, int offset) {
        int length = Math.min(PART_BYTES, bytes.length - offset);
        String tag = client.uploadPart(
                        request -> request.bucket(config.bucket())
                                .key(key(hash))
                                .uploadId(upload)
                                .partNumber(number)
                                .contentLength((long) length),
                        body(bytes, offset, length))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void abort(Fingerprint hash, String upload, SdkException reason) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(config.bucket()).key(key(hash)).uploadId(upload));
        } catch (SdkException e) {
            // What is left of it is never seen as an object, and removed by the lifecycle that S3Setup makes.
            reason.addSuppressed(e);
        }
    }

    @Override
    public Optional<byte[]> get(Fingerprint hash) {
        return inTurn(() -> read(hash)).map(bytes -> BlobChecks.afterGet(hash, bytes, toString()));
    }

    private Optional<byte[]> read(Fingerprint hash) {
        Optional<Part> first = readPart(hash, 0);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long total = first.get().total();
        if (total > MAX_BYTES) {
            throw new ContentDamaged(hash, toString(), "it has %,d bytes".formatted(total), null);
        }
        byte[] start = first.get().bytes();
        if (start.length >= total) {
            return Optional.of(start);
        }
        byte[] whole = Arrays.copyOf(start, (int) total);
        int length = start.length;
        while (length < total) {
            Optional<Part> next = readPart(hash, length);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes = next.get().bytes();
            if (bytes.length == 0 || bytes.length > total - length) {
                throw new ContentDamaged(hash, toString(), "it was changed while it was read", null);
            }
            System.arraycopy(bytes, 0, whole, length, bytes.length);
            length += bytes.length;
        }
        return Optional.of(whole);
    }

    /** The bytes from there on, at most a part of them unless the server knows no ranges; empty if there is no object. */
    private Optional<Part> readPart(Fingerprint hash, int offset) {
        try {
            return Optional.of(client.getObject(
                    request -> request.bucket(config.bucket())
                            .key(key(hash))
                            .range("bytes=%d-%d".formatted(offset, offset + PART_BYTES - 1)),
                    toPart()));
        } catch (S3Exception e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            if (e.statusCode() == S3Failures.RANGE_NOT_SATISFIABLE) {
                // There is nothing from there on: of an object without bytes, that is all.
                return Optional.of(new Part(new byte[0], 0));
            }
            throw e;
        }
    }

    private static ResponseTransformer<GetObjectResponse, Part> toPart() {
        return (response, body) -> {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            String range = response.contentRange();
            Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
            return new Part(bytes, matcher.matches() ? Long.parseLong(matcher.group(1)) : bytes.length);
        };
    }

    private static boolean isAbsence(S3Exception e) {
        return e.statusCode() == S3Failures.NOT_FOUND && !S3Failures.code(e).equals("NoSuchBucket");
    }

    @Override
    public boolean exists(Fingerprint hash) {
        return inTurn(() -> isThere(hash));
    }

    private boolean isThere(Fingerprint hash) {
        try {
            client.headObject(request -> request.bucket(config.bucket()).key(key(hash)));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() != S3Failures.NOT_FOUND) {
                throw e;
            }
            // An answer to HEAD does not say whether it is the object or the bucket that is missing.
            client.headBucket(request -> request.bucket(config.bucket()));
            return false;
        }
    }

    @Override
    public void delete(Fingerprint hash) {
        inTurn(() -> {
            try {
                client.deleteObject(request -> request.bucket(config.bucket()).key(key(hash)));
            } catch (S3Exception e) {
                // Amazon's answer is the same whether it was there; others' is not.
                if (!isAbsence(e)) {
                    throw e;
                }
            }
            return hash;
        });
    }

    @Override
    public BlobPage list(@Nullable Fingerprint after, int limit) {
        BlobChecks.limit(limit);
        return inTurn(() -> {
            String last = after == null ? null : key(after);
            while (true) {
                ListObjectsV2Response page = keys(last, limit);
                List<Blob> blobs = page.contents().stream()
                        .flatMap(object -> blob(object).stream())
                        .toList();
                boolean isMore = Boolean.TRUE.equals(page.isTruncated())
                        && !page.contents().isEmpty();
                if (!isMore || !blobs.isEmpty()) {
                    return new BlobPage(blobs, isMore ? blobs.getLast().hash() : null);
                }
                // A page of nothing but others' keys.
                last = page.contents().getLast().key();
            }
        });
    }

    private ListObjectsV2Response keys(@Nullable String after, int limit) {
        return client.listObjectsV2(request -> {
            request.bucket(config.bucket()).prefix(folder()).maxKeys(limit);
            if (after != null) {
                request.startAfter(after);
            }
        });
    }

    private Optional<Blob> blob(S3Object object) {
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Fingerprint hash = Fingerprint.parse(name);
        return key(hash).equals(object.key())
                ? Optional.of(new Blob(hash, object.size(), object.lastModified()))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException it would be valid for no time, or longer than {@link #MAX_URL_AGE} */
    @Override
    public Optional<URI> downloadUrl(Fingerprint hash, Duration validFor) {
        if (validFor.toSeconds() < 1 || validFor.compareTo(MAX_URL_AGE) > 0) {
            throw new IllegalArgumentException("an address for downloads is valid for a second to "
                    + MAX_URL_AGE.toDays() + " days, not " + validFor);
        }
        try {
            return Optional.of(presigner
                    .presignGetObject(request -> request.signatureDuration(validFor)
                            .getObjectRequest(
                                    object -> object.bucket(config.bucket()).key(key(hash))))
                    .url()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the SDK makes addresses that are none", e);
        } catch (SdkException e) {
            throw S3Failures.unavailable(config, e);
        }
    }

    /** Puts an object that is always the same, on the condition that it is not there, and reads it. */
    @Override
    public Health check() {
        String key = config.prefix() + "check";
        try {
            putCheck(key);
            client.getObjectAsBytes(
                    request -> request.bucket(config.bucket()).key(key).overrideConfiguration(SOON));
            return new Health(true, config.address());
        } catch (SdkException e) {
            return new Health(false, config.address() + ": " + S3Failures.reason(config, e));
        }
    }

    private void putCheck(String key) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(config.bucket()).key(key).overrideConfiguration(SOON);
        RequestBody body = body(CHECK_BYTES, 0, CHECK_BYTES.length);
        if (!knowsConditions) {
            client.putObject(request.build(), body);
            return;
        }
        try {
            client.putObject(request.ifNoneMatch(IF_ABSENT).build(), body);
        } catch (S3Exception e) {
            switch (e.statusCode()) {
                case S3Failures.PRECONDITION_FAILED, S3Failures.CONFLICT -> {
                    // It could have been written.
                }
                case S3Failures.NOT_IMPLEMENTED -> {
                    client.putObject(request.ifNoneMatch(null).build(), body);
                    knowsConditions = false;
                }
                default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
    }

    @Override
    public String toString() {
        return config.address();
    }
}
