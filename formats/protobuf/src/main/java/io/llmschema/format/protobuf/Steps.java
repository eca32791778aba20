package io.llmschema.format.protobuf;

/** The work that is left to a comparison; not safe for several threads. */
final class Steps {
    /** The most that one comparison does, a step being a look at one field or value of an enum: a second or two. */
    static final long MAX_STEPS = 500_000;

    private long left;

    Steps(long limit) {
        this.left = limit;
    }

    void spend(long steps) {
        left -= steps;
    }

    boolean areLeft() {
        return left > 0;
    }
}
