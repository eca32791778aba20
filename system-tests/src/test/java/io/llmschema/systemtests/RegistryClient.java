package io.llmschema.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of one tenant that shows everything of an answer, and compares each with the description of the API.
 *
 * <p>Paths are given as they stand in the request line, so percent-encoded.
 */
final class RegistryClient {
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String JSON_SCHEMA = "application/schema+json";
    static final String AVRO = "application/vnd.apache.avro+json";
    static final String PROTOBUF = "application/x-protobuf-schema";
    static final String NDJSON = "application/x-ndjson";
    static final String BINARY = "application/octet-stream";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI server;
    private final OpenApiContract contract;
    private final String tenant;

    RegistryClient(URI server, OpenApiContract contract, String tenant) {
        this.server = server;
        this.contract = contract;
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    URI server() {
        return server;
    }

    /** A client of another tenant of the same server. */
    RegistryClient as(String otherTenant) {
        return new RegistryClient(server, contract, otherTenant);
    }

    /** A client whose exchanges are compared with, and counted by, another contract. */
    RegistryClient under(OpenApiContract other) {
        return new RegistryClient(server, other, tenant);
    }

    Reply get(String path) {
        return send("GET", path, Map.of(), new byte[0]);
    }

    /** A read by a client that has an answer tagged so. */
    Reply getIfNoneMatch(String path, String etag) {
        return send("GET", path, Map.of("If-None-Match", etag), new byte[0]);
    }

    Reply post(String path, String json) {
        return send("POST", path, JSON, json.getBytes(UTF_8));
    }

    Reply put(String path, String json) {
        return send("PUT", path, JSON, json.getBytes(UTF_8));
    }

    Reply patch(String path, String json) {
        return send("PATCH", path, MERGE_PATCH, json.getBytes(UTF_8));
    }

    Reply delete(String path) {
        return send("DELETE", path, Map.of(), new byte[0]);
    }

    /** A body of another kind than JSON. */
    Reply post(String path, String contentType, String body) {
        return send("POST", path, contentType, body.getBytes(UTF_8));
    }

    Reply send(String method, String path, String contentType, byte[] body) {
        return send(method, path, Map.of("Content-Type", contentType), body);
    }

    Reply send(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(TIMEOUT)
                .header("Registry-Tenant", tenant)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
            contract.check(
                    new OpenApiContract.Exchange(method, path, headers.getOrDefault("Content-Type", ""), body, reply));
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are, where a well-behaved client would not; the method and path in them are for the contract. */
    Reply sendRaw(byte[] request) {
        Reply reply = RawHttp.exchange(server, request);
        String[] line =
                new String(request, UTF_8).lines().findFirst().orElse("").split(" ");
        contract.check(new OpenApiContract.Exchange(line[0], line.length > 1 ? line[1] : "", "", new byte[0], reply));
        return reply;
    }

    /** Sends a request whose target no URI class would let pass. */
    Reply getRaw(String target) {
        return sendRaw(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nRegistry-Tenant: " + tenant
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(UTF_8));
    }

    /** The head of a raw POST; a body follows. */
    String rawPost(String target, String... headers) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nRegistry-Tenant: " + tenant + "\r\n"
                + String.join(
                        "",
                        Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n";
    }

    /** A text as JSON. */
    static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }

    static String subject(String name) {
        return "/api/v1/subjects/" + encoded(name);
    }

    static String versions(String name) {
        return subject(name) + "/versions";
    }

    static String version(String name, String version) {
        return versions(name) + "/" + encoded(version);
    }

    static String settings(String name) {
        return subject(name) + "/settings";
    }

    /** Sets this and nothing else for a subject, which must succeed. */
    void set(String subject, String settings) {
        Reply reply = put(settings(subject), settings);
        if (reply.status() != 200) {
            throw new AssertionError("not set: " + reply);
        }
    }

    /** Registers a JSON Schema, which must succeed; returns its description. */
    Reply register(String subject, String schema, String... furtherFields) {
        String fields = Arrays.stream(furtherFields).map(field -> "," + field).collect(Collectors.joining());
        Reply reply = post(versions(subject), "{\"schema\":" + quoted(schema) + fields + "}");
        if (reply.status() / 100 != 2) {
            throw new AssertionError("not registered: " + reply);
        }
        return reply;
    }

    /** The id of the version just registered. */
    String registerForId(String subject, String schema, String... furtherFields) {
        return register(subject, schema, furtherFields).text("/schema/id");
    }
}
