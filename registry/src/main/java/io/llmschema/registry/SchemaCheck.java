package io.llmschema.registry;

import io.llmschema.model.Fingerprints;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is a schema.
 *
 * @param fingerprints that it has; absent: it is none
 * @param violations why it is none
 */
public record SchemaCheck(SchemaType type, @Nullable Fingerprints fingerprints, List<Violation> violations) {
    public SchemaCheck {
        violations = List.copyOf(violations);
    }

    public boolean isValid() {
        return violations.isEmpty();
    }
}
