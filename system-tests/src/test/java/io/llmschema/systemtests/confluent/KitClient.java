package io.llmschema.systemtests.confluent;

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

/** Sends the requests of the kit to a server, as Confluent's clients do. */
final class KitClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private final String server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @param server its address, below which the paths of the kit are */
    KitClient(URI server) {
        this.server = server.toString().replaceAll("/+$", "");
    }

    /** @param request filled: nothing in it is a placeholder any more */
    Answer send(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(server + request.path()))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body() instanceof Request.Raw(String content)
                                ? BodyPublishers.ofString(content, StandardCharsets.UTF_8)
                                : BodyPublishers.noBody());
        if (request.body() != null && !request.headers().containsKey("Content-Type")) {
            builder.header("Content-Type", TYPE);
        }
        request.headers().forEach(builder::header);
        try {
            HttpResponse<String> response = http.send(builder.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
