package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.cli.FakeRegistry.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ValidateCommandTest {
    private static final String BAD = "{\n  \"age\": \"bad\"\n}\n";

    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private String file(String name, String content) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Program on(String... args) {
        return Program.on(registry, args);
    }

    @Test
    void validate_ofAValidDocument_endsWithZero() throws IOException {
        Program program = on("validate", "--subject", "shop/orders", file("a.json", "{}"));

        assertThat(program.exit()).isZero();
        assertThat(program.out()).contains("a.json: valid against orders 1.2.0");
        Seen request = registry.seen().getFirst();
        assertThat(request.line()).isEqualTo("POST /api/v1/subjects/shop%2Forders/versions/latest/validate");
        assertThat(request.contentType()).isEqualTo("application/json");
    }

    @Test
    void validate_ofAnInvalidDocument_endsWithOne_andTellsThePlace() throws IOException {
        String bad = file("bad.json", BAD);

        Program program = on("validate", "--subject", "orders", bad, file("a.json", "{}"));

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.outLines())
                .containsSubsequence(
                        bad + ": not valid against orders 1.2.0: 1 error",
                        "  " + bad + ":2:10: error: a number would be right [type]",
                        "    at /age",
                        "    by the schema's /properties/age/type",
                        "2 files: 1 passed, 1 failed");
    }

    @Test
    void validate_ofNoJson_isAnInvalidDocument() throws IOException {
        Program program = on("validate", "--subject", "orders", file("bad.json", "{"));

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out()).contains("error: this is no JSON [syntax]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WARN", "MONITOR"})
    void validate_ofWhatIsAccepted_endsWithZero_unlessStrict(String mode) throws IOException {
        registry.judgements().validateIn(mode);
        String bad = file("bad.json", BAD);
        String lines = file("bad.ndjson", "{}\n{\"bad\": 1}\n");

        Program lenient = on("validate", "--subject", "orders", bad, lines);
        Program strict = on("validate", "--subject", "orders", bad, lines, "--strict");

        assertThat(lenient.exit()).isZero();
        assertThat(lenient.out()).contains("accepted in mode " + mode, "1 of them accepted", "2 passed, 2 warnings");
        assertThat(strict.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(strict.out()).contains("2 failed");
    }

    @Test
    void validate_byId_ofAMessage_inBinary() throws IOException {
        Path good = Files.write(folder.resolve("good.bin"), new byte[] {1});
        Path bad = Files.write(folder.resolve("bad.bin"), new byte[] {0});
        String[] options = {"--id", FakeJudgements.ID, "--message", "acme.Order", "--encoding", "binary"};

        Program accepted =
                on("validate", good.toString(), options[0], options[1], options[2], options[3], options[4], options[5]);
        Program refused =
                on("validate", bad.toString(), options[0], options[1], options[2], options[3], options[4], options[5]);

        assertThat(accepted.exit()).isZero();
        assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED.code());
        Seen request = registry.seen().getFirst();
        assertThat(request.line())
                .isEqualTo("POST /api/v1/schemas/" + FakeJudgements.ID + "/validate?message=acme.Order");
        assertThat(request.contentType()).isEqualTo("application/octet-stream");
        assertThat(request.body()).containsExactly(1);
    }

    @Test
    void validate_ofLines_countsThoseOfTheFile() throws IOException {
        String lines = file("orders.jsonl", "{}\r\n\r\n  \n{\"bad\": 1}\nnonsense\n{}");

        Program text = on("validate", "--subject", "orders", "--version", "^1.2", lines);
        Program json = on("validate", "--subject", "orders", lines, "--json");

        assertThat(text.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(text.outLines())
                .containsSubsequence(
                        lines + ": 4 documents against orders ^1.2, 2 not valid",
                        "  " + lines + ":4: error: a number would be right [type]",
                        "  " + lines + ":5: error: this is no JSON [syntax]");
        JsonNode answer = Json.MAPPER.readTree(json.out()).at("/files/0/answer");
        assertThat(answer.path("documents").asInt()).isEqualTo(4);
        assertThat(answer.path("valid").asInt()).isEqualTo(2);
        assertThat(answer.path("items").values())
                .extracting(item -> item.path("line").asInt())
                .containsExactly(4, 5);
        assertThat(registry.seen().getFirst().line()).endsWith("/versions/%5E1.2/validate");
    }

    @Test
    void validate_ofManyLines_sendsThemInParts() throws IOException {
        int count = 2 * DocumentValidation.MAX_CHUNK_LINES + 1;
        String lines = file(
                "many.ndjson",
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> i == count ? "{\"bad\": 1}" : "{}")
                        .collect(Collectors.joining("\n")));

        Program program = on("validate", "--subject", "orders", lines);

        assertThat(registry.seen())
                .extracting(seen -> seen.text().lines().count())
                .containsExactly(1_000L, 1_000L, 1L);
        assertThat(program.out()).contains("2,001 documents", ":2001: error");
    }

    @Test
    void validate_ofLongLines_keepsRequestsSmall_andALongerOneAlone() throws IOException {
        String half = "\"" + "x".repeat(DocumentValidation.MAX_CHUNK_BYTES / 2) + "\"";
        String whole = "\"" + "x".repeat(DocumentValidation.MAX_CHUNK_BYTES + 1) + "\"";
        String lines = file("long.ndjson", half + "\n" + half + "\n{}\n" + whole + "\n{}\n");

        Program program = on("validate", "--subject", "orders", lines);

        assertThat(program.exit()).isZero();
        assertThat(registry.seen())
                .extracting(seen -> seen.text().lines().count())
                .containsExactly(1L, 2L, 1L, 1L);
    }

    @Test
    void validate_ofWhatIsTooLarge_sendsNothing() throws IOException {
        String large = "\"" + "x".repeat(DocumentValidation.MAX_DOCUMENT_BYTES) + "\"";

        Program one = on("validate", "--subject", "orders", file("large.json", large));
        Program line = on("validate", "--subject", "orders", file("large.ndjson", "{}\n" + large + "\n{}"));

        assertThat(one.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(one.out()).contains("larger than 16.0 MiB [document-too-large]", "1 not examined");
        assertThat(line.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(line.out()).contains("large.ndjson:2: error: the document is larger", "3 documents");
        assertThat(registry.seen()).extracting(Seen::text).containsExactly("{}\n", "{}\n");
    }

    @Test
    void validate_ofManyInvalidLines_tellsTheFirst_andCountsAll() throws IOException {
        int count = DocumentValidation.MAX_LISTED + 10;
        String lines = file("bad.ndjson", "{\"bad\": 1}\n".repeat(count));

        Program program = on("validate", "--subject", "orders", lines);

        assertThat(program.out()).contains("1,010 not valid, of which 1,000 are told");
        assertThat(program.out().lines().filter(line -> line.contains("error:")).count())
                .isEqualTo(DocumentValidation.MAX_LISTED);
    }

    @Test
    void validate_ofStandardInput_oneDocument_orLines() {
        Program one = Program.withInput(BAD, "validate", "--subject", "orders", "-", "--url", registry.url());
        Program lines = Program.withInput(
                "{}\n{}\n", "validate", "--subject", "orders", "--ndjson", "-", "--url", registry.url());

        assertThat(one.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(one.out()).contains("standard input:2:10: error");
        assertThat(lines.exit()).isZero();
        assertThat(lines.out()).contains("standard input: 2 documents");
    }

    @Test
    void validate_withAnAnswerTooFew_isAFault() throws IOException {
        registry.judgements().forgetTheLast();

        Program program = on("validate", "--subject", "orders", file("a.ndjson", "{}\n{}\n"));

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.err()).contains("answered 1 of 2 documents");
    }

    @Test
    void validate_againstNothing_isRefused() throws IOException {
        Program program = on("validate", "--subject", "absent", file("a.json", "{}"));

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.err()).contains("nothing there");
    }

    @Test
    void validate_asSarif_andAsJunit() throws IOException {
        String bad = file("bad.json", BAD);

        Program sarif = on("validate", "--subject", "orders", bad, "--output", "sarif");
        Program junit = on("validate", "--subject", "orders", bad, "--output", "junit");

        assertThat(Json.MAPPER
                        .readTree(sarif.out())
                        .at("/runs/0/results/0/ruleId")
                        .asString())
                .isEqualTo("type");
        assertThat(junit.out()).contains("<testsuite name=\"llmschema validate\" tests=\"1\" failures=\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FILE",
                "FILE --subject a --id b",
                "FILE --id b --version 1.0.0",
                "nowhere.json --subject a",
                "FOLDER --subject a",
                "FILE --subject a --encoding xml",
                "FILE --subject a --ndjson --encoding binary"
            })
    void validate_askedWrongly_isAUsageError(String line) throws IOException {
        String document = file("a.json", "{}");

        Program program = on(("validate " + line)
                .replace("FILE", document)
                .replace("FOLDER", folder.toString())
                .split(" "));

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void validate_withoutARegistry_isUnreachable() throws IOException {
        String document = file("a.json", "{}");
        registry.close();

        assertThat(on("validate", "--subject", "a", document).exit()).isEqualTo(ExitCode.UNREACHABLE.code());
    }

    @Test
    void validateSchema_tellsWhatIsWrong_withItsLines() throws IOException {
        String good = file("good.avsc", "\"string\"");
        String bad = file("bad.json", "{\n  \"title\": \"INVALID\",\n  \"properties\": {\"total\": 1}}");

        Program both = on("validate-schema", folder.toString());
        Program one = on("validate-schema", good);

        assertThat(both.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(both.outLines())
                .containsSubsequence(
                        bad + ": not a valid JSON schema",
                        "  " + bad + ":3:5: error: the word is not allowed [invalid-schema]",
                        "  " + bad + ":3:27: error: nor this [invalid-schema]",
                        good + ": a valid AVRO schema",
                        "2 files: 1 passed, 1 failed");
        assertThat(one.exit()).isZero();
    }

    @Test
    void validateSchema_ofStandardInput_orRefused() throws IOException {
        Program piped = Program.withInput("message M {}", "validate-schema", "-", "--url", registry.url());
        Program refused = on("validate-schema", file("a.json", "{\"$ref\": \"DANGLING\"}"));

        assertThat(piped.exit()).isZero();
        assertThat(piped.out()).contains("standard input: a valid PROTOBUF schema");
        assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(refused.out()).contains("[missing-reference]", "1 not examined");
    }
}
