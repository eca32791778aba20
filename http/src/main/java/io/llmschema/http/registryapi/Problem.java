package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.HttpProblem;
import io.llmschema.model.Comparison;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Version;
import io.llmschema.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457), and the table that says which refusal gets which status and code.
 *
 * @param code stable, for programs; in lower case with hyphens
 * @param detail what happened and what to do, for people
 * @param comparisons that stand against a schema
 * @param deserved the lowest version number that says enough, if the one given does not
 * @param index of the item of a batch that was refused, if one was
 */
record Problem(
        int status,
        String code,
        String detail,
        List<Violation> violations,
        List<SchemaSummary> usedBy,
        List<Comparison> comparisons,
        @Nullable Version deserved,
        @Nullable Integer index) {
    /** What a client that is sent away for now is told to wait. */
    private static final String RETRY_AFTER_SECONDS = "1";

    Answer toAnswer() {
        Answer answer =
                Answer.of(status, MediaTypes.PROBLEM, JsonOut.problem(this)).with("Cache-Control", "no-store");
        return status == 503 ? answer.with("Retry-After", RETRY_AFTER_SECONDS) : answer;
    }

    static Problem of(HttpProblem problem) {
        return plain(problem.kind().status(), problem.kind().code(), problem.detail());
    }

    static Problem ofDefect(String incident) {
        return plain(
                500, "internal-error", "something went wrong here; the server's log has it as incident " + incident);
    }

    static Problem of(RegistryException refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case RegistryException.InvalidValue invalid -> plain(400, "invalid-" + invalid.field(), detail);
            case RegistryException.InvalidSchema invalid ->
                new Problem(422, "invalid-schema", detail, invalid.violations(), List.of(), List.of(), null, null);
            case RegistryException.ContentTooLarge _ -> plain(413, "content-too-large", detail);
            case RegistryException.SubjectNotFound _ -> plain(404, "subject-not-found", detail);
            case RegistryException.SchemaNotFound _ -> plain(404, "schema-not-found", detail);
            case RegistryException.VersionExists _ -> plain(409, "version-exists", detail);
            case RegistryException.VersionsExhausted _ -> plain(409, "versions-exhausted", detail);
            case RegistryException.MissingReference _ -> plain(422, "missing-reference", detail);
            case RegistryException.CircularReference _ -> plain(422, "circular-reference", detail);
            case RegistryException.InvalidReference _ -> plain(422, "invalid-reference", detail);
            case RegistryException.IncomparableTypes _ -> plain(422, "incomparable-types", detail);
            case RegistryException.TooMuchToCompare _ -> plain(422, "too-much-to-compare", detail);
            case RegistryException.TooMuchToValidate _ -> plain(422, "too-much-to-validate", detail);
            case RegistryException.IllegalTransition _ -> plain(409, "illegal-transition", detail);
            case RegistryException.SchemaInUse inUse ->
                new Problem(409, "schema-in-use", detail, List.of(), inUse.users(), List.of(), null, null);
            case RegistryException.IncompatibleSchema incompatible ->
                new Problem(
                        409,
                        "incompatible-schema",
                        detail,
                        List.of(),
                        List.of(),
                        incompatible.comparisons(),
                        null,
                        null);
            case RegistryException.VersionTooLow low ->
                new Problem(409, "version-too-low", detail, List.of(), List.of(), List.of(), low.deserved(), null);
            case RegistryException.NotDeletedYet _ -> plain(409, "not-deleted", detail);
            case RegistryException.SubjectArchived _ -> plain(409, "subject-archived", detail);
            case RegistryException.WritesRefused _ -> plain(409, "writes-refused", detail);
            case RegistryException.OrdinalRefused _ -> plain(409, "ordinal-refused", detail);
            case RegistryException.GlobalIdTaken _ -> plain(409, "global-id-taken", detail);
            case RegistryException.GlobalIdDiffers _ -> plain(409, "global-id-differs", detail);
            case RegistryException.SubjectsInTheWay _ -> plain(409, "subjects-in-the-way", detail);
            case RegistryException.BatchRejected batch -> of(batch.refusal()).ofItem(batch.index(), detail);
            case RegistryException.ContentDamaged _ -> plain(500, "content-damaged", detail);
            case RegistryException.StorageUnavailable _ -> plain(503, "storage-unavailable", detail);
            case RegistryException.RolledBack _ -> plain(503, "too-busy", detail);
            case RegistryException.Overloaded _ -> plain(503, "too-busy", detail);
        };
    }

    private static Problem plain(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), List.of(), List.of(), null, null);
    }

    private Problem ofItem(int item, String itemDetail) {
        return new Problem(status, code, itemDetail, violations, usedBy, comparisons, deserved, item);
    }
}
