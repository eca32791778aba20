package io.llmschema.systemtests.confluent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that gives the answers it was told to give, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private record Told(int status, String type, String body) {}

    private final HttpServer server;
    private final Map<String, Told> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param request method and path, such as {@code GET /subjects} */
    FakeRegistry answers(String request, int status, String body) {
        return answers(request, status, TYPE, body);
    }

    FakeRegistry answers(String request, int status, String type, String body) {
        answers.put(request, new Told(status, type, body));
        return this;
    }

    /** Method, path and body of each request so far. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add((request + " " + body).strip());
            Told told =
                    answers.getOrDefault(request, new Told(404, TYPE, "{\"error_code\":404,\"message\":\"nothing\"}"));
            byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", told.type());
            exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
