package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Faulty;
import io.llmschema.cli.RegistryFailure.Refused;
import io.llmschema.cli.Retries.Transient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Requests to one registry: sent, repeated while it is away, and its refusals turned into {@link RegistryFailure}. */
final class RegistryHttp implements AutoCloseable {
    private static final String ACCEPT = "Accept";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String TEXT = "text/plain";

    private final PatientHttp http;
    private final String tenant;

    /**
     * @param url where the registry answers, without the path of the API
     * @param timeout for one try of one request
     */
    RegistryHttp(URI url, String tenant, Duration timeout, Retries retries) {
        this.http =
                new PatientHttp(url, timeout, retries, "start one with ./llmschema serve, or name another with --url");
        this.tenant = tenant;
    }

    byte[] get(String path) {
        return send(request("GET", path, BodyPublishers.noBody()));
    }

    /** The document at the path as text for people. */
    byte[] getText(String path) {
        return send(request("GET", path, BodyPublishers.noBody()).setHeader(ACCEPT, TEXT));
    }

    JsonNode getJson(String path) {
        return json(get(path));
    }

    JsonNode sendJson(String method, String path, JsonNode body) {
        return json(send(jsonRequest(method, path, body)));
    }

    /** What comes of the JSON as text for people. */
    byte[] postForText(String path, JsonNode body) {
        return send(jsonRequest("POST", path, body).setHeader(ACCEPT, TEXT));
    }

    /** What comes of the bytes, which are of that media type. */
    byte[] post(String path, String mediaType, byte[] body) {
        return send(request("POST", path, BodyPublishers.ofByteArray(body)).setHeader(CONTENT_TYPE, mediaType));
    }

    JsonNode delete(String path) {
        return json(send(request("DELETE", path, BodyPublishers.noBody())));
    }

    private HttpRequest.Builder jsonRequest(String method, String path, JsonNode body) {
        return request(method, path, BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
                .setHeader(CONTENT_TYPE, "application/json");
    }

    private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        return http.request(method, path, body)
                .header("Registry-Tenant", tenant)
                .header(ACCEPT, "*/*");
    }

    private byte[] send(HttpRequest.Builder request) {
        return http.send(request, this::bodyOf);
    }

    private byte[] bodyOf(HttpResponse<byte[]> response) throws Transient {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response.body();
        }
        Problem problem = problem(response)
                .orElseThrow(() -> new Faulty(
                        "http-" + status,
                        "what answers at " + http.url() + " does not speak the registry's language (status " + status
                                + "); check --url"));
        if (PatientHttp.isGatewayTrouble(status)) {
            throw http.away(problem.detail(), response);
        }
        if (status >= 500) {
            throw new Faulty(problem.code(), problem.detail());
        }
        if (problem.code().equals("concurrent-change")) {
            throw new Transient(problem.detail(), Duration.ZERO, new Refused(problem));
        }
        throw new Refused(problem);
    }

    private static Optional<Problem> problem(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            JsonNode document = Json.MAPPER.readTree(response.body());
            boolean isProblem = document.isObject() && document.hasNonNull("code");
            // A gateway in front of a dead server answers in its own words; that is an outage all the same.
            return isProblem || PatientHttp.isGatewayTrouble(status)
                    ? Optional.of(Problem.of(status, document))
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return PatientHttp.isGatewayTrouble(status)
                    ? Optional.of(Problem.of(status, Json.MAPPER.createObjectNode()))
                    : Optional.empty();
        }
    }

    /** The answer as JSON; {@link Faulty} if it is none. */
    JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new Faulty(
                    "not-json",
                    "what answers at " + http.url() + " does not speak the registry's language; check --url");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
