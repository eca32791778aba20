package io.llmschema.format.json;

import io.llmschema.format.DocumentForm;
import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.json.JsonText;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs schemas with instances whose validity is known, and prints where this room disagrees.
 *
 * <p>Without arguments, rows {@code {subject, schema, tests: [{valid, data}]}} from the standard input, one a line:
 * {@code zstd -dc --long=27 cases.jsonl.zst | java … ValidationCases}. With a folder of the official JSON Schema Test Suite and the {@code $schema} of
 * its draft, that: {@code java … ValidationCases tests/draft7 remotes http://json-schema.org/draft-07/schema#}.
 */
final class ValidationCases {
    private final JsonSchemaFormat format = new JsonSchemaFormat();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<ReferencedSchema> references;
    private long slowest;
    private String slowestCase = "";

    private ValidationCases(List<ReferencedSchema> references) {
        this.references = references;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 3) {
            suite(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
            return;
        }
        ValidationCases cases = new ValidationCases(List.of());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode row = read(line);
                cases.run(row.path("subject").asString(""), row.path("schema"), row.path("tests"));
            }
        }
        cases.summary();
    }

    private static void suite(Path tests, Path remotes, String dialect) throws IOException {
        List<ReferencedSchema> references = new ArrayList<>();
        try (Stream<Path> files = Files.walk(remotes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                references.add(new ReferencedSchema(
                        "http://localhost:1234/" + remotes.relativize(file), SchemaContent.of(Files.readString(file))));
            }
        }
        ValidationCases cases = new ValidationCases(references);
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                for (JsonNode group : read(Files.readString(file))) {
                    JsonNode schema = group.path("schema");
                    if (schema instanceof ObjectNode object && !object.has("$schema")) {
                        object.put("$schema", dialect);
                    }
                    cases.run(
                            file.getFileName() + " / "
                                    + group.path("description").asString(""),
                            schema,
                            group.path("tests"));
                }
            }
        }
        cases.summary();
    }

    private static JsonNode read(String text) {
        return switch (JsonText.parse(text, 10_000)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed(var violation) -> throw new IllegalArgumentException(violation.toString());
        };
    }

    private void run(String subject, JsonNode schema, JsonNode tests) {
        SchemaContent content = SchemaContent.of(schema.toString());
        if (format.parse(content, references) instanceof ParseOutcome.Rejected rejected) {
            disagree("schema refused", subject, -1, rejected.violations().toString());
            return;
        }
        DocumentValidator validator;
        try {
            validator = format.validator(new SchemaSource(content, references));
        } catch (RegistryException.TooMuchToValidate e) {
            disagree("too much", subject, -1, String.valueOf(e.getMessage()));
            return;
        }
        int index = 0;
        for (JsonNode test : tests) {
            run(subject + " [" + index + "] " + test.path("description").asString(""), index, validator, test);
            index++;
        }
    }

    private void run(String subject, int index, DocumentValidator validator, JsonNode test) {
        boolean isValid = test.path("valid").booleanValue(false);
        byte[] document = test.path("data").toString().getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        try {
            DocumentReport report = validator.validate(document, DocumentForm.JSON);
            if (report.isValid() == isValid) {
                counts.merge("agreed", 1, Integer::sum);
            } else {
                disagree(
                        isValid ? "valid, but errors" : "invalid, but no errors",
                        subject,
                        index,
                        report.errors().stream().limit(3).toList().toString());
            }
            if (report.errors().stream().anyMatch(error -> error.message().length() > 2_000)) {
                disagree("long message", subject, index, "");
            }
        } catch (RegistryException.TooMuchToValidate e) {
            disagree("too much", subject, index, String.valueOf(e.getMessage()));
        }
        long took = System.nanoTime() - start;
        if (took > slowest) {
            slowest = took;
            slowestCase = subject;
        }
    }

    private void disagree(String kind, String subject, int index, String reason) {
        counts.merge(kind, 1, Integer::sum);
        String cut = reason.length() > 700 ? reason.substring(0, 700) + "…" : reason;
        System.out.printf("%s\t%s\t%d\t%s%n", kind, subject, index, cut);
    }

    private void summary() {
        System.out.printf("%s; slowest %.1f ms: %s%n", counts, slowest / 1e6, slowestCase);
    }
}
