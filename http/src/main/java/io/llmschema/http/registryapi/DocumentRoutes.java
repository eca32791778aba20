package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.HttpProblem;
import io.llmschema.http.HttpProblem.Kind;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.ValidationMode;
import io.llmschema.registry.Documents;
import io.llmschema.registry.SchemaCheck;
import io.llmschema.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@code …/validate}: documents against schemas, and {@code /api/v1/validate-schema}: schemas against the rules of their language. */
record DocumentRoutes(SchemaRegistry registry, Documents documents) {
    static final String NDJSON = "application/x-ndjson";

    private static final Set<String> NDJSON_TYPES =
            Set.of(NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines");
    private static final Set<String> BINARY_TYPES = Set.of(
            "application/octet-stream",
            "avro/binary",
            "application/vnd.apache.avro+binary",
            "application/x-protobuf",
            "application/protobuf");

    /** The most errors that the answer to a stream lists; further documents are told by their number of errors alone. */
    private static final int MAX_ERRORS_OF_STREAM = 20_000;

    List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/v1/schemas/{id}/validate",
                        request -> validate(
                                request,
                                new SchemaKey.ById(SchemaRoutes.schemaId(request.tenant(), request.path("id"))))),
                Route.post(
                        "/api/v1/subjects/{subject}/versions/{version}/validate",
                        request -> validate(request, VersionRoutes.key(request))),
                Route.post("/api/v1/validate-schema", this::checkSchema));
    }

    private Answer validate(Request request, SchemaKey key) {
        String mediaType = request.mediaType();
        boolean isStream = NDJSON_TYPES.contains(mediaType);
        boolean isBinary = BINARY_TYPES.contains(mediaType);
        if (!isStream && !isBinary && !mediaType.equals(MediaTypes.JSON)) {
            throw new HttpProblem(
                    Kind.UNSUPPORTED_MEDIA_TYPE,
                    "the Content-Type is '%s'; it must be %s for one JSON document, %s for many, or %s for binary data"
                            .formatted(mediaType, MediaTypes.JSON, NDJSON, "application/octet-stream"));
        }
        Documents.Check check = documents.against(
                key,
                isBinary ? DataEncoding.BINARY : DataEncoding.JSON,
                request.query("message").orElse(null));
        Answer answer = isStream ? stream(check, request.body()) : one(check, request.body());
        return Deprecation.of(check.schema()).apply(answer);
    }

    private static Answer one(Documents.Check check, byte[] document) {
        DocumentReport report = check.validate(document);
        if (!check.accepts(report)) {
            return Answer.of(422, MediaTypes.PROBLEM, DocumentOut.refusal(check, report))
                    .with("Cache-Control", "no-store");
        }
        Answer answer = Answer.of(200, MediaTypes.JSON, DocumentOut.report(check, report));
        return report.isValid() || check.mode() != ValidationMode.WARN
                ? answer
                : answer.with("Warning", "199 - \"the document is not valid\"");
    }

    /** Each line of the body is a document, blank ones aside; each has a line in the answer, and the last line of that is the sum. */
    private static Answer stream(Documents.Check check, byte[] body) {
        // All are counted before one is validated: a request that is refused leaves no trace.
        List<Line> lines = lines(body);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int valid = 0;
        int errors = 0;
        for (Line line : lines) {
            byte[] answer;
            try {
                DocumentReport report = check.validate(Arrays.copyOfRange(body, line.start(), line.end()));
                int found = report.errors().size();
                boolean isListed = errors + found <= MAX_ERRORS_OF_STREAM;
                valid += report.isValid() ? 1 : 0;
                errors += isListed ? found : 0;
                answer = DocumentOut.line(line.number(), check, report, isListed);
            } catch (RegistryException.TooMuchToValidate e) {
                // The documents after it are none the worse.
                answer = DocumentOut.line(line.number(), Problem.of(e));
            }
            out.writeBytes(answer);
            out.write('\n');
        }
        out.writeBytes(DocumentOut.sum(lines.size(), valid));
        out.write('\n');
        return Answer.of(200, NDJSON, out.toByteArray());
    }

    /** A line of a body that is not blank, its number counted from 1. */
    private record Line(int number, int start, int end) {}

    private static List<Line> lines(byte[] body) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (int start = 0; start < body.length; ) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            number++;
            if (!isBlank(body, start, end)) {
                lines.add(new Line(number, start, end));
            }
            if (lines.size() > Documents.MAX_DOCUMENTS) {
                throw new HttpProblem(
                        Kind.REQUEST_TOO_LARGE,
                        "the body has more than %,d documents; send them in several requests"
                                .formatted(Documents.MAX_DOCUMENTS));
            }
            start = end + 1;
        }
        return lines;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Answer checkSchema(Request request) {
        SchemaCheck check = Requests.schemaCheck(request, registry);
        return Answer.of(200, MediaTypes.JSON, DocumentOut.check(check));
    }
}
