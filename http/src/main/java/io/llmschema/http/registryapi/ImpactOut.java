package io.llmschema.http.registryapi;

import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Verdict;
import io.llmschema.model.Violation;
import io.llmschema.registry.CompatibilityReport;
import io.llmschema.registry.DependentImpact;
import io.llmschema.registry.DependentImpact.Finding;
import io.llmschema.registry.ImpactReport;
import java.util.List;

/** Reports on the impact of a change as the JSON of this dialect. */
final class ImpactOut {
    private ImpactOut() {}

    static byte[] report(ImpactReport report) {
        Verdict verdict = report.verdict();
        return JsonOut.write(out -> out.object(() -> {
            out.text("verdict", verdict.name());
            out.flag("isCompatible", verdict == Verdict.COMPATIBLE);
            out.text("level", report.criteria().level().name());
            out.text("policy", report.criteria().policy().name());
            out.array("replaced", report.replaced(), version -> out.object(() -> version(out, version)));
            out.array("dependents", report.dependents(), dependent -> write(out, dependent));
            out.flag("isCut", report.isCut());
        }));
    }

    private static void version(JsonOut out, SchemaSummary version) {
        out.text("id", version.id().toString());
        out.text("subject", version.subject().name());
        out.text("version", version.version().toString());
    }

    private static void write(JsonOut out, DependentImpact impact) {
        out.object(() -> {
            version(out, impact.dependent());
            out.number("distance", impact.distance());
            switch (impact.finding()) {
                case Finding.Broken(List<Violation> violations) -> {
                    out.text("verdict", "BROKEN");
                    out.array("violations", violations, out::object);
                    out.array("comparisons", List.of(), _ -> {});
                }
                case Finding.Judged(CompatibilityReport report) -> {
                    out.text("verdict", report.verdict().name());
                    out.array("violations", List.of(), _ -> {});
                    out.array(
                            "comparisons",
                            report.comparisons(),
                            comparison -> out.object(() -> CompatibilityOut.judgement(out, comparison)));
                }
            }
        });
    }
}
