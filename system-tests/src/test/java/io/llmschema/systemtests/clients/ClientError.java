package io.llmschema.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;

/** What a client of Node.js throws, as its user sees it. */
final class ClientError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int status;
    private final int code;

    private ClientError(String name, String message, int status, int code) {
        super("%s %d (%d): %s".formatted(name, status, code, message));
        this.name = name;
        this.status = status;
        this.code = code;
    }

    static ClientError of(JsonNode error) {
        return new ClientError(
                error.path("name").asString(),
                error.path("message").asString(),
                error.path("status").asInt(),
                error.path("code").asInt());
    }

    /** What a call throws that must throw. */
    static ClientError thrownBy(ThrowingCallable call) {
        ClientError error = catchThrowableOfType(ClientError.class, call);
        assertThat(error).as("what the client throws").isNotNull();
        return error;
    }

    /** The name of its class. */
    String name() {
        return name;
    }

    /** The HTTP status that the client has kept; 0: none. */
    int status() {
        return status;
    }

    /** The registry's code that the client has kept; 0: none. */
    int code() {
        return code;
    }
}
