package io.llmschema.registry;

import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.Verdict;
import java.util.List;

/**
 * What came of a {@link CompatibilityRequest}.
 *
 * @param comparisons the newest version first, and of each BACKWARD before FORWARD; none if there was nothing to compare with
 */
public record CompatibilityReport(CompatibilityCriteria criteria, List<Comparison> comparisons) {
    public CompatibilityReport {
        comparisons = List.copyOf(comparisons);
    }

    /** INCOMPATIBLE if one comparison came to that; else UNKNOWN if one did; else COMPATIBLE, as the first version of a subject is. */
    public Verdict verdict() {
        if (has(Verdict.INCOMPATIBLE)) {
            return Verdict.INCOMPATIBLE;
        }
        return has(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.COMPATIBLE;
    }

    private boolean has(Verdict verdict) {
        return comparisons.stream()
                .anyMatch(comparison -> comparison.judgement().verdict() == verdict);
    }
}
