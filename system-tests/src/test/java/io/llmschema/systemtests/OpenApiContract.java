package io.llmschema.systemtests;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The description of the API, held against what a server does.
 *
 * <p>An exchange keeps the contract when its path, method, status, media type and headers are described and its body is what the
 * description says; and, if it succeeded, when the request is what the description says too. Safe for any number of threads.
 */
final class OpenApiContract {
    /** A request and its answer. */
    record Exchange(String method, String target, String contentType, byte[] body, Reply reply) {
        String path() {
            return target.split("\\?", 2)[0];
        }

        /** The names of the query parameters. */
        Set<String> queryNames() {
            String[] parts = target.split("\\?", 2);
            return parts.length == 1
                    ? Set.of()
                    : Arrays.stream(parts[1].split("&"))
                            .map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8))
                            .collect(toCollection(TreeSet::new));
        }
    }

    /** An operation of the description. */
    record Operation(String method, String template, JsonNode description, List<JsonNode> parameters) {
        String id() {
            return description.path("operationId").asString();
        }

        private boolean matches(String path) {
            String[] wanted = template.split("/", -1);
            String[] given = path.split("/", -1);
            for (int i = 0; i < wanted.length && wanted.length == given.length; i++) {
                boolean isFree = wanted[i].startsWith("{") && !given[i].isEmpty();
                if (!isFree && !wanted[i].equals(given[i])) {
                    return false;
                }
            }
            return wanted.length == given.length;
        }

        private long freeSegments() {
            return template.chars().filter(c -> c == '{').count();
        }
    }

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

    /** @param yaml an OpenAPI 3.1 document */
    OpenApiContract(String yaml) {
        this.document = new YAMLMapper().readTree(yaml);
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    List<JsonNode> parameters = new ArrayList<>();
                    path.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    operation.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.getValue(),
                            parameters));
                }
            }
        }
    }

    /** The description that a server gives of itself. */
    static OpenApiContract of(URI server) {
        String request = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        return new OpenApiContract(RawHttp.exchange(server, request.getBytes(StandardCharsets.UTF_8))
                .text());
    }

    List<Operation> operations() {
        return operations;
    }

    /** The operations that were answered with success so far, by id. */
    Set<String> succeeded() {
        return new TreeSet<>(succeeded);
    }

    /** The schema of that name. */
    JsonNode component(String name) {
        return document.at("/components/schemas/" + name);
    }

    /** A part of the document, a reference to it followed. */
    JsonNode resolved(JsonNode part) {
        String reference = part.path("$ref").asString("");
        return reference.isEmpty() ? part : resolved(document.at(reference.substring(1)));
    }

    /** Fails unless the exchange is as described. */
    void check(Exchange exchange) {
        try {
            compare(exchange);
        } catch (AssertionError e) {
            throw new AssertionError(
                    exchange.method() + " " + exchange.target() + " is not as described: " + e.getMessage()
                            + "\nanswered: " + exchange.reply(),
                    e);
        }
    }

    private void compare(Exchange exchange) {
        Reply reply = exchange.reply();
        assertThat(reply.header("X-Content-Type-Options")).isIn("nosniff", "");
        List<Operation> there = operationsAt(exchange.path());
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Optional<Operation> operation =
                there.stream().filter(o -> o.method().equals(method)).findFirst();
        if (operation.isPresent()) {
            compare(exchange, operation.get());
            return;
        }
        assertThat(reply.status()).isIn(there.isEmpty() ? List.of(400, 404, 413, 414) : List.of(400, 405, 413));
        if (reply.status() == 405) {
            assertThat(reply.header("Allow").split(", "))
                    .containsExactlyInAnyOrderElementsOf(
                            there.stream().map(Operation::method).toList());
        }
        if (!exchange.method().equals("HEAD")) {
            checkProblem(reply);
        }
    }

    private List<Operation> operationsAt(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<Operation> matching = operations.stream()
                .filter(operation -> operation.matches(trimmed))
                .toList();
        // Fixed segments count more than parameters.
        long free = matching.stream().mapToLong(Operation::freeSegments).min().orElse(0);
        return matching.stream()
                .filter(operation -> operation.freeSegments() == free)
                .toList();
    }

    private void compare(Exchange exchange, Operation operation) {
        Reply reply = exchange.reply();
        JsonNode responses = operation.description().path("responses");
        JsonNode response =
                resolved(responses.path(responses.has("" + reply.status()) ? "" + reply.status() : "default"));
        assertThat(response.isObject())
                .as("status %d is described", reply.status())
                .isTrue();
        response.path("headers").properties().stream()
                .filter(header -> resolved(header.getValue()).path("required").asBoolean(true))
                .forEach(header -> assertThat(reply.header(header.getKey()))
                        .as("header %s", header.getKey())
                        .isNotEmpty());
        boolean isHead = exchange.method().equals("HEAD");
        if (!response.has("content") || isHead) {
            assertThat(reply.body()).as("body").isEmpty();
        } else {
            checkBody(reply.mediaType(), reply.text(), response.path("content"));
            if (reply.mediaType().equals(RegistryClient.NDJSON)) {
                checkLines(reply.text().lines().toList());
            }
        }
        if (reply.status() >= 400 && reply.status() != 503 && !isHead) {
            checkProblem(reply);
        }
        if (reply.status() / 100 == 2) {
            checkRequest(exchange, operation);
            succeeded.add(operation.id());
        }
    }

    private void checkRequest(Exchange exchange, Operation operation) {
        List<String> known = operation.parameters().stream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
        assertThat(known).as("described query parameters").containsAll(exchange.queryNames());
        JsonNode body = operation.description().path("requestBody");
        if (body.isMissingNode()) {
            assertThat(exchange.body()).as("request body").isEmpty();
        } else if (!exchange.contentType().isEmpty()) {
            String mediaType = exchange.contentType().split(";", 2)[0].strip();
            checkBody(mediaType, new String(exchange.body(), StandardCharsets.UTF_8), body.path("content"));
        }
    }

    private void checkBody(String mediaType, String body, JsonNode contents) {
        assertThat(contents.propertyNames()).as("described media types").contains(mediaType);
        JsonNode schema = contents.path(mediaType).path("schema");
        boolean isJson = mediaType.endsWith("+json") || mediaType.equals(RegistryClient.JSON);
        if (!schema.isEmpty() && isJson) {
            assertValid(body, schema);
        }
    }

    /** Of the answer about many documents: a line for each, and the sum. */
    private void checkLines(List<String> lines) {
        lines.subList(0, lines.size() - 1).forEach(line -> assertValid(line, component("DocumentLine")));
        assertThat(Reply.parse(lines.getLast()).propertyNames()).containsExactly("documents", "valid", "invalid");
    }

    /** Fails unless an answer is a problem document that agrees with its status and itself. */
    void checkProblem(Reply reply) {
        assertThat(reply.mediaType()).isEqualTo(PROBLEM);
        boolean isOfADocument = reply.text("/code").equals("document-invalid");
        assertValid(reply.text(), component(isOfADocument ? "DocumentProblem" : "Problem"));
        assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
        assertThat(reply.text("/type")).isEqualTo("urn:llmschema:problem:" + reply.text("/code"));
        assertThat(reply.text("/code")).matches("[a-z]+(-[a-z]+)*");
        assertThat(reply.text("/detail")).isNotBlank();
    }

    private void assertValid(String json, JsonNode schema) {
        List<com.networknt.schema.Error> errors = compiled.computeIfAbsent(schema, this::compile)
                .validate(
                        Reply.parse(json),
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        if (!errors.isEmpty()) {
            fail("the body does not keep its schema: " + errors);
        }
    }

    /** The references lead to components, so these are given to every schema. */
    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.path("components"));
        return schemas.getSchema(whole);
    }

    /** The templates of the described operations: {@code GET /api/v1/subjects}. */
    Set<String> routes() {
        return operations.stream()
                .sorted(Comparator.comparing(Operation::template))
                .map(operation -> operation.method() + " " + operation.template())
                .collect(toCollection(TreeSet::new));
    }
}
