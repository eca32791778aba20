package io.llmschema.model;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a text, and where.
 *
 * @param pointer the place as a JSON Pointer (RFC 6901), where the text is JSON and the place is known
 * @param line counted from 1; 0 when it is not known
 * @param column counted from 1, in characters; 0 when it is not known
 * @param reason what is wrong, in a sentence
 */
public record Violation(@Nullable String pointer, int line, int column, String reason) {
    public static Violation atPointer(String pointer, String reason) {
        return new Violation(pointer, 0, 0, reason);
    }

    public static Violation atLine(int line, int column, String reason) {
        return new Violation(null, line, column, reason);
    }

    public static Violation ofWhole(String reason) {
        return new Violation(null, 0, 0, reason);
    }

    @Override
    public String toString() {
        String place = pointer != null
                ? (pointer.isEmpty() ? "at the root" : "at " + pointer)
                : line > 0 ? "line " + line + ", column " + column : "";
        return place.isEmpty() ? reason : place + ": " + reason;
    }
}
