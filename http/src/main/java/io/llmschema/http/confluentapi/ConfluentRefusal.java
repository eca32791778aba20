package io.llmschema.http.confluentapi;

/** A refusal that only this dialect knows, with the number and the words that its clients know. */
final class ConfluentRefusal extends RuntimeException {
    private final int code;
    private final int status;
    private final String words;

    /**
     * @param code {@code error_code} of the answer
     * @param status of HTTP
     */
    ConfluentRefusal(int code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
        this.words = message;
    }

    int code() {
        return code;
    }

    int status() {
        return status;
    }

    String message() {
        return words;
    }
}
