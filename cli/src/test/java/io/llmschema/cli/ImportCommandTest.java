package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImportCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Path rows(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String register(String subject, String content) {
        return Json.MAPPER
                .createObjectNode()
                .put("op", "register")
                .put("subject", subject)
                .put("content", content)
                .toString();
    }

    private static String delete(String subject) {
        return "{\"op\": \"delete\", \"subject\": \"" + subject + "\"}";
    }

    private Program imported(Path path, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "import";
        args[1] = path.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return Program.on(registry, args);
    }

    private Counted counted(Path path, String... options) {
        String[] all = new String[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = "--json";
        Program program = imported(path, all);
        return new Counted(program.exit(), Json.MAPPER.readTree(program.out()));
    }

    /** A run with its summary. */
    private record Counted(int exit, JsonNode report) {
        long count(String name) {
            return report.path("total").path(name).asLong(-1);
        }
    }

    @Test
    void rowsOfOneSubject_manyAtATime_keepTheirOrder() throws IOException {
        String[] lines = new String[200];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = register("s" + i % 5, "{\"maxLength\": " + i + "}");
        }

        Counted run = counted(rows("json-history.jsonl", lines), "--concurrency", "16");

        assertThat(run.exit()).isZero();
        assertThat(run.count("registered")).isEqualTo(200);
        assertThat(registry.versions("s3")).hasSize(40);
        for (int i = 0; i < 40; i++) {
            assertThat(registry.versions("s3").get(i).content).isEqualTo("{\"maxLength\": " + (i * 5 + 3) + "}");
        }
    }

    @Test
    void historyWithDeletions_secondRun_changesNothing() throws IOException {
        Path file = rows(
                "json-history.jsonl",
                register("s", "{\"a\": 1}"),
                register("s", "{\"a\": 2}"),
                register("s", "{\"a\": 1}"),
                delete("s"),
                register("s", "{\"a\": 1}"),
                delete("s"),
                register("s", "{\"a\": 3}"),
                register("only-deleted", "{\"b\": 1}"),
                delete("only-deleted"),
                register("s", "INVALID"));
        Counted first = counted(file, "--verify");
        List<String> picture = registry.picture();

        Counted second = counted(file, "--verify");

        assertThat(first.count("registered")).isEqualTo(5);
        assertThat(first.count("deleted")).isEqualTo(3);
        assertThat(first.count("rejected")).isEqualTo(1);
        assertThat(second.count("registered")).isZero();
        assertThat(second.count("deleted")).isZero();
        assertThat(second.count("alreadyThere")).isEqualTo(9);
        assertThat(second.count("verified")).isEqualTo(6);
        assertThat(registry.picture()).isEqualTo(picture);
    }

    @Test
    void historyWithDeletions_cutAnywhere_endsTheSame() throws IOException {
        String[] lines = {
            register("s", "{\"a\": 1}"),
            register("s", "{\"a\": 2}"),
            delete("s"),
            register("s", "{\"a\": 2}"),
            register("s", "{\"a\": 1}"),
            delete("s"),
            register("s", "{\"a\": 2}")
        };
        Path whole = rows("json-whole.jsonl", lines);
        imported(whole);
        List<String> expected = registry.picture();

        for (int cut = 1; cut < lines.length; cut++) {
            try (FakeRegistry fresh = new FakeRegistry()) {
                AnswersUntil answers = new AnswersUntil(cut);
                Interruption interruption = new Interruption();
                fresh.before(line -> answers.count(line, interruption));
                Program.run(interruption, "", "import", whole.toString(), "--url", fresh.url());
                fresh.before(line -> {});

                Program second = Program.on(fresh, "import", whole.toString());

                assertThat(second.exit()).as("cut at %s", cut).isZero();
                assertThat(fresh.picture()).as("cut at %s", cut).isEqualTo(expected);
            }
        }
    }

    /** Interrupts while the n-th change is under way. */
    private static final class AnswersUntil {
        private int left;

        private AnswersUntil(int changes) {
            left = changes;
        }

        private synchronized void count(String line, Interruption interruption) {
            left -= line.startsWith("GET") ? 0 : 1;
            if (left == 0) {
                interruption.request();
            }
        }
    }

    @Test
    void schemaAsValue_isRegisteredAsItsExactBytes() throws IOException {
        String value = "{ \"z\" : 1.0E+2,\t\"a\":[1 , 2], \"é\\u00e9\": \"\\/\", \"n\": 12345678901234567890.10 }";
        Path file = rows(
                "json-cases.jsonl",
                "{\"subject\": \"a\", \"schema\": " + value + ", \"tests\": [{\"valid\": true, \"data\": {}}]}",
                "{\"schema\":true,\"subject\":\"b\"}",
                "{\"subject\":\"c\",\"schema\":  {} }");

        Counted run = counted(file, "--verify");

        assertThat(run.count("verified")).isEqualTo(3);
        assertThat(registry.versions("a").getFirst().content).isEqualTo(value);
        assertThat(registry.versions("b").getFirst().content).isEqualTo("true");
        assertThat(registry.versions("c").getFirst().content).isEqualTo("{}");
    }

    @Test
    void badRows_areListed_andDoNotStopTheOthers() throws IOException {
        Path rejects = folder.resolve("rejects.jsonl");
        Path file = rows(
                "json-mixed.jsonl",
                register("good", "{}"),
                "this is no JSON",
                "",
                "{\"content\": \"{}\"}",
                register("bad", "INVALID"),
                "{\"subject\": \"twice\", \"content\": \"{}\", \"content\": \"{}\"}",
                "{\"subject\": \"half\", \"content\": \"\\ud800\"}",
                register("good2", "{}"));

        Program program = imported(file, "--rejects", rejects.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out())
                .contains("json-mixed.jsonl:2  ")
                .contains("json-mixed.jsonl:5  bad  invalid-schema: line 3, column 5: the word is not allowed (and 1"
                        + " more)")
                .contains("by reason:")
                .contains("database: 5.0 MiB on disk, for 2.0 KiB of schemas in 2 versions");
        assertThat(registry.picture()).hasSize(2);
        assertThat(Files.readAllLines(rejects))
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).contains("\"line\":7").contains("surrogate"));
    }

    @Test
    void protobufRows_inAnyOrder_waitForTheirImports() throws IOException {
        Path file = rows(
                "protobuf-files.jsonl",
                "{\"subject\":\"c.proto\",\"imports\":[\"b.proto\"],\"content\":\"import \\\"b.proto\\\";\"}",
                "{\"subject\":\"b.proto\",\"imports\":[\"a.proto\",\"google/protobuf/any.proto\"],"
                        + "\"content\":\"import \\\"a.proto\\\"; import \\\"google/protobuf/any.proto\\\";\"}",
                "{\"subject\":\"a.proto\",\"imports\":[],\"content\":\"syntax = \\\"proto3\\\";\"}");

        Counted run = counted(file);
        Counted second = counted(file);

        assertThat(run.count("registered")).isEqualTo(3);
        assertThat(registry.registrations().subList(0, 3)).containsExactly("a.proto", "b.proto", "c.proto");
        assertThat(second.count("alreadyThere")).isEqualTo(3);
    }

    @Test
    void protobufRow_referenceIsToTheVersionOfThisRun_notToLatest() throws IOException {
        Path file = rows(
                "protobuf-files.jsonl",
                register("a.proto", "message A {}"),
                register("b.proto", "import \"a.proto\";"),
                register("a.proto", "message A { int32 more = 1; }"));
        imported(file);

        Counted second = counted(file);

        assertThat(second.count("registered")).isZero();
        assertThat(registry.versions("b.proto")).hasSize(1);
    }

    @Test
    void protobufImport_thatOnlyTheServerHas_becomesAReference() throws IOException {
        imported(rows("protobuf-first.jsonl", register("acme/a.proto", "message A {}")));

        Counted run = counted(
                rows("protobuf-second.jsonl", register("b.proto", "import \"a.proto\";")), "--subject-prefix", "acme/");

        assertThat(run.exit()).isZero();
        assertThat(registry.versions("acme/b.proto")
                        .getFirst()
                        .summary
                        .path("references")
                        .get(0)
                        .toString())
                .isEqualTo("{\"name\":\"a.proto\",\"subject\":\"acme/a.proto\",\"version\":\"latest\"}");
    }

    @Test
    void folder_isWalked_subjectsArePaths() throws IOException {
        Path schemas = Files.createDirectories(folder.resolve("schemas/sub"));
        Files.writeString(schemas.resolve("order.json"), "{\"type\": \"object\"}\r\n");
        Files.writeString(schemas.resolve("user.avsc"), "\"string\"");
        Files.writeString(schemas.resolve("a.proto"), "import \"sub/b.proto\";");
        Files.writeString(schemas.resolve("b.proto"), "syntax = \"proto3\";");
        Files.write(schemas.resolve("latin.json"), "\"é\"".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(schemas.resolve("README.md"), "nothing to import");

        Counted run = counted(folder.resolve("schemas"), "--verify");

        assertThat(run.count("registered")).isEqualTo(4);
        assertThat(run.count("rejected")).isEqualTo(1);
        assertThat(registry.versions("sub/order").getFirst().content).isEqualTo("{\"type\": \"object\"}\r\n");
        assertThat(registry.versions("sub/user")
                        .getFirst()
                        .summary
                        .path("schemaType")
                        .asString())
                .isEqualTo("AVRO");
        assertThat(registry.versions("sub/a.proto")).hasSize(1);
    }

    @Test
    void compressedFile_isRead() throws IOException {
        Path file = folder.resolve("json-rows.jsonl.zst");
        Files.write(file, Zstd.compress((register("a", "{}") + "\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(counted(file).count("registered")).isEqualTo(1);
    }

    @Test
    void brokenFile_isReported_afterItsGoodRows() throws IOException {
        Path file = folder.resolve("json-rows.jsonl.zst");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            lines.append(register("s" + i % 3, "{}")).append(" ".repeat(i % 7)).append('\n');
        }
        byte[] whole = Zstd.compress(lines.toString().getBytes(StandardCharsets.UTF_8));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        Program program = imported(file);

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out()).contains("the file cannot be read further");
    }

    @Test
    void registryAwayForAWhile_isWaitedFor_andSaid() throws IOException {
        registry.answerBusy(1);
        registry.loseAnswers(1);

        Program program = imported(rows("json-rows.jsonl", register("a", "{}")), "--patience", "20s");

        assertThat(program.exit()).isZero();
        assertThat(program.err()).contains("the registry is away").contains("the registry is back");
        assertThat(registry.versions("a")).hasSize(1);
    }

    @Test
    void lostAnswerOfADeletion_isNoFault() throws IOException {
        registry.before(line -> {
            if (line.startsWith("DELETE")
                    && registry.requests().stream().filter(line::equals).count() == 1) {
                registry.loseAnswers(1);
            }
        });

        Counted run = counted(rows("json-rows.jsonl", register("a", "{}"), delete("a"), register("a", "{}")));

        assertThat(run.exit()).isZero();
        assertThat(registry.picture()).hasSize(2);
    }

    @Test
    void registryAwayForLong_endsTheRun_withItsOwnExitCode() throws IOException {
        registry.answerBusy(Integer.MAX_VALUE);

        Program program =
                imported(rows("json-rows.jsonl", register("a", "{}"), register("b", "{}")), "--patience", "0s");

        assertThat(program.exit()).isEqualTo(ExitCode.UNREACHABLE.code());
        assertThat(program.err()).contains("gave up after 0 s").contains("run the same command again");
    }

    @Test
    void conflict_isTriedAgain() throws IOException {
        registry.conflict(1);

        assertThat(counted(rows("json-rows.jsonl", register("a", "{}"))).count("registered"))
                .isEqualTo(1);
    }

    @Test
    void internalError_isAFailedRow_notTheEnd() throws IOException {
        registry.failOn(line -> line.startsWith("POST") && line.contains("/broken/"));

        Counted run = counted(rows("json-rows.jsonl", register("broken", "{}"), register("b", "{}")));

        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(run.count("failed")).isEqualTo(1);
        assertThat(run.count("registered")).isEqualTo(1);
    }

    @Test
    void verify_findsADifference() throws IOException {
        registry.corrupt();

        Program program = imported(rows("json-rows.jsonl", register("a", "{}")), "--verify");

        assertThat(program.exit()).isEqualTo(ExitCode.DIFFERENT.code());
        assertThat(program.out()).contains("content-differs").contains("first different at byte 1");
    }

    @Test
    void interruption_finishesRowsInFlight_andSaysHowToGoOn() throws IOException {
        Interruption interruption = new Interruption();
        registry.before(line -> interruption.request());
        String[] lines = new String[2_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = register("s" + i, "{}");
        }

        Program program = Program.run(
                interruption,
                "",
                "import",
                rows("json-rows.jsonl", lines).toString(),
                "--concurrency",
                "2",
                "--url",
                registry.url());

        assertThat(program.exit()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(program.err()).contains("run the same command again to go on");
        assertThat(registry.picture()).hasSizeBetween(1, 2);
    }

    @Test
    void dryRun_keepsNothing() throws IOException {
        Counted run = counted(
                rows(
                        "protobuf-rows.jsonl",
                        register("a.proto", "message A {}"),
                        register("b.proto", "import \"a.proto\";"),
                        register("c.proto", "INVALID")),
                "--dry-run");

        assertThat(run.count("registered")).isEqualTo(1);
        assertThat(run.count("skipped")).isEqualTo(1);
        assertThat(run.count("rejected")).isEqualTo(1);
        assertThat(registry.picture()).isEmpty();
    }

    @Test
    void unknownPath_isAUsageError() {
        Program program = imported(folder.resolve("nowhere"));

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.err()).contains("is not there");
    }

    @Test
    void progressBar_isDrawnOnStandardError() throws IOException {
        Program program = imported(rows("json-rows.jsonl", register("a", "{}")), "--progress");

        assertThat(program.err()).contains("import").contains("100%");
    }
}
