package io.llmschema.registry;

import io.llmschema.model.Comparison;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Verdict;
import java.util.List;

/**
 * What came of a {@link CompatibilityRequest}.
 *
 * @param settings by which it was judged
 * @param comparisons the newest version first, and of each BACKWARD before FORWARD; none if there was nothing to compare with
 */
public record CompatibilityReport(SettingsInForce settings, List<Comparison> comparisons) {
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

    /** Whether a version of which this is the report is taken. */
    public boolean isAccepted() {
        return switch (verdict()) {
            case COMPATIBLE -> true;
            case UNKNOWN -> !settings.blocksUnknown();
            case INCOMPATIBLE -> false;
        };
    }

    private boolean has(Verdict verdict) {
        return comparisons.stream()
                .anyMatch(comparison -> comparison.judgement().verdict() == verdict);
    }
}
