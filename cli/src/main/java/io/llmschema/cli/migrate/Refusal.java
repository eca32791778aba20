package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Wire.Answer;

/** That a registry said no, with the number that the dialect has for it. */
public final class Refusal extends RuntimeException {
    private final int code;

    Refusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refusal of(Answer answer) {
        return new Refusal(
                answer.body().path("error_code").asInt(answer.status()),
                answer.body().path("message").asString("status " + answer.status()));
    }

    public int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
