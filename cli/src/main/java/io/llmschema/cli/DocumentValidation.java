package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import io.llmschema.cli.Finding.Place;
import io.llmschema.cli.Finding.Severity;
import io.llmschema.cli.RegistryFailure.Faulty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The question whether documents conform to one schema.
 *
 * @param path where the registry is asked
 * @param about what they are to conform to, as the person named it
 * @param isStrict whether an invalid document fails though the registry accepts it
 */
record DocumentValidation(RegistryClient client, String path, String about, boolean isStrict) {
    /** The largest document; the API takes no larger body. */
    static final int MAX_DOCUMENT_BYTES = 16 << 20;

    /** Lines are sent together up to so many bytes, a longer one alone: a fourth of what the API takes, so that progress is seen. */
    static final int MAX_CHUNK_BYTES = 4 << 20;

    /** The most lines sent together: a tenth of what the API takes, so that the errors of all of them fit into an answer. */
    static final int MAX_CHUNK_LINES = 1_000;

    /** The most invalid documents of one file that are told one by one; the others are counted. */
    static final int MAX_LISTED = 1_000;

    /** The most findings of one file that are told. */
    static final int MAX_FINDINGS = 5_000;

    private static final String TOO_LARGE = "document-too-large";

    /** The rule of documents of which only that they are invalid is known. */
    private static final String INVALID = "document-invalid";

    /** The file as one document. */
    Examined ofOne(String file, String mediaType, InputStream in) throws IOException {
        byte[] document = in.readNBytes(MAX_DOCUMENT_BYTES + 1);
        if (document.length > MAX_DOCUMENT_BYTES) {
            return Examined.unreadable(file, about, TOO_LARGE, tooLarge());
        }
        JsonNode answer = client.validate(path, mediaType, document);
        Map<String, Place> places = places(document, answer);
        List<Finding> findings =
                findings(answer, pointer -> places.getOrDefault(pointer, Place.ofPath(pointer)), Place.WHOLE);
        Outcome outcome = isPassed(answer) ? Outcome.PASSED : Outcome.FAILED;
        return new Examined(file, about, outcome, conclusion(answer), findings, answer);
    }

    private static Map<String, Place> places(byte[] document, JsonNode answer) {
        List<String> pointers = answer.path("errors").values().stream()
                .map(error -> error.path("instancePath").asString(""))
                .toList();
        // A binary document has no lines.
        return pointers.isEmpty()
                ? Map.of()
                : Utf8.decode(document)
                        .map(text -> JsonPositions.of(text, pointers))
                        .orElse(Map.of());
    }

    private static String tooLarge() {
        return "the document is larger than " + Units.bytes(MAX_DOCUMENT_BYTES);
    }

    private boolean isPassed(JsonNode answer) {
        return isValid(answer) || (!isStrict && answer.path("accepted").asBoolean(false));
    }

    private static boolean isValid(JsonNode answer) {
        return answer.path("valid").asBoolean(false);
    }

    private String conclusion(JsonNode answer) {
        String schema = answer.hasNonNull("version")
                ? answer.path("subject").asString("") + " "
                        + answer.path("version").asString("")
                : about;
        if (isValid(answer)) {
            return "valid against " + schema;
        }
        String accepted = answer.path("accepted").asBoolean(false)
                ? ", accepted in mode " + answer.path("mode").asString("?")
                : "";
        long listed = answer.path("errors").size();
        long errors = Math.max(answer.path("errorCount").asLong(0), listed);
        String more = answer.path("isCut").asBoolean(false) || (errors > listed && listed > 0)
                ? ", of which " + listed + " are told"
                : "";
        String counted = errors == 0 ? "" : ": " + errors + (errors == 1 ? " error" : " errors") + more;
        return "not valid against " + schema + accepted + counted;
    }

    /** @param whole the place of what has none of its own */
    private List<Finding> findings(JsonNode answer, Function<String, Place> places, Place whole) {
        if (isValid(answer)) {
            return List.of();
        }
        Severity severity = isPassed(answer) ? Severity.WARNING : Severity.ERROR;
        List<Finding> findings = new ArrayList<>();
        for (JsonNode error : answer.path("errors").values()) {
            String rule = error.path("schemaPath").asString("");
            findings.add(new Finding(
                    error.path("keyword").asString(INVALID),
                    severity,
                    error.path("message").asString(""),
                    places.apply(error.path("instancePath").asString("")),
                    rule.isEmpty() ? List.of() : List.of("by the schema's " + rule)));
        }
        if (findings.isEmpty()) {
            String reason = answer.path("problem")
                    .path("detail")
                    .asString("the document is not valid; the registry does not say why");
            String rule = answer.path("problem").path("code").asString(INVALID);
            findings.add(new Finding(rule, severity, reason, whole, List.of()));
        }
        return findings;
    }

    /** The file as one document a line, sent in parts; blank lines are none. */
    Examined ofEachLine(String file, InputStream in, Progress progress) throws IOException {
        LineByLine run = new LineByLine(progress);
        Lines lines = new Lines(new CountingInputStream(in, progress::read), MAX_DOCUMENT_BYTES);
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (lines.isTooLong()) {
                run.addTooLong(lines.number());
            } else if (!new String(line.get(), StandardCharsets.UTF_8).isBlank()) {
                run.add(lines.number(), line.get());
            }
        }
        run.send();
        return run.examined(file);
    }

    /** The lines of one file on their way; what is kept of them is bounded, however many they are. */
    private final class LineByLine {
        private final Progress progress;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        private final List<Long> chunkNumbers = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final ArrayNode items = Json.MAPPER.createArrayNode();
        private long documents;
        private long invalid;
        private long acceptedInvalid;
        private long failed;

        private LineByLine(Progress progress) {
            this.progress = progress;
        }

        void add(long number, byte[] line) {
            boolean isFull = chunkNumbers.size() == MAX_CHUNK_LINES || chunk.size() + line.length >= MAX_CHUNK_BYTES;
            if (isFull) {
                send();
            }
            chunkNumbers.add(number);
            chunk.write(line, 0, line.length);
            if (line.length < MAX_DOCUMENT_BYTES) {
                chunk.write('\n');
            }
        }

        void addTooLong(long number) {
            send();
            ObjectNode answer =
                    Json.MAPPER.createObjectNode().put("valid", false).put("accepted", false);
            answer.putObject("problem").put("code", TOO_LARGE).put("detail", tooLarge());
            take(number, answer);
        }

        void send() {
            if (chunkNumbers.isEmpty()) {
                return;
            }
            List<JsonNode> answers = client.validateLines(path, chunk.toByteArray()).stream()
                    .filter(answer -> !answer.has("documents"))
                    .toList();
            if (answers.size() != chunkNumbers.size()) {
                throw new Faulty(
                        "incomplete-answer",
                        "the registry answered " + answers.size() + " of " + chunkNumbers.size() + " documents");
            }
            for (int i = 0; i < answers.size(); i++) {
                take(chunkNumbers.get(i), answers.get(i));
            }
            chunk.reset();
            chunkNumbers.clear();
        }

        private void take(long number, JsonNode answer) {
            documents++;
            progress.finishedRow();
            if (isValid(answer)) {
                return;
            }
            invalid++;
            acceptedInvalid += answer.path("accepted").asBoolean(false) ? 1 : 0;
            failed += isPassed(answer) ? 0 : 1;
            if (items.size() < MAX_LISTED && findings.size() < MAX_FINDINGS) {
                int line = (int) Math.min(number, Integer.MAX_VALUE);
                findings.addAll(findings(answer, pointer -> new Place(pointer, line, 0), new Place(null, line, 0)));
                // The registry counts the lines of what it was sent; a person counts those of the file.
                items.add(answer.isObject() ? answer.asObject().put("line", number) : answer);
            }
        }

        Examined examined(String file) {
            boolean isCut = items.size() < invalid;
            ObjectNode answer = Json.MAPPER
                    .createObjectNode()
                    .put("documents", documents)
                    .put("valid", documents - invalid)
                    .put("invalid", invalid)
                    .put("accepted", documents - invalid + acceptedInvalid)
                    .put("isCut", isCut);
            answer.set("items", items);
            String cut = isCut ? ", of which " + Units.count(items.size()) + " are told" : "";
            String accepted = acceptedInvalid == 0 ? "" : ", " + Units.count(acceptedInvalid) + " of them accepted";
            String conclusion = Units.count(documents) + (documents == 1 ? " document" : " documents") + " against "
                    + about + ", " + Units.count(invalid) + " not valid" + accepted + cut;
            return new Examined(
                    file, about, failed == 0 ? Outcome.PASSED : Outcome.FAILED, conclusion, findings, answer);
        }
    }
}
