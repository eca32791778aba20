package io.llmschema.registry;

import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Verdict;
import io.llmschema.registry.DependentImpact.Finding;
import java.util.List;

/**
 * What would become of those that refer to a schema if they referred to another one in its place.
 *
 * @param replaced the versions in whose place it was put, the newest first; none if the subject has none in use
 * @param dependents the nearest first, and of those the newest
 * @param isCut whether further ones were not looked at, because there are too many or they are too large
 */
public record ImpactReport(
        CompatibilityCriteria criteria, List<SchemaSummary> replaced, List<DependentImpact> dependents, boolean isCut) {
    public ImpactReport {
        replaced = List.copyOf(replaced);
        dependents = List.copyOf(dependents);
    }

    /**
     * INCOMPATIBLE if one dependent would be broken, or comes to that; else UNKNOWN if one comes to that, or some were not looked at; else
     * COMPATIBLE.
     */
    public Verdict verdict() {
        if (has(Verdict.INCOMPATIBLE)) {
            return Verdict.INCOMPATIBLE;
        }
        return isCut || has(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.COMPATIBLE;
    }

    private boolean has(Verdict verdict) {
        return dependents.stream().anyMatch(dependent -> verdict(dependent.finding()) == verdict);
    }

    private static Verdict verdict(Finding finding) {
        return switch (finding) {
            case Finding.Broken _ -> Verdict.INCOMPATIBLE;
            case Finding.Judged(CompatibilityReport report) -> report.verdict();
        };
    }
}
