package io.llmschema.model;

/** Which versions of a subject a new one must be compatible with, and in which direction. */
public enum CompatibilityLevel {
    /** With none: anything may follow. */
    NONE,

    /** Readers with the new schema read what was written with the latest version. */
    BACKWARD,

    /** Readers with the new schema read what was written with any version. */
    BACKWARD_TRANSITIVE,

    /** Readers with the latest version read what is written with the new schema. */
    FORWARD,

    /** Readers with any version read what is written with the new schema. */
    FORWARD_TRANSITIVE,

    /** Both {@link #BACKWARD} and {@link #FORWARD}. */
    FULL,

    /** Both {@link #BACKWARD_TRANSITIVE} and {@link #FORWARD_TRANSITIVE}. */
    FULL_TRANSITIVE;

    /** Whether it is about every version, and not about the latest one alone. */
    public boolean isTransitive() {
        return switch (this) {
            case BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE, FULL_TRANSITIVE -> true;
            case NONE, BACKWARD, FORWARD, FULL -> false;
        };
    }

    /** Whether the new schema has to read what the old ones wrote. */
    public boolean asksBackward() {
        return switch (this) {
            case BACKWARD, BACKWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
            case NONE, FORWARD, FORWARD_TRANSITIVE -> false;
        };
    }

    /** Whether the old schemas have to read what the new one writes. */
    public boolean asksForward() {
        return switch (this) {
            case FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
            case NONE, BACKWARD, BACKWARD_TRANSITIVE -> false;
        };
    }
}
