package io.llmschema.systemtests.cluster;

import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One server of a cluster, as its clients know it. Safe for any number of threads. */
record Node(int number, ServerProcess server, URI url) {
    static final String TOKEN = "Registry-Consistency-Token";
    static final String STALE = "Registry-Stale";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    Answer get(String path) {
        return get(path, "");
    }

    /** @param token what is shown must be as new as that; empty: nothing is required */
    Answer get(String path, String token) {
        return send("GET", path, token, null);
    }

    Answer register(String subject, String content) {
        return send("POST", "/api/v1/subjects/" + subject + "/versions", "", Map.of("schema", content));
    }

    /** A request and its answer; trouble on the way is an answer with the status 0. */
    Answer send(String method, String path, String token, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT);
        if (!token.isEmpty()) {
            request.header(TOKEN, token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue(TOKEN).orElse(""),
                    response.headers().firstValue(STALE).isPresent(),
                    response.headers().firstValue("ETag").orElse(""),
                    response.body(),
                    begin,
                    System.nanoTime());
        } catch (IOException e) {
            return new Answer(
                    0, "", false, "", e.toString().getBytes(StandardCharsets.UTF_8), begin, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return "node " + number;
    }
}
