package io.llmschema.format.json;

/** A question that is given up within this room; whoever asked it takes the answer for unknown. */
final class TooHard extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    TooHard(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** What was too hard, in a sentence. */
    String reason() {
        return reason;
    }
}
