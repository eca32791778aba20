package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Faulty;
import io.llmschema.cli.RegistryFailure.Refused;
import io.llmschema.cli.RegistryFailure.Unreachable;
import io.llmschema.cli.Retries.Transient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Requests to one registry: sent, repeated while it is away, and its refusals turned into {@link RegistryFailure}. */
final class RegistryHttp implements AutoCloseable {
    /** The largest answer taken; a schema as JSON text is at most twice its size. */
    static final long MAX_ANSWER_BYTES = 128L << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PAUSE_ASKED_SECONDS = 30;
    private static final String ACCEPT = "Accept";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String TEXT = "text/plain";

    private final String url;
    private final String tenant;
    private final Duration timeout;
    private final Retries retries;
    private final ExecutorService executor;
    private final HttpClient client;

    /**
     * @param url where the registry answers, without the path of the API
     * @param timeout for one try of one request
     */
    RegistryHttp(URI url, String tenant, Duration timeout, Retries retries) {
        this.url = url.toString().replaceAll("/+$", "");
        this.tenant = tenant;
        this.timeout = timeout;
        this.retries = retries;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout)
                .executor(executor)
                .build();
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
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .header("Registry-Tenant", tenant)
                .header(ACCEPT, "*/*")
                .method(method, body);
    }

    private byte[] send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return retries.untilAnswered(() -> attempt(built));
    }

    private byte[] attempt(HttpRequest request) throws Transient {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        } catch (HttpTimeoutException e) {
            throw away("no answer within " + timeout.toSeconds() + " s", Duration.ZERO);
        } catch (ConnectException e) {
            throw away("connection refused", Duration.ZERO);
        } catch (IOException e) {
            throw away(
                    e.getMessage() == null ? "connection lost" : "connection lost: " + e.getMessage(), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while waiting for " + url);
        }
        return bodyOf(response);
    }

    private byte[] bodyOf(HttpResponse<byte[]> response) throws Transient {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response.body();
        }
        Problem problem = problem(response)
                .orElseThrow(() -> new Faulty(
                        "http-" + status,
                        "what answers at " + url + " does not speak the registry's language (status " + status
                                + "); check --url"));
        if (isGatewayTrouble(status)) {
            throw away(problem.detail(), pauseAsked(response));
        }
        if (status >= 500) {
            throw new Faulty(problem.code(), problem.detail());
        }
        if (problem.code().equals("concurrent-change")) {
            throw new Transient(problem.detail(), Duration.ZERO, new Refused(problem));
        }
        throw new Refused(problem);
    }

    private Transient away(String reason, Duration atLeast) {
        return new Transient(
                reason,
                atLeast,
                new Unreachable("no registry answers at " + url + " (" + reason
                        + "); start one with ./llmschema serve, or name another with --url"));
    }

    private static Duration pauseAsked(HttpResponse<?> response) {
        String asked = response.headers().firstValue("Retry-After").orElse("");
        boolean isSmallNumber =
                !asked.isEmpty() && asked.length() <= 4 && asked.chars().allMatch(Character::isDigit);
        return isSmallNumber
                ? Duration.ofSeconds(Math.min(Integer.parseInt(asked), MAX_PAUSE_ASKED_SECONDS))
                : Duration.ZERO;
    }

    private static Optional<Problem> problem(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            JsonNode document = Json.MAPPER.readTree(response.body());
            boolean isProblem = document.isObject() && document.hasNonNull("code");
            // A gateway in front of a dead server answers in its own words; that is an outage all the same.
            return isProblem || isGatewayTrouble(status) ? Optional.of(Problem.of(status, document)) : Optional.empty();
        } catch (JacksonException notJson) {
            return isGatewayTrouble(status)
                    ? Optional.of(Problem.of(status, Json.MAPPER.createObjectNode()))
                    : Optional.empty();
        }
    }

    private static boolean isGatewayTrouble(int status) {
        return status >= 502 && status <= 504;
    }

    /** The answer as JSON; {@link Faulty} if it is none. */
    JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new Faulty(
                    "not-json", "what answers at " + url + " does not speak the registry's language; check --url");
        }
    }

    @Override
    public void close() {
        // Not close(): that would wait for a server that may never answer.
        client.shutdownNow();
        executor.shutdownNow();
    }
}
