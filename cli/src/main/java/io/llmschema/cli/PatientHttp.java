package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Unreachable;
import io.llmschema.cli.Retries.Transient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Requests to one address, sent again while nobody answers there; what an answer means is for others to say. */
final class PatientHttp implements AutoCloseable {
    /** The largest answer taken; a schema as JSON text is at most twice its size. */
    static final long MAX_ANSWER_BYTES = 128L << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PAUSE_ASKED_SECONDS = 30;

    private final String url;
    private final Duration timeout;
    private final Retries retries;
    private final String advice;
    private final ExecutorService executor;
    private final HttpClient client;

    /** What an answer means. */
    interface Reading<T> {
        /** @throws Transient time may heal it */
        T read(HttpResponse<byte[]> response) throws Transient;
    }

    /**
     * @param url without the path of an API
     * @param timeout for one try of one request
     * @param advice what to do when nobody answers there
     */
    PatientHttp(URI url, Duration timeout, Retries retries, String advice) {
        this.url = url.toString().replaceAll("/+$", "");
        this.timeout = timeout;
        this.retries = retries;
        this.advice = advice;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout)
                .executor(executor)
                .build();
    }

    String url() {
        return url;
    }

    HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(timeout).method(method, body);
    }

    <T> T send(HttpRequest.Builder request, Reading<T> reading) {
        HttpRequest built = request.build();
        return retries.untilAnswered(() -> reading.read(attempt(built)));
    }

    private HttpResponse<byte[]> attempt(HttpRequest request) throws Transient {
        try {
            return client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
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
    }

    /** That the registry could not serve just now, as the response says. */
    Transient away(String reason, HttpResponse<?> response) {
        return away(reason, pauseAsked(response));
    }

    private Transient away(String reason, Duration atLeast) {
        return new Transient(
                reason, atLeast, new Unreachable("no registry answers at " + url + " (" + reason + "); " + advice));
    }

    private static Duration pauseAsked(HttpResponse<?> response) {
        String asked = response.headers().firstValue("Retry-After").orElse("");
        boolean isSmallNumber =
                !asked.isEmpty() && asked.length() <= 4 && asked.chars().allMatch(Character::isDigit);
        return isSmallNumber
                ? Duration.ofSeconds(Math.min(Integer.parseInt(asked), MAX_PAUSE_ASKED_SECONDS))
                : Duration.ZERO;
    }

    /** Whether a server in front of the registry, or one that is starting or stopping, says that it cannot serve. */
    static boolean isGatewayTrouble(int status) {
        return status >= 502 && status <= 504;
    }

    @Override
    public void close() {
        // Not close(): that would wait for a server that may never answer.
        client.shutdownNow();
        executor.shutdownNow();
    }
}
