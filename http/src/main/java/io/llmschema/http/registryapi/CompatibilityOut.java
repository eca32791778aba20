package io.llmschema.http.registryapi;

import io.llmschema.model.Comparison;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import io.llmschema.model.Verdict;
import io.llmschema.model.Witness;
import io.llmschema.registry.CompatibilityReport;
import java.util.List;

/** Reports on compatibility as the JSON of this dialect. */
final class CompatibilityOut {
    private CompatibilityOut() {}

    static byte[] report(CompatibilityReport report) {
        return JsonOut.write(out -> write(out, report));
    }

    static byte[] answers(List<CompatibilityAnswer> answers) {
        return JsonOut.write(out -> out.object(() -> out.array("items", answers, answer -> write(out, answer))));
    }

    private static void write(JsonOut out, CompatibilityAnswer answer) {
        switch (answer) {
            case CompatibilityAnswer.Judged(CompatibilityReport report) -> write(out, report);
            case CompatibilityAnswer.Refused(Problem problem) -> out.object(problem);
        }
    }

    private static void write(JsonOut out, CompatibilityReport report) {
        Verdict verdict = report.verdict();
        out.object(() -> {
            out.text("verdict", verdict.name());
            out.flag("isCompatible", verdict == Verdict.COMPATIBLE);
            out.flag("isAccepted", report.isAccepted());
            out.text("level", report.settings().criteria().level().name());
            out.text("policy", report.settings().criteria().policy().name());
            out.array("comparisons", report.comparisons(), comparison -> write(out, comparison));
        });
    }

    static void write(JsonOut out, Comparison comparison) {
        out.object(() -> {
            out.text("version", comparison.version().version().toString());
            out.text("id", comparison.version().id().toString());
            judgement(out, comparison);
        });
    }

    /** What a comparison came to, without what was compared. */
    static void judgement(JsonOut out, Comparison comparison) {
        out.text("direction", comparison.direction().name());
        out.text("verdict", comparison.judgement().verdict().name());
        differences(out, comparison.judgement());
    }

    /** What a judgement has found, as two fields. */
    static void differences(JsonOut out, Judgement judgement) {
        out.array("incompatibilities", judgement.incompatibilities(), difference -> write(out, difference));
        out.array("undecided", judgement.undecided(), pair -> write(out, pair));
    }

    private static void write(JsonOut out, Incompatibility difference) {
        Witness witness = difference.witness();
        out.object(() -> {
            out.text("rule", difference.rule());
            out.text("aspect", difference.aspect().name());
            out.text("readerPath", difference.readerPath());
            out.text("writerPath", difference.writerPath());
            out.text("message", difference.message());
            out.object("witness", () -> {
                out.text("mediaType", witness.mediaType());
                out.text("document", witness.document());
                out.text("refusal", witness.refusal());
            });
        });
    }

    private static void write(JsonOut out, Undecided pair) {
        DataEncoding aspect = pair.aspect();
        out.object(() -> {
            out.text("aspect", aspect == null ? null : aspect.name());
            out.text("readerPath", pair.readerPath());
            out.text("writerPath", pair.writerPath());
            out.text("reason", pair.reason());
        });
    }
}
