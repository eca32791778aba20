package io.llmschema.format.json;

import io.llmschema.format.SchemaFormat;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.List;

/** The violations found so far: as many as are told, so that a text with a million mistakes costs no more than its reading. */
final class Report {
    private static final int LONGEST_QUOTE = 200;

    private final List<Violation> violations = new ArrayList<>();

    void add(Pointer pointer, String reason) {
        if (!isFull()) {
            violations.add(Violation.atPointer(
                    pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString(), reason));
        }
    }

    /** Whether nothing more will be told. */
    boolean isFull() {
        return violations.size() == SchemaFormat.MAX_VIOLATIONS;
    }

    boolean isEmpty() {
        return violations.isEmpty();
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Something of the text, quoted for a sentence. */
    static String quote(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…") + "'";
    }
}
