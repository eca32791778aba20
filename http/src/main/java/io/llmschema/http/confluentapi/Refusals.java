package io.llmschema.http.confluentapi;

import static java.util.stream.Collectors.joining;

import io.llmschema.http.HttpProblem;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.WritesRefused;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.Violation;

/** The table that says which refusal gets which status, number and words. */
record Refusals(ConfluentLevel level) {
    static final int INVALID_SCHEMA = 42201;
    static final int NOT_PERMITTED = 42205;
    private static final int UNPROCESSABLE = 422;

    static Envelope of(ConfluentRefusal refusal) {
        return new Envelope(refusal.status(), refusal.code(), refusal.message());
    }

    static Envelope of(HttpProblem problem) {
        int status = problem.kind().status();
        String message = switch (problem.kind()) {
            case UNKNOWN_ROUTE -> "HTTP 404 Not Found";
            case METHOD_NOT_ALLOWED -> "HTTP 405 Method Not Allowed";
            case UNSUPPORTED_MEDIA_TYPE -> "HTTP 415 Unsupported Media Type";
            case MALFORMED_REQUEST, MALFORMED_PATH, REQUEST_TIMEOUT, REQUEST_TOO_LARGE, REQUEST_LINE_TOO_LONG ->
                problem.detail();
        };
        return new Envelope(status, status, message);
    }

    static Envelope ofDefect() {
        return new Envelope(500, 500, "Internal Server Error");
    }

    Envelope of(RegistryException refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case InvalidValue invalid -> ofInvalid(invalid, detail);
            case RegistryException.InvalidSchema invalid ->
                unprocessable(
                        INVALID_SCHEMA,
                        "Invalid schema of type %s, details: %s".formatted(invalid.type(), violations(invalid)));
            case RegistryException.ContentTooLarge _ ->
                unprocessable(42209, "Register operation failed because schema is too large");
            case RegistryException.SubjectNotFound missing ->
                new Envelope(404, 40401, "Subject '%s' not found.".formatted(missing.subject()));
            case RegistryException.SchemaNotFound missing -> ofMissing(missing.key());
            case RegistryException.MissingReference _,
                    RegistryException.CircularReference _,
                    RegistryException.InvalidReference _ ->
                unprocessable(INVALID_SCHEMA, "Invalid schema, details: " + detail);
            case RegistryException.VersionExists _,
                    RegistryException.VersionsExhausted _,
                    RegistryException.VersionTooLow _,
                    RegistryException.TooMuchToCompare _,
                    RegistryException.TooMuchToValidate _,
                    RegistryException.IllegalTransition _,
                    RegistryException.SubjectArchived _ -> unprocessable(NOT_PERMITTED, detail);
            case RegistryException.IncomparableTypes types ->
                incompatible(types.version().subject(), IncompatibilityText.OTHER_TYPE);
            case RegistryException.IncompatibleSchema incompatible ->
                incompatible(incompatible.subject(), IncompatibilityText.differences(incompatible.comparisons()));
            case RegistryException.SchemaInUse inUse -> unprocessable(42206, detail);
            case RegistryException.NotDeletedYet live -> ofLive(live.schema());
            case WritesRefused refused -> unprocessable(NOT_PERMITTED, mode(refused));
            case RegistryException.SubjectsInTheWay _ ->
                unprocessable(NOT_PERMITTED, "Cannot import since found existing subjects");
            case RegistryException.OrdinalRefused _ ->
                unprocessable(INVALID_SCHEMA, "Version is not one more than previous version");
            case RegistryException.GlobalIdTaken taken ->
                unprocessable(NOT_PERMITTED, "Overwrite new schema with id %s is not permitted.".formatted(taken.id()));
            case RegistryException.GlobalIdDiffers _ ->
                unprocessable(42207, "The ID of an imported schema does not match the existing ID");
            case RegistryException.BatchRejected batch -> of(batch.refusal());
            case RegistryException.ContentDamaged _ -> new Envelope(500, Envelope.STORE_FAILED, detail);
            case RegistryException.StorageUnavailable _ -> new Envelope(500, Envelope.STORE_FAILED, detail);
            case RegistryException.RolledBack _, RegistryException.Overloaded _ ->
                new Envelope(500, Envelope.TIMED_OUT, detail);
        };
    }

    private static Envelope unprocessable(int code, String message) {
        return new Envelope(UNPROCESSABLE, code, message);
    }

    private static Envelope ofInvalid(InvalidValue invalid, String detail) {
        return switch (invalid.field()) {
            case "subject" ->
                unprocessable(42208, "The specified subject '%s' is not a valid.".formatted(invalid.value()));
            // What a body says; the rest is wrong with the path, the query or a header.
            case "schema-type" -> unprocessable(INVALID_SCHEMA, "Invalid schema type " + invalid.value());
            case "metadata", "property", "tags", "reference-name", "version", "global-id", "settings", "group-by" ->
                unprocessable(INVALID_SCHEMA, detail);
            default -> new Envelope(400, 400, detail);
        };
    }

    private static Envelope ofMissing(SchemaKey key) {
        return switch (key) {
            case SchemaKey.ByVersion version ->
                new Envelope(404, 40402, "Version %s not found.".formatted(shown(version.selector())));
            case SchemaKey.ById id -> unknown(id.id().toString());
            case SchemaKey.ByGlobalId id -> unknown(id.id().toString());
            case SchemaKey.ByGuid guid -> unknown(guid.guid().toString());
            case SchemaKey.ByFingerprint hash -> unknown(hash.raw().toString());
        };
    }

    private static Envelope unknown(String id) {
        return new Envelope(404, 40403, "Schema %s not found".formatted(id));
    }

    private static String shown(VersionSelector selector) {
        return switch (selector) {
            case VersionSelector.Latest _ -> "-1";
            case VersionSelector.Numbered(int ordinal) -> Integer.toString(ordinal);
            case VersionSelector.Exact _, VersionSelector.InRange _ -> selector.toString();
        };
    }

    private static Envelope ofLive(SchemaSummary live) {
        return new Envelope(
                404,
                40407,
                "Subject '%s' Version %d was not deleted first before being permanently deleted"
                        .formatted(live.subject(), live.ordinal()));
    }

    private static String mode(WritesRefused refused) {
        Subject subject = refused.subject();
        String wanted = refused.mode().isReadOnly()
                ? "is in read-only mode"
                : refused.mode().isImport() ? "is not in read-write mode" : "is not in import mode";
        return "Subject %s in context %s %s".formatted(subject.nameInContext(), subject.context(), wanted);
    }

    private Envelope incompatible(Subject subject, String details) {
        return new Envelope(409, level.incompatibleCode(), IncompatibilityText.refusal(subject, details));
    }

    static String violations(RegistryException.InvalidSchema invalid) {
        return invalid.violations().stream().map(Violation::toString).collect(joining("; "));
    }
}
