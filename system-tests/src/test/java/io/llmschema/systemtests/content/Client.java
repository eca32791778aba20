package io.llmschema.systemtests.content;

import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of one server. Safe for any number of threads. */
record Client(URI url) {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * What was answered.
     *
     * @param retryAfter the header; empty if there is none
     * @param elapsed how long it took
     */
    record Answer(int status, String retryAfter, byte[] body, Duration elapsed) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** Of a registration: the id of the version. */
        String id() {
            String id = json().at("/schema/id").asString("");
            if (status / 100 != 2 || id.isEmpty()) {
                throw new AssertionError("not registered: " + this);
            }
            return id;
        }

        boolean is(int expected, String code) {
            return status == expected && json().path("code").asString("").equals(code);
        }

        @Override
        public String toString() {
            return status + " after " + elapsed.toMillis() + " ms: "
                    + text().substring(0, Math.min(400, text().length()));
        }
    }

    static Client of(ServerProcess server) {
        return new Client(server.url());
    }

    /** @throws UncheckedIOException there was no answer */
    Answer register(String subject, String content) {
        return send(HttpRequest.newBuilder(url.resolve("/api/v1/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("schema", content)))));
    }

    /** The exact bytes of a version. */
    Answer content(String id) {
        return get("/api/v1/schemas/" + id + "/content");
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(url.resolve(path)));
    }

    Answer delete(String path) {
        return send(HttpRequest.newBuilder(url.resolve(path)).DELETE());
    }

    private static Answer send(HttpRequest.Builder request) {
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> response = HTTP.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After").orElse(""),
                    response.body(),
                    Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
