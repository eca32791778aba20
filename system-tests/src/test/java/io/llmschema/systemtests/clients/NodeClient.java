package io.llmschema.systemtests.clients;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A client inside the {@link NodeProgram}, made when it is first called, whose methods are called by their own names. */
final class NodeClient {
    private static final String BYTES = "bytes";

    private final NodeProgram program;
    private final String kind;
    private final Map<String, ?> options;
    private final String session = UUID.randomUUID().toString();

    NodeClient(NodeProgram program, String kind, Map<String, ?> options) {
        this.program = program;
        this.kind = kind;
        this.options = Map.copyOf(options);
    }

    /**
     * What the method answers.
     *
     * @param arguments values that can be written as JSON, and {@link #bytes}
     * @throws ClientError the client has refused
     */
    JsonNode call(String method, Object... arguments) {
        JsonNode answer = program.answer(Map.of(
                "session",
                session,
                "client",
                kind,
                "options",
                options,
                "method",
                method,
                "arguments",
                List.of(arguments)));
        if (answer.has("error")) {
            throw ClientError.of(answer.path("error"));
        }
        return answer.path("value");
    }

    byte[] callForBytes(String method, Object... arguments) {
        return Base64.getDecoder().decode(call(method, arguments).path(BYTES).asString());
    }

    /** Bytes as an argument. */
    static Map<String, String> bytes(byte[] bytes) {
        return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
    }
}
