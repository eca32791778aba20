package io.llmschema.cli;

import io.llmschema.cli.FakeRegistry.Answer;
import io.llmschema.cli.FakeRegistry.Seen;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fake registry says of schemas and documents. A word in them decides: {@code BREAKING}, {@code UNDECIDABLE}, {@code CROWDED} and
 * {@code INVALID} in a schema, {@code bad} in a document.
 */
final class FakeJudgements {
    static final String ID = "0190a2b3-0000-7000-8000-000000000001";

    private volatile String mode = "STRICT";
    private volatile boolean isForgetful;

    /** What becomes of invalid documents: STRICT, WARN or MONITOR. */
    void validateIn(String newMode) {
        mode = newMode;
    }

    /** The last answer of many is left out. */
    void forgetTheLast() {
        isForgetful = true;
    }

    /** The answer, if the question is one about schemas or documents. */
    Optional<Answer> of(Seen request) {
        String path = request.line().replaceFirst("\\?.*", "");
        if (path.equals("POST /api/v1/compatibility")) {
            return Optional.of(compatibility(request.json().path("items")));
        }
        if (path.equals("POST /api/v1/validate-schema")) {
            return Optional.of(schema(request.json()));
        }
        if (path.contains("/diff/")) {
            return Optional.of(diff(request, path));
        }
        if (path.contains("/absent/") && path.endsWith("/validate")) {
            return Optional.of(Answer.problem(404, "subject-not-found", "nothing there"));
        }
        return path.endsWith("/validate") ? Optional.of(documents(request)) : Optional.empty();
    }

    private Answer compatibility(JsonNode items) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode answers = answer.putArray("items");
        items.values().forEach(item -> answers.add(compatibility(item, items.size())));
        if (isForgetful) {
            answers.remove(answers.size() - 1);
        }
        return Answer.json(200, answer);
    }

    private static ObjectNode compatibility(JsonNode item, int items) {
        String schema = item.path("schema").asString();
        if (schema.contains("INVALID")) {
            return invalid(Answer.problemDocument(422, "invalid-schema", "not a schema of its type"));
        }
        if (schema.contains("CROWDED") && items > 1) {
            return Answer.problemDocument(422, "too-much-to-compare", "that is too much");
        }
        if (schema.contains("DANGLING")) {
            return Answer.problemDocument(422, "missing-reference", "'x' is not there");
        }
        String verdict = schema.contains("BREAKING")
                ? "INCOMPATIBLE"
                : schema.contains("UNDECIDABLE") ? "UNKNOWN" : "COMPATIBLE";
        ObjectNode report = Json.MAPPER
                .createObjectNode()
                .put("verdict", verdict)
                .put("isCompatible", verdict.equals("COMPATIBLE"))
                .put("level", item.path("level").asString("FULL"))
                .put("policy", item.path("policy").asString("STRICT"));
        ArrayNode comparisons = report.putArray("comparisons");
        if (!item.path("subject").asString().startsWith("new")) {
            addComparison(comparisons, "BACKWARD", verdict);
            addComparison(comparisons, "FORWARD", verdict);
        }
        return report;
    }

    private static void addComparison(ArrayNode comparisons, String direction, String verdict) {
        ObjectNode comparison = comparisons
                .addObject()
                .put("version", "1.2.0")
                .put("id", ID)
                .put("direction", direction)
                .put("verdict", verdict);
        boolean isBackward = direction.equals("BACKWARD");
        String reader = isBackward ? "/properties/total/minimum" : "/old";
        String writer = isBackward ? "/old" : "/properties/total/minimum";
        ArrayNode differences = comparison.putArray("incompatibilities");
        if (verdict.equals("INCOMPATIBLE")) {
            ObjectNode difference = differences
                    .addObject()
                    .put("rule", "range-narrowed")
                    .put("aspect", "JSON")
                    .put("readerPath", reader)
                    .put("writerPath", writer)
                    .put("message", "the least number went up");
            difference
                    .putObject("witness")
                    .put("mediaType", "application/json")
                    .put("document", "{\"total\": 1}")
                    .put("refusal", "1 is less than 5");
        }
        ArrayNode undecided = comparison.putArray("undecided");
        if (verdict.equals("UNKNOWN")) {
            undecided
                    .addObject()
                    .put("readerPath", reader)
                    .put("writerPath", writer)
                    .put("reason", "the patterns are too large");
        }
    }

    private static ObjectNode invalid(ObjectNode answer) {
        ArrayNode violations = answer.putArray("violations");
        violations
                .addObject()
                .put("reason", "the word is not allowed")
                .put("line", 3)
                .put("column", 5);
        violations.addObject().put("reason", "nor this").put("pointer", "/properties/total");
        return answer;
    }

    private static Answer schema(JsonNode request) {
        String schema = request.path("schema").asString();
        if (schema.contains("DANGLING")) {
            return Answer.problem(422, "missing-reference", "'x' is not there");
        }
        boolean isValid = !schema.contains("INVALID");
        ObjectNode answer = Json.MAPPER.createObjectNode().put("valid", isValid);
        if (!isValid) {
            return Answer.json(200, invalid(answer));
        }
        answer.put("schemaType", request.path("schemaType").asString()).putArray("violations");
        return Answer.json(200, answer);
    }

    private static Answer diff(Seen request, String path) {
        if (path.contains("/absent/")) {
            return Answer.problem(404, "subject-not-found", "nothing there");
        }
        if (request.accept().equals("text/plain")) {
            return new Answer(200, "text of " + path.replaceFirst(".*/diff/", "") + " \u001b[31m\n");
        }
        boolean isBreaking = path.contains("/breaking/") || request.text().contains("BREAKING");
        ObjectNode answer = Json.MAPPER
                .createObjectNode()
                .put("subject", "orders")
                .put("class", isBreaking ? "BREAKING" : "ADDITIVE")
                .put("raises", isBreaking ? "major" : "minor");
        answer.putObject("from").put("version", "1.0.0").put("id", ID);
        if (request.line().startsWith("GET")) {
            answer.putObject("to").put("version", "2.0.0").put("id", ID);
        }
        answer.putArray("changes");
        return Answer.json(200, answer);
    }

    private Answer documents(Seen request) {
        return switch (request.contentType()) {
            case "application/json" -> document(request.text());
            case "application/octet-stream" -> document(request.body()[0] == 0 ? "bad" : "{}");
            case "application/x-ndjson" -> new Answer(200, lines(request.text()));
            default -> Answer.problem(415, "unsupported-media-type", request.contentType());
        };
    }

    private Answer document(String text) {
        ObjectNode answer = judged(text)
                .put("mode", mode)
                .put("subject", "orders")
                .put("version", "1.2.0")
                .put("schemaId", ID)
                .put("encoding", "JSON")
                .put("isCut", false);
        if (answer.path("accepted").asBoolean()) {
            return Answer.json(200, answer);
        }
        ObjectNode problem = Answer.problemDocument(422, "document-invalid", "the document does not conform");
        problem.setAll(answer);
        return Answer.json(422, problem);
    }

    private ObjectNode judged(String text) {
        boolean isJson = isJson(text);
        boolean isValid = isJson && !text.contains("bad");
        ObjectNode answer = Json.MAPPER
                .createObjectNode()
                .put("valid", isValid)
                .put("accepted", isValid || !mode.equals("STRICT"))
                .put("errorCount", isValid ? 0 : 1);
        ArrayNode errors = answer.putArray("errors");
        if (!isValid && !mode.equals("MONITOR")) {
            errors.addObject()
                    .put("instancePath", isJson ? "/age" : "")
                    .put("schemaPath", isJson ? "/properties/age/type" : "")
                    .put("keyword", isJson ? "type" : "syntax")
                    .put("message", isJson ? "a number would be right" : "this is no JSON");
        }
        return answer;
    }

    private static boolean isJson(String text) {
        try {
            Json.MAPPER.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private String lines(String text) {
        StringBuilder answer = new StringBuilder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            answer.append(judged(line).put("line", number)).append('\n');
        }
        String all = isForgetful
                ? answer.toString().lines().skip(1).collect(Collectors.joining("\n", "", "\n"))
                : answer.toString();
        return all + Json.MAPPER.createObjectNode().put("documents", number) + "\n";
    }
}
