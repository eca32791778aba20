package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent to a server, told by one that writes it down and answers as it is told to. */
class S3RequestsTest {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint HASH = Fingerprint.sha256(BYTES);
    private static final int MIB = 1024 * 1024;
    private static final String UPLOAD =
            "<InitiateMultipartUploadResult><Bucket>schemas</Bucket><Key>k</Key><UploadId>u1</UploadId></InitiateMultipartUploadResult>";

    private record Request(String line, HttpExchange exchange) {
        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }
    }

    private record Answer(int status, String body) {}

    private interface Script {
        Answer answer(String line, Request request);
    }

    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile Script script = (_, _) -> new Answer(200, "");

    S3RequestsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getQuery();
        String line = exchange.getRequestMethod() + (query == null ? "" : " " + query);
        Request request = new Request(line, exchange);
        requests.add(request);
        Answer answer = script.answer(line, request);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"tag\"");
        exchange.sendResponseHeaders(
                answer.status(), body.length == 0 || exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
        if (body.length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private S3BlobStore store(S3Encryption encryption) {
        return new S3BlobStore(S3Config.of("s3://schemas?endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort())
                .withCredentials(TestS3.CREDENTIALS)
                .withLimits(S3Limits.DEFAULT.withAttempts(1))
                .withEncryption(encryption));
    }

    private static byte[] large() {
        return new byte[17 * MIB];
    }

    private List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code><Message>told so by a test</Message></Error>";
    }

    @Test
    void put_noEncryption_sendsNone() {
        try (S3BlobStore store = store(new S3Encryption.BucketDefault())) {
            store.put(HASH, BYTES);
        }

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.header("x-amz-server-side-encryption")).isEmpty();
            assertThat(request.header("If-None-Match")).hasValue("*");
        });
    }

    @Test
    void put_storesKeys_isSent() {
        try (S3BlobStore store = store(new S3Encryption.SseS3())) {
            store.put(HASH, BYTES);
        }

        assertThat(requests)
                .singleElement()
                .satisfies(request -> assertThat(request.header("x-amz-server-side-encryption"))
                        .hasValue("AES256"));
    }

    @Test
    void put_managedKey_isSentForPartsToo() {
        byte[] bytes = large();
        script = (line, _) -> switch (line) {
            case "HEAD" -> new Answer(requests.size() == 1 ? 404 : 200, "");
            case "POST uploads" -> new Answer(200, UPLOAD);
            case "POST uploadId=u1" ->
                new Answer(200, "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>");
            default -> new Answer(200, "");
        };

        try (S3BlobStore store = store(new S3Encryption.SseKms("key-1"))) {
            store.put(Fingerprint.sha256(bytes), bytes);
        }

        assertThat(lines())
                .containsExactly(
                        "HEAD",
                        "HEAD",
                        "POST uploads",
                        "PUT partNumber=1&uploadId=u1",
                        "PUT partNumber=2&uploadId=u1",
                        "PUT partNumber=3&uploadId=u1",
                        "POST uploadId=u1");
        assertThat(requests)
                .filteredOn(request -> request.line().equals("POST uploads"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.header("x-amz-server-side-encryption")).hasValue("aws:kms");
                    assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                            .hasValue("key-1");
                });
    }

    @Test
    void put_aPartFails_isAbortedAndUnavailable() {
        byte[] bytes = large();
        script = (line, _) -> switch (line) {
            case "HEAD" -> new Answer(requests.size() == 1 ? 404 : 200, "");
            case "POST uploads" -> new Answer(200, UPLOAD);
            case "PUT partNumber=2&uploadId=u1" -> new Answer(500, error("InternalError"));
            default -> new Answer(200, "");
        };

        try (S3BlobStore store = store(new S3Encryption.BucketDefault())) {
            assertThatThrownBy(() -> store.put(Fingerprint.sha256(bytes), bytes))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("InternalError");
        }

        assertThat(lines()).endsWith("PUT partNumber=2&uploadId=u1", "DELETE uploadId=u1");
    }

    @Test
    void put_serverKnowsNoConditions_asksFirstFromThenOn() {
        byte[] other = {1};
        script = (line, request) -> switch (line) {
            case "HEAD" ->
                new Answer(request.exchange().getRequestURI().getPath().endsWith("schemas") ? 200 : 404, "");
            default ->
                request.header("If-None-Match").isPresent()
                        ? new Answer(501, error("NotImplemented"))
                        : new Answer(200, "");
        };

        try (S3BlobStore store = store(new S3Encryption.BucketDefault())) {
            store.put(HASH, BYTES);
            store.put(Fingerprint.sha256(other), other);
        }

        assertThat(lines()).containsExactly("PUT", "HEAD", "HEAD", "PUT", "HEAD", "HEAD", "PUT");
    }

    @Test
    void put_accessDenied_saysWhatIsNeeded() {
        script = (_, _) -> new Answer(403, error("AccessDenied"));

        try (S3BlobStore store = store(new S3Encryption.BucketDefault())) {
            assertThatThrownBy(() -> store.put(HASH, BYTES))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("s3:PutObject")
                    .hasMessageContaining("told so by a test");
            assertThat(store.check().detail()).contains("s3:PutObject");
        }
    }

    @Test
    void get_serverKnowsNoRanges_takesTheWhole() {
        byte[] text = "x".repeat(9 * MIB).getBytes(StandardCharsets.UTF_8);
        script = (_, _) -> new Answer(200, new String(text, StandardCharsets.UTF_8));

        try (S3BlobStore store = store(new S3Encryption.BucketDefault())) {
            assertThat(store.get(Fingerprint.sha256(text)).orElseThrow()).hasSize(9 * MIB);
        }

        assertThat(lines()).containsExactly("GET");
    }

    @Test
    void call_thatFails_isAttemptedAgain() {
        script = (_, _) -> requests.size() == 1 ? new Answer(503, error("SlowDown")) : new Answer(200, "");

        try (S3BlobStore store = new S3BlobStore(S3Config.of("s3://schemas?endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort())
                .withCredentials(TestS3.CREDENTIALS))) {
            store.put(HASH, BYTES);
        }

        assertThat(lines()).containsExactly("PUT", "PUT");
    }
}
