package io.llmschema.http.confluentapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.json.JsonText;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.WriteMode;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.InMemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A server that speaks this dialect and no other, over a store in memory and a language in which answers are foretold. */
final class ConfluentServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_DEPTH = 100;

    private final SchemaRegistry registry;
    private final RegistryHttpServer server;
    private final int port;

    ConfluentServer(ConfluentLevel level) {
        this.registry = new SchemaRegistry(
                new InMemoryStorage(ConfluentServer::contains),
                new SchemaFormats(Arrays.stream(SchemaType.values())
                        .<SchemaFormat>map(ForetoldFormat::new)
                        .toList()),
                RegistryLimits.DEFAULT,
                SettingsInForce.DEFAULT,
                InstantSource.fixed(NOW));
        this.server = new RegistryHttpServer(
                List.of(new ConfluentApi(registry, level)),
                List.of(),
                HttpLimits.forContentsOf(1024 * 1024),
                "127.0.0.1",
                0);
        this.port = server.start();
    }

    /** As far as objects of strings go. */
    private static boolean contains(String document, String part) {
        JsonNode whole = json(document);
        return json(part).properties().stream()
                .allMatch(member -> member.getValue().equals(whole.get(member.getKey())));
    }

    SchemaRegistry registry() {
        return registry;
    }

    static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }

    /** Sets what this dialect keeps beside the settings of a subject. */
    void configure(String subject, String attributes) {
        registry.updateSettings(subject(subject), present -> present.withAttributes(attributes));
    }

    void setMode(String subject, WriteMode mode) {
        registry.updateSettings(subject(subject), present -> present.withMode(mode));
    }

    SubjectSettings settings(String subject) {
        return registry.settings(subject(subject));
    }

    /** The id of an Avro schema, registered now or before. */
    int register(String subject, String schema) {
        HttpResponse<String> answer = post("/subjects/" + subject + "/versions", "{\"schema\":\"" + schema + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body()).path("id").intValue();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<String> put(String path, String body) {
        return send(request(path, "Content-Type", JSON).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, JSON, body);
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path, "Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        return switch (JsonText.parse(text, MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed(var violation) -> throw new AssertionError(violation + " in " + text);
        };
    }

    static void assertAnswer(HttpResponse<String> answer, String body) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer.body())).isEqualTo(json(body));
    }

    static void assertRefused(HttpResponse<String> answer, int status, int code, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer.body()).path("error_code").intValue()).isEqualTo(code);
        assertThat(json(answer.body()).path("message").stringValue()).startsWith(message);
    }

    @Override
    public void close() {
        server.close();
    }
}
