package io.llmschema.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bucket that keeps what is set of it, lifecycle, versions, encryption, as it was sent, and gives it back; it has no objects. */
final class KeepingBucket implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean isThere;
    private volatile boolean isForgetful;
    private volatile String refused = "";

    KeepingBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    S3Config config() {
        return S3Config.of("s3://schemas/team?region=eu-west-1&endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort())
                .withCredentials(TestS3.CREDENTIALS)
                .withLimits(S3Limits.DEFAULT.withAttempts(1));
    }

    /** From now on it accepts all and keeps nothing. */
    void forget() {
        isForgetful = true;
    }

    /** From now on that may not be changed. */
    void refuse(String setting) {
        refused = setting;
    }

    void set(String setting, String xml) {
        settings.put(setting, xml);
    }

    String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    int changes() {
        return changes.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getQuery();
        String setting = query == null ? "" : query.replace("=", "");
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> reply(exchange, isThere ? 200 : 404, "");
            case "GET" -> {
                String kept = settings.get(setting);
                // Versions are the one thing for which S3 answers with an empty element.
                if (kept == null && setting.equals("versioning")) {
                    reply(exchange, 200, "<VersioningConfiguration/>");
                } else if (kept == null) {
                    reply(exchange, 404, "<Error><Code>NoSuchConfiguration</Code></Error>");
                } else {
                    reply(exchange, 200, kept);
                }
            }
            default -> put(exchange, setting, body);
        }
    }

    private void put(HttpExchange exchange, String setting, String body) throws IOException {
        if (!setting.isEmpty() && setting.equals(refused)) {
            reply(exchange, 403, "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>");
            return;
        }
        changes.incrementAndGet();
        if (setting.isEmpty()) {
            isThere = true;
            settings.put("created", body);
        } else if (!isForgetful) {
            settings.put(setting, body);
        }
        reply(exchange, 200, "");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
