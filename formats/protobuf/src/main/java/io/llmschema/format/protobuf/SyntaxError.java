package io.llmschema.format.protobuf;

/** The first thing in a text that cannot be read; whatever follows it would be guessed at. */
final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final String reason;

    SyntaxError(Place place, String reason) {
        // Without a stack trace: damaged texts are an ordinary answer, not a fault of this program.
        super(reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    Place place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
