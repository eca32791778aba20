package io.llmschema.format;

import io.llmschema.model.Violation;
import java.util.List;

/** What came of reading a schema. */
public sealed interface ParseOutcome {
    /** It is one. */
    record Parsed(ParsedSchema schema) implements ParseOutcome {}

    /**
     * It is none.
     *
     * @param violations why, the first in the text first; at least one, at most {@link SchemaFormat#MAX_VIOLATIONS}
     */
    record Rejected(List<Violation> violations) implements ParseOutcome {
        public Rejected {
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("a rejection has a reason");
            }
            violations = violations.stream().limit(SchemaFormat.MAX_VIOLATIONS).toList();
        }

        public static Rejected because(Violation violation) {
            return new Rejected(List.of(violation));
        }
    }
}
