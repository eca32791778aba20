package io.llmschema.systemtests.recovery;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of one server. */
record RegistryClient(URI url, HttpClient http) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    /** An answer, whatever its status. */
    record Reply(int status, JsonNode body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        boolean is(int expected, String code) {
            return status == expected && body.path("code").asString("").equals(code);
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    static RegistryClient of(ServerProcess server) {
        return new RegistryClient(
                server.url(),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    Reply register(String subject, Map<String, ?> request) throws IOException {
        return post("/api/v1/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions", request);
    }

    Reply registerBatch(List<? extends Map<String, ?>> items) throws IOException {
        return post("/api/v1/batch", Map.of("items", items));
    }

    private Reply post(String path, Object body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return reply(request);
    }

    Reply get(String path) throws IOException {
        return reply(HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).build());
    }

    private Reply reply(HttpRequest request) throws IOException {
        HttpResponse<byte[]> response = send(request);
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
    }

    /** The exact bytes of a version, as text. */
    String content(String id) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/schemas/" + id + "/content"))
                .timeout(TIMEOUT)
                .build();
        HttpResponse<byte[]> response = send(request);
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return response.statusCode() == 200 ? body : "status " + response.statusCode() + ": " + body;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
