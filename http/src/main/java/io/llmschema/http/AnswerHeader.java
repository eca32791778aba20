package io.llmschema.http;

import org.jspecify.annotations.Nullable;

/**
 * A header of an answer, and those given before it. Lists that begin alike share their beginning: a further header is put at the end of
 * one that is kept, and copies nothing.
 */
public final class AnswerHeader {
    private final String name;
    private final String value;
    private final @Nullable AnswerHeader before;

    /**
     * What the server sends for it, made and checked when it is first sent. Its type is one of the HTTP library, which is for the server alone to
     * know. Immutable, so two threads that make it at once do no harm.
     */
    @Nullable
    Object ready;

    AnswerHeader(String name, String value, @Nullable AnswerHeader before) {
        this.name = name;
        this.value = value;
        this.before = before;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** The one that was given before this one; absent: this is the first. */
    public @Nullable AnswerHeader before() {
        return before;
    }

    @Override
    public String toString() {
        return (before == null ? "" : before + ", ") + name + ": " + value;
    }
}
