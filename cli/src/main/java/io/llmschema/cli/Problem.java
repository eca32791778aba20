package io.llmschema.cli;

import io.llmschema.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A problem document (RFC 9457) of the registry.
 *
 * @param code stable; programs decide by it
 * @param detail what happened and what to do
 * @param document the whole of it
 */
record Problem(int status, String code, String detail, List<Violation> violations, JsonNode document) {
    Problem {
        violations = List.copyOf(violations);
    }

    static Problem of(int status, JsonNode document) {
        String code = document.path("code").asString("http-" + status);
        return new Problem(
                status, code, document.path("detail").asString("status " + status), violations(document), document);
    }

    /** What a document lists as wrong, in its order. */
    static List<Violation> violations(JsonNode document) {
        return document.path("violations").values().stream()
                .map(Problem::violation)
                .toList();
    }

    private static Violation violation(JsonNode node) {
        @Nullable
        String pointer = node.hasNonNull("pointer") ? node.path("pointer").asString() : null;
        return new Violation(
                pointer,
                node.path("line").asInt(0),
                node.path("column").asInt(0),
                node.path("reason").asString(""));
    }

    /** The detail and, where there are violations, the first of them: enough for one line of a list. */
    String summary() {
        return switch (violations.size()) {
            case 0 -> detail;
            case 1 -> violations.getFirst().toString();
            default -> violations.getFirst() + " (and " + (violations.size() - 1) + " more)";
        };
    }
}
