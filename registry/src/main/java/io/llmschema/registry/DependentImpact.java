package io.llmschema.registry;

import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Violation;
import java.util.List;

/**
 * What a change of a schema does to a version that refers to it.
 *
 * @param distance how many references lie between the two at least
 */
public record DependentImpact(SchemaSummary dependent, int distance, Finding finding) {
    /** What was found out. */
    public sealed interface Finding {
        /**
         * With the changed schema it is no schema any more.
         *
         * @param violations why; at least one
         */
        record Broken(List<Violation> violations) implements Finding {
            public Broken {
                violations = List.copyOf(violations);
            }
        }

        /**
         * With the changed schema it is a schema still.
         *
         * @param report how that compares with what it is now, in which a comparison is with itself
         */
        record Judged(CompatibilityReport report) implements Finding {}
    }
}
