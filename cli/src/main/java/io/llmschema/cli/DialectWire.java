package io.llmschema.cli;

import io.llmschema.cli.RegistryFailure.Faulty;
import io.llmschema.cli.Retries.Transient;
import io.llmschema.cli.migrate.Wire;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Requests in Confluent's dialect over HTTP. What ends a migration, such as nobody answering or a wrong password, is {@link RegistryFailure}. */
final class DialectWire implements Wire, AutoCloseable {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** The numbers for what may go well a moment later: the store was slow, or nobody led. */
    private static final int FIRST_PASSING = 50_001;

    private static final int LAST_PASSING = 50_004;

    private final PatientHttp http;
    private final Map<String, String> headers;

    /** The registry's last word, though it may be another one later. */
    private static final class LastWord extends RuntimeException {
        private final transient Answer answer;

        private LastWord(Answer answer) {
            super("the registry is in trouble", null, false, false);
            this.answer = answer;
        }
    }

    /** @param headers of every request: who asks, and whose subjects are meant */
    DialectWire(PatientHttp http, Map<String, String> headers) {
        this.http = http;
        this.headers = Map.copyOf(headers);
    }

    @Override
    public Answer send(Request request) {
        HttpRequest.Builder built = http.request(request.method(), pathOf(request), bodyOf(request.body()))
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE);
        headers.forEach(built::header);
        try {
            return http.send(built, this::read);
        } catch (LastWord word) {
            return word.answer;
        }
    }

    private static String pathOf(Request request) {
        Query query = new Query();
        request.query().forEach(query::with);
        return request.path().stream().map(Paths::encode).collect(Collectors.joining("/", "/", "")) + query;
    }

    private static BodyPublisher bodyOf(@Nullable JsonNode body) {
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
    }

    private Answer read(HttpResponse<byte[]> response) throws Transient {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new Faulty("unauthorized", http.url() + " wants another user or password (status " + status + ")");
        }
        if (status == TOO_MANY_REQUESTS || PatientHttp.isGatewayTrouble(status)) {
            throw http.away("status " + status, response);
        }
        Answer answer = new Answer(status, json(response));
        int code = answer.body().path("error_code").asInt(0);
        if (status / 100 != 2 && code == 0) {
            throw foreign(status);
        }
        if (status >= SERVER_ERROR && code >= FIRST_PASSING && code <= LAST_PASSING) {
            throw new Transient(answer.body().path("message").asString(""), Duration.ZERO, new LastWord(answer));
        }
        return answer;
    }

    private JsonNode json(HttpResponse<byte[]> response) {
        try {
            return response.body().length == 0 ? NullNode.getInstance() : Json.MAPPER.readTree(response.body());
        } catch (JacksonException e) {
            throw foreign(response.statusCode());
        }
    }

    private Faulty foreign(int status) {
        return new Faulty(
                "no-dialect",
                "what answers at " + http.url() + " does not speak Confluent's dialect (status " + status + ")");
    }

    @Override
    public void close() {
        http.close();
    }
}
