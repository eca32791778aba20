package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CheckCommandTest {
    private static final String BREAKING = """
            {
              "title": "BREAKING",
              "properties": {
                "total": {"minimum": 5}
              }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private Program on(String... args) {
        return Program.on(registry, args);
    }

    private JsonNode firstItem() {
        return registry.lastTo("/compatibility").json().path("items").path(0);
    }

    @Test
    void check_ofACompatibleFile_endsWithZero_andAsksForTheLevelInForce() throws IOException {
        Program program = on("check", file("orders.json", "{}").toString());

        assertThat(program.exit()).isZero();
        assertThat(program.out())
                .contains("orders.json: COMPATIBLE, compared with orders 1.2.0 (level FULL, policy STRICT)")
                .contains("1 file: 1 passed");
        assertThat(firstItem().propertyNames()).containsExactlyInAnyOrder("schemaType", "schema", "subject");
        assertThat(firstItem().path("subject").asString()).isEqualTo("orders");
    }

    @Test
    void check_ofABreakingFile_endsWithOne_andShowsBothPlacesAndTheWitness() throws IOException {
        Path schema = file("orders.json", BREAKING);

        Program program = on("check", schema.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.outLines())
                .containsSubsequence(
                        "  " + schema + ":4:26: error: the least number went up [range-narrowed]",
                        "    at /properties/total/minimum",
                        "    in orders 1.2.0: at /old",
                        "    orders 1.2.0 may write this in JSON, and this schema does not read it:",
                        "      {\"total\": 1}",
                        "    since: 1 is less than 5",
                        "    this schema may write this in JSON, and orders 1.2.0 does not read it:");
    }

    @Test
    void check_ofWhatNobodyCanTell_endsWithOne_unlessItIsAllowed() throws IOException {
        String schema = file("orders.json", "{\"title\": \"UNDECIDABLE\"}").toString();

        Program strict = on("check", schema);
        Program lenient = on("check", schema, "--allow-unknown");

        assertThat(strict.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(strict.out()).contains("warning: nobody can tell: the patterns are too large [undecided]");
        assertThat(lenient.exit()).isZero();
        assertThat(lenient.out()).contains("1 passed, 2 warnings");
    }

    @Test
    void check_ofNoSchema_endsWithOne_andTellsTheLines() throws IOException {
        Path schema = file("orders.json", "INVALID");

        Program program = on("check", schema.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out())
                .contains("not a valid JSON schema", schema + ":3:5: error: the word is not allowed", "nor this");
    }

    @Test
    void check_ofWhatTheRegistryRefuses_orThatIsNoText_isNotExamined() throws IOException {
        file("a.json", "{\"$ref\": \"DANGLING\"}");
        Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xFF});

        Program program = on("check", folder.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out())
                .contains("'x' is not there [missing-reference]", "not UTF-8", "2 files: 0 passed, 2 not examined");
    }

    @Test
    void check_ofAFolder_namesSubjectsAsAnImportDoes() throws IOException {
        file("shop/orders.json", "{}");
        file("shop/user.avsc", "\"string\"");
        file("shop/id.proto", "message Id {}");
        file("rows.jsonl", "{}");

        Program program = on("check", folder.toString(), "--subject-prefix", "acme/");

        assertThat(program.exit()).isZero();
        assertThat(registry.lastTo("/compatibility").json().path("items").values())
                .extracting(item -> item.path("subject").asString() + " "
                        + item.path("schemaType").asString())
                .containsExactly("acme/shop/id.proto PROTOBUF", "acme/shop/orders JSON", "acme/shop/user AVRO");
    }

    @Test
    void check_takesEveryCriterion_andReferences() throws IOException {
        on("register", "acme/id.proto", file("id.proto", "message Id {}").toString());
        Path schema = file("user.proto", "import \"id.proto\"; import \"absent.proto\";");

        Program program = on(
                "check",
                schema.toString(),
                "--subject",
                "user",
                "--subject-prefix",
                "acme/",
                "--level",
                "full_transitive",
                "--policy",
                "lenient",
                "--aspect",
                "binary",
                "--against",
                "1.0.0",
                "--against",
                "^2",
                "--reference",
                "absent.proto=x@1.0.0",
                "--reference",
                "unmentioned=y");

        assertThat(program.exit()).isZero();
        JsonNode item = firstItem();
        assertThat(item.path("subject").asString()).isEqualTo("acme/user");
        assertThat(item.path("level").asString()).isEqualTo("FULL_TRANSITIVE");
        assertThat(item.path("policy").asString()).isEqualTo("LENIENT");
        assertThat(item.path("aspects").toString()).isEqualTo("[\"BINARY\"]");
        assertThat(item.path("against").toString()).isEqualTo("[\"1.0.0\",\"^2\"]");
        assertThat(item.path("references").toString())
                .isEqualTo("[{\"name\":\"absent.proto\",\"subject\":\"x\",\"version\":\"1.0.0\"},"
                        + "{\"name\":\"id.proto\",\"subject\":\"acme/id.proto\",\"version\":\"latest\"}]");
    }

    @Test
    void check_ofStandardInput_needsASubject() {
        Program named = Program.withInput("{}", "check", "-", "--subject", "new", "--url", registry.url());
        Program nameless = Program.withInput("{}", "check", "-", "--url", registry.url());

        assertThat(named.exit()).isZero();
        assertThat(named.out()).contains("standard input: COMPATIBLE, compared with no version of new");
        assertThat(nameless.exit()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void check_ofMany_asksInBatches_andAnswersInOrder() throws IOException {
        for (int i = 0; i < 2 * CompatibilityCheck.MAX_ITEMS + 1; i++) {
            file("s%03d.json".formatted(i), i == 150 ? BREAKING : "{}");
        }

        Program program = on("check", folder.toString(), "--json");

        List<Integer> sizes = registry.seen().stream()
                .map(seen -> seen.json().path("items").size())
                .toList();
        assertThat(sizes).containsExactly(100, 100, 1);
        JsonNode files = Json.MAPPER.readTree(program.out()).path("files");
        assertThat(files.size()).isEqualTo(201);
        assertThat(files.path(150).path("file").asString()).endsWith("s150.json");
        assertThat(files.path(150).path("outcome").asString()).isEqualTo("FAILED");
        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
    }

    @Test
    void check_ofLargeSchemas_keepsRequestsSmall() throws IOException {
        String large = "{\"title\": \"" + "x".repeat(CompatibilityCheck.MAX_CHARACTERS / 2) + "\"}";
        file("a.json", large);
        file("b.json", large);
        file("c.json", "{}");

        on("check", folder.toString());

        assertThat(registry.seen())
                .extracting(seen -> seen.json().path("items").size())
                .containsExactly(1, 2);
    }

    @Test
    void check_ofWhatABatchHasNoRoomFor_isAskedAlone() throws IOException {
        file("a.json", "{}");
        file("b.json", "{\"title\": \"CROWDED\"}");

        Program program = on("check", folder.toString());

        assertThat(program.exit()).isZero();
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void check_withAnAnswerTooFew_isAFault() throws IOException {
        registry.judgements().forgetTheLast();

        Program program = on("check", file("a.json", "{}").toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.err()).contains("answered 0 of 1 questions");
    }

    @Test
    void check_intoAFile_showsTheTextToo() throws IOException {
        Path target = folder.resolve("check.sarif");

        Program program = on(
                "check",
                file("orders.json", BREAKING).toString(),
                "--output",
                "sarif",
                "--output-file",
                target.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out()).contains("1 file: 0 passed, 1 failed");
        JsonNode log = Json.MAPPER.readTree(Files.readAllBytes(target));
        assertThat(log.at("/runs/0/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere.json",
                "FILE --level sideways",
                "FILE --against not~a~version",
                "FILE --reference nonsense",
                "FILE --type xml",
                "FILE --output xml",
                "FILE --output sarif --json",
                "FILE FILE --subject two",
                "FOLDER/empty"
            })
    void check_askedWrongly_isAUsageError(String line) throws IOException {
        Path schema = file("a.json", "{}");
        Files.createDirectories(folder.resolve("empty"));

        Program program = on(("check " + line)
                .replace("FILE", schema.toString())
                .replace("FOLDER", folder.toString())
                .split(" "));

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void check_withoutARegistry_isUnreachable_andPatienceHelps() throws IOException {
        String schema = file("a.json", "{}").toString();
        registry.answerBusy(1);

        Program patient = on("check", schema, "--patience", "30s");
        registry.close();
        Program impatient = on("check", schema);

        assertThat(patient.exit()).isZero();
        assertThat(patient.err()).contains("trying again");
        assertThat(impatient.exit()).isEqualTo(ExitCode.UNREACHABLE.code());
    }
}
