package io.llmschema.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Router.Match;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.Overloaded;
import io.llmschema.registry.Budget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one virtual thread a request, every bound of {@link HttpLimits} in force. */
public final class RegistryHttpServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RegistryHttpServer.class.getName());
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final Header NO_SNIFF = HeaderValues.create("X-Content-Type-Options", "nosniff");

    private final List<Dialect> dialects;
    private final HttpLimits limits;
    private final Router router = new Router();
    private final Budget bodies =
            Budget.ofBytes("request bodies are held", HttpLimits.MAX_BODY_BYTES_AT_ONCE, HttpLimits.BODY_WAIT);
    private final Budget work =
            Budget.ofBytes("request bodies are worked on", HttpLimits.MAX_WORK_BYTES_AT_ONCE, HttpLimits.BODY_WAIT);
    private final Budget largeAnswers =
            Budget.ofBytes("large answers are being sent", HttpLimits.MAX_LARGE_ANSWER_BYTES_AT_ONCE, Duration.ZERO);
    private final WebServer server;

    /**
     * Makes a server that does not listen yet.
     *
     * @param dialects at least one, no two with the same route; the last of them says of all paths that none owns that there is nothing
     * @param furtherRoutes beside the first dialect's own
     * @param port 0: any that is free
     */
    public RegistryHttpServer(
            List<Dialect> dialects, List<Route> furtherRoutes, HttpLimits limits, String host, int port) {
        this.dialects = List.copyOf(dialects);
        this.limits = limits;
        this.dialects.forEach(dialect -> router.add(dialect, dialect.routes()));
        router.add(this.dialects.getFirst(), furtherRoutes);
        this.server = WebServer.builder()
                .host(host)
                .port(port)
                .maxTcpConnections(HttpLimits.MAX_CONNECTIONS)
                .maxConcurrentRequests(HttpLimits.MAX_CONCURRENT_REQUESTS)
                .idleConnectionTimeout(HttpLimits.IDLE_TIMEOUT)
                .shutdownGracePeriod(HttpLimits.DRAIN_TIMEOUT)
                .shutdownHook(false)
                // Else the library keeps to itself what is wrong with a request.
                .errorHandling(errors -> errors.includeEntity(true))
                // Instead of the one that would be found; beside it, what is no HTTP/1.1 would be left without an
                // answer.
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        // The router decodes for itself, and says what is wrong in words of ours.
                        .validatePath(false)
                        .maxPrologueLength(HttpLimits.MAX_REQUEST_LINE_LENGTH)
                        // Ours are checked once, when they are made; the library would check them whenever they are
                        // sent.
                        .validateResponseHeaders(false)
                        .build())
                .directHandlers(directHandlers())
                .routing(routing -> routing.any(this::handle))
                .build();
    }

    /**
     * Listens; returns the port.
     *
     * @throws IllegalStateException the port cannot be had; its cause is a {@link BindException}
     */
    public int start() {
        server.start();
        // The library logs that it could not, and returns.
        if (!server.isRunning() || server.port() < 0) {
            throw new IllegalStateException("it does not listen", new BindException("the port is not free"));
        }
        return server.port();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Match match =
                router.find(request.prologue().method().text(), request.path().rawPath());
        Dialect dialect = match instanceof Match.Found found
                ? found.dialect()
                : dialectOf(request.path().rawPath());
        Answer answer = answer(request, match, dialect);
        if (answer.body().length <= HttpLimits.LARGE_ANSWER_BYTES) {
            send(answer, response);
            return;
        }
        try {
            largeAnswers.spend(answer.body().length, () -> {
                try (Deadline _ = Deadline.after(HttpLimits.SEND_TIMEOUT)) {
                    send(answer, response);
                }
                return answer;
            });
        } catch (Overloaded e) {
            send(dialect.refusal(e), response);
        }
    }

    /** The one that speaks of a path that has no route. */
    private Dialect dialectOf(String rawPath) {
        return dialects.stream()
                .filter(dialect -> dialect.owns(rawPath))
                .findFirst()
                .orElseGet(dialects::getLast);
    }

    private static void send(Answer answer, ServerResponse response) {
        response.status(answer.status());
        response.headers().set(NO_SNIFF);
        set(answer.headers(), response.headers());
        response.send(answer.body());
    }

    /** Sets headers in the order in which they were given, so that the last of a name counts. */
    private static void set(@Nullable AnswerHeader header, ServerResponseHeaders all) {
        if (header != null) {
            set(header.before(), all);
            all.set(ready(header));
        }
    }

    private static Header ready(AnswerHeader header) {
        if (header.ready instanceof Header ready) {
            return ready;
        }
        Header made = HeaderValues.createCached(HeaderNames.create(header.name()), header.value());
        made.validate();
        header.ready = made;
        return made;
    }

    private Answer answer(ServerRequest request, Match match, Dialect dialect) {
        try {
            String method = request.prologue().method().text();
            return switch (match) {
                case Match.Found found ->
                    answer(method, found.route(), new Request(request, found.parameters(), limits));
                case Match.OtherMethods(Set<String> allowed) ->
                    throw new HttpProblem(
                            Kind.METHOD_NOT_ALLOWED,
                            method + " is not possible here, only " + String.join(", ", allowed),
                            String.join(", ", allowed));
                case Match.NotFound _ ->
                    throw new HttpProblem(
                            Kind.UNKNOWN_ROUTE,
                            "there is nothing at " + request.path().rawPath()
                                    + "; a slash inside a name is written %2F; /docs shows what there is");
                case Match.Malformed _ ->
                    throw new HttpProblem(
                            Kind.MALFORMED_PATH,
                            "the path is not percent-encoded UTF-8: "
                                    + request.path().rawPath());
            };
        } catch (RegistryException e) {
            return dialect.refusal(e);
        } catch (HttpProblem e) {
            Answer answer = dialect.refusal(e);
            return e.allow() == null ? answer : answer.with("Allow", e.allow());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // One request that asks too much of the machine must not leave its client without an answer.
            String incident = UUID.randomUUID().toString();
            LOG.log(
                    Level.ERROR,
                    "incident " + incident + ": " + request.prologue().method() + " "
                            + request.path().rawPath(),
                    e);
            return dialect.defect(incident);
        }
    }

    private Answer answer(String method, Route route, Request request) {
        if (!METHODS_WITH_BODY.contains(method)) {
            return route.endpoint().answer(request);
        }
        return bodies.spend(request.bodyBound(), () -> {
            // Waiting for a slow client takes room for its bytes only; room for the work is taken when they are there.
            int size = request.body().length;
            return work.spend(size, () -> route.endpoint().answer(request));
        });
    }

    /** What the library refuses by itself is said in the dialect's way too. */
    private DirectHandlers directHandlers() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            // What is no request of HTTP, or too long a one, comes without its path.
            Dialect dialect = request.path().startsWith("/") ? dialectOf(request.path()) : dialects.getFirst();
            Answer answer = type == EventType.INTERNAL_ERROR
                    ? defect(dialect, message)
                    : dialect.refusal(problem(status, message));
            ServerResponseHeaders all = headers;
            set(answer.headers(), all);
            all.set(NO_SNIFF);
            return DirectHandler.TransportResponse.builder()
                    .status(Status.create(answer.status()))
                    .headers(all)
                    .entity(answer.body())
                    .keepAlive(false)
                    .build();
        };
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    private static Answer defect(Dialect dialect, @Nullable String message) {
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "incident " + incident + ": " + message);
        return dialect.defect(incident);
    }

    /** @param message null where the library has nothing to say */
    private static HttpProblem problem(Status status, @Nullable String message) {
        if (message != null && message.startsWith("Content-Encoding")) {
            return new HttpProblem(Kind.UNSUPPORTED_MEDIA_TYPE, "send the body as it is, without a Content-Encoding");
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(known -> known.status() == status.code())
                .findFirst()
                .orElse(Kind.MALFORMED_REQUEST);
        return new HttpProblem(kind, message == null || message.isBlank() ? status.reasonPhrase() : message);
    }

    /** Takes no new requests, lets those in flight end, and stops. */
    @Override
    public void close() {
        server.stop();
    }
}
