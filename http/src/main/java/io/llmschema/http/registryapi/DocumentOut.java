package io.llmschema.http.registryapi;

import io.llmschema.model.DocumentError;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.ValidationMode;
import io.llmschema.registry.Documents;
import io.llmschema.registry.SchemaCheck;
import java.util.List;

/** What schemas say of documents, as the JSON of this dialect. */
final class DocumentOut {
    private DocumentOut() {}

    static byte[] report(Documents.Check check, DocumentReport report) {
        return JsonOut.write(out -> out.object(() -> fields(out, check, report)));
    }

    /** A problem document that has the fields of the report beside its own. */
    static byte[] refusal(Documents.Check check, DocumentReport report) {
        SchemaSummary schema = check.schema();
        DocumentError first = report.errors().getFirst();
        int more = report.errors().size() - 1;
        String detail = "the document is not valid against version %s of subject '%s': %s%s%s"
                .formatted(
                        schema.version(),
                        schema.subject(),
                        first.instancePath().isEmpty() ? "" : "at " + first.instancePath() + ": ",
                        first.message(),
                        more > 0 ? " (and " + more + " more)" : "");
        return JsonOut.write(out -> out.object(() -> {
            out.problem(422, "document-invalid", detail);
            fields(out, check, report);
        }));
    }

    private static void fields(JsonOut out, Documents.Check check, DocumentReport report) {
        SchemaSummary schema = check.schema();
        out.flag("valid", report.isValid());
        out.flag("accepted", check.accepts(report));
        out.text("mode", check.mode().name());
        out.text("subject", schema.subject().name());
        out.text("version", schema.version().toString());
        out.text("schemaId", schema.id().toString());
        out.text("encoding", check.encoding().name());
        errors(out, check, report, true);
    }

    private static void errors(JsonOut out, Documents.Check check, DocumentReport report, boolean isListed) {
        boolean isTold = isListed && check.mode() != ValidationMode.MONITOR;
        out.number("errorCount", report.errors().size());
        out.flag("isCut", report.isCut() || (!isListed && !report.isValid()));
        out.array("errors", isTold ? report.errors() : List.<DocumentError>of(), error -> write(out, error));
    }

    private static void write(JsonOut out, DocumentError error) {
        out.object(() -> {
            out.text("instancePath", error.instancePath());
            out.text("schemaPath", error.schemaPath());
            out.text("keyword", error.keyword());
            out.text("message", error.message());
        });
    }

    /**
     * What is said of one line of a stream.
     *
     * @param isListed whether its errors are listed, or only counted
     */
    static byte[] line(int line, Documents.Check check, DocumentReport report, boolean isListed) {
        return JsonOut.write(out -> out.object(() -> {
            out.number("line", line);
            out.flag("valid", report.isValid());
            out.flag("accepted", check.accepts(report));
            errors(out, check, report, isListed);
        }));
    }

    /** The same of one that could not be validated. */
    static byte[] line(int line, Problem problem) {
        return JsonOut.write(out -> out.object(() -> {
            out.number("line", line);
            out.flag("valid", false);
            out.flag("accepted", false);
            out.number("errorCount", 0);
            out.flag("isCut", false);
            out.array("errors", List.<DocumentError>of(), error -> write(out, error));
            out.problem("problem", problem);
        }));
    }

    static byte[] sum(int documents, int valid) {
        return JsonOut.write(out -> out.object(() -> {
            out.number("documents", documents);
            out.number("valid", valid);
            out.number("invalid", documents - valid);
        }));
    }

    static byte[] check(SchemaCheck check) {
        return JsonOut.write(out -> out.object(() -> {
            out.flag("valid", check.isValid());
            out.text("schemaType", check.type().name());
            if (check.fingerprints() != null) {
                out.hashes(check.fingerprints());
            }
            out.violations(check.violations());
        }));
    }
}
