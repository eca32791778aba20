package io.llmschema.systemtests.cluster;

/** A promise that was not kept, with what is needed to understand how. */
record Violation(Kind kind, String details) {
    /** The promises. */
    enum Kind {
        /** Something was shown that has never been true: also a content that differs from what was registered. */
        NEVER_TRUE,
        /** An answer was older than the staleness bound allows. */
        TOO_STALE,
        /** A node did not show what it had acknowledged. */
        OWN_WRITE_LOST,
        /** A client that sent the token of what it had been shown, or told of, was shown something older. */
        BACK_IN_TIME,
        /** A request was answered with neither success nor a refusal that is to be expected. */
        FAILED
    }

    @Override
    public String toString() {
        return kind + ": " + details;
    }
}
