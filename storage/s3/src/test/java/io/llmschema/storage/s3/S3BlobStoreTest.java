package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.Health;
import io.llmschema.testkit.BlobStoreContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3BlobStoreTest extends BlobStoreContract {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint HASH = Fingerprint.sha256(BYTES);

    private final S3Config config = TestS3.fresh();

    @Override
    protected BlobStore createStore() {
        return new S3BlobStore(config);
    }

    @Override
    protected void overwrite(Fingerprint hash, byte[] bytes) {
        TestS3.write(config, TestS3.key(config, hash), bytes);
    }

    private HeadObjectResponse head(Fingerprint hash) {
        try (S3Client client = S3Clients.client(config)) {
            return client.headObject(request -> request.bucket(config.bucket()).key(TestS3.key(config, hash)));
        }
    }

    /** The tag of an object that was made of parts ends in their number. */
    @ParameterizedTest
    @CsvSource({"8388608, ''", "8388609, -2", "17825792, -3"})
    void put_largerThanAPart_isUploadedInParts(int size, String end) {
        byte[] bytes = bytes(size);
        Fingerprint hash = Fingerprint.sha256(bytes);
        try (S3BlobStore store = new S3BlobStore(config)) {
            store.put(hash, bytes);
        }

        assertThat(head(hash).eTag().replace("\"", "").replaceFirst("^[0-9a-f]{32}", ""))
                .isEqualTo(end);
    }

    @Test
    void downloadUrl_fetchedByAnyone_isTheBytes() throws Exception {
        try (S3BlobStore store = new S3BlobStore(config);
                HttpClient http = HttpClient.newHttpClient()) {
            store.put(HASH, BYTES);

            URI url = store.downloadUrl(HASH, Duration.ofMinutes(5)).orElseThrow();
            HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> unsigned = http.send(
                    HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("\\?.*", "")))
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(BYTES);
            assertThat(unsigned.statusCode()).isEqualTo(403);
            assertThat(url.toString()).doesNotContain(TestS3.CREDENTIALS.secretKey());
        }
    }

    @Test
    void downloadUrl_forTooLong_isRefused() {
        try (S3BlobStore store = new S3BlobStore(config)) {
            assertThatThrownBy(() -> store.downloadUrl(HASH, S3BlobStore.MAX_URL_AGE.plusSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.downloadUrl(HASH, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void list_keysOfOthers_areNoObjects() {
        TestS3.write(config, config.prefix() + "sha256/00/README", BYTES);
        TestS3.write(config, config.prefix() + "sha256/00/" + HASH, BYTES);
        TestS3.write(config, config.prefix() + "else", BYTES);
        try (S3BlobStore store = new S3BlobStore(config)) {
            store.put(HASH, BYTES);

            assertThat(store.list(null, 1).blobs())
                    .singleElement()
                    .satisfies(blob -> assertThat(blob.hash()).isEqualTo(HASH));
        }
    }

    @Test
    void anything_wrongSecret_isUnavailableAndSaysSo() {
        S3Config wrong = config.withCredentials(new S3Credentials(TestS3.CREDENTIALS.accessKey(), "wrong"));
        try (S3BlobStore store = new S3BlobStore(wrong)) {
            assertThatThrownBy(() -> store.put(HASH, BYTES))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("secret key does not belong to the access key");
            assertThatThrownBy(() -> store.get(HASH)).isInstanceOf(StorageUnavailable.class);
            assertThatThrownBy(() -> store.exists(HASH)).isInstanceOf(StorageUnavailable.class);
            assertThatThrownBy(() -> store.delete(HASH)).isInstanceOf(StorageUnavailable.class);
            assertThatThrownBy(() -> store.list(null, 1)).isInstanceOf(StorageUnavailable.class);
            assertThat(store.check()).returns(false, Health::isUp);
            assertThat(store.check().detail()).contains("secret key does not belong");
        }
    }

    @Test
    void anything_noBucket_isUnavailableNotAbsent() {
        S3Config nowhere =
                S3Config.of(TestS3.shared().url("no-such-bucket", "")).withCredentials(TestS3.CREDENTIALS);
        try (S3BlobStore store = new S3BlobStore(nowhere)) {
            assertThatThrownBy(() -> store.put(HASH, BYTES))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("no bucket 'no-such-bucket'");
            assertThatThrownBy(() -> store.get(HASH))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("no bucket 'no-such-bucket'");
            assertThatThrownBy(() -> store.exists(HASH))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("no bucket 'no-such-bucket'");
            assertThatThrownBy(() -> store.list(null, 1)).isInstanceOf(StorageUnavailable.class);
            assertThat(store.check().detail()).contains("no bucket 'no-such-bucket'");
        }
    }

    @Test
    void new_asksNothing() {
        S3Config unreachable =
                S3Config.of("s3://schemas?endpoint=http://127.0.0.1:1").withCredentials(TestS3.CREDENTIALS);

        try (S3BlobStore store = new S3BlobStore(unreachable)) {
            assertThat(store.toString()).contains("s3://schemas/ at http://127.0.0.1:1");
        }
    }
}
