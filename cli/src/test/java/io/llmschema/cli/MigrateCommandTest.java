package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MigrateCommandTest {
    private static final String CHECK =
            "{\"name\":\"check\",\"kind\":\"CONDITION\",\"mode\":\"WRITE\",\"type\":\"CEL\"}";

    @TempDir
    Path folder = Path.of("");

    private final FakeDialect from = new FakeDialect();
    private final FakeDialect to = new FakeDialect();

    @AfterEach
    void stop() {
        from.close();
        to.close();
    }

    private Program migrate(String... options) {
        List<String> all = new ArrayList<>(
                List.of("migrate", "from-confluent", from.url(), "--to", to.url(), "--patience", "10s"));
        all.addAll(List.of(options));
        return Program.run(all.toArray(String[]::new));
    }

    /** A history with everything in it. */
    private void fill() {
        from.register("z", "{\"type\":\"string\"}");
        from.register("a", "{\"$ref\":\"z\"}", "z@1");
        from.register("z", "{\"type\":\"string\",\"title\":\"second\"}", "a@1");
        from.register("b", "{\"type\":\"number\"}");
        from.delete("b", 1);
        from.register("b", "{\"type\":\"number\"}");
        from.register("gone", "{\"type\":\"null\"}");
        from.register("referrer-of-gone", "{\"$ref\":\"gone\"}", "gone@1");
        from.delete("referrer-of-gone", 1);
        from.delete("gone", 1);
        from.register("purged", "{\"title\":\"1\"}");
        from.register("purged", "{\"title\":\"2\"}");
        from.purge("purged", 1);
        from.register(":.team:z", "{\"type\":\"string\"}");
        from.register(":.team:y", "{\"$ref\":\"z\",\"title\":\"team\"}", "z@1");
        from.register("rich", rich());
        from.configure("", "{\"compatibility\":\"FULL\"}");
        from.configure("a", "{\"compatibility\":\"NONE\",\"normalize\":true}");
        from.configure(":.team:", "{\"compatibility\":\"FORWARD\"}");
        from.configure("nickname", "{\"alias\":\"a\"}");
        from.setMode("b", "READONLY");
        from.setMode(":.team:", "READONLY");
    }

    private static ObjectNode rich() {
        ObjectNode wish = Json.MAPPER
                .createObjectNode()
                .put("schema", "{\"title\":\"rich\"}")
                .put("schemaType", "JSON");
        wish.putObject("metadata").putObject("properties").put("owner", "me");
        wish.putObject("ruleSet").putArray("domainRules").add(Json.MAPPER.readTree(CHECK));
        return wish;
    }

    @Test
    void fromConfluent_copiesEverything_andSaysSo() {
        fill();

        Program program = migrate();

        assertThat(program.exit()).as(program.out() + program.err()).isZero();
        assertThat(to.picture()).containsAll(from.picture());
        assertThat(to.picture().stream().filter(line -> line.startsWith("mode of") && line.contains("IMPORT")))
                .isEmpty();
        assertThat(program.out())
                .containsPattern("versions +11 +3 +11 +0 +0 +0")
                .containsPattern("configs +4 ")
                .contains("both sides are the same");
    }

    @Test
    void again_changesNothing() {
        fill();
        migrate();
        int before = to.requests().size();

        Program program = migrate();

        assertThat(program.exit()).isZero();
        assertThat(program.out()).containsPattern("versions +11 +3 +0 +11 +0 +0");
        assertThat(to.requests().subList(before, to.requests().size())).allMatch(line -> line.startsWith("GET"));
    }

    @Test
    void whatCameMeanwhile_isBroughtByTheSameRun() {
        fill();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        to.before(line -> {
            if (line.startsWith("POST") && isFirst.getAndSet(false)) {
                from.register("late", "{\"title\":\"late\"}");
                from.delete("rich", 1);
            }
        });

        Program program = migrate();

        assertThat(program.exit()).as(program.out()).isZero();
        assertThat(to.picture()).containsAll(from.picture()).anyMatch(line -> line.contains("late"));
    }

    @Test
    void brokenOff_goesOnWhereItStopped() {
        fill();
        Interruption interruption = new Interruption();
        to.before(line -> {
            if (line.startsWith("POST")) {
                interruption.request();
            }
        });

        Program broken = Program.run(
                interruption, "", "migrate", "from-confluent", from.url(), "--to", to.url(), "--concurrency", "1");
        to.before(line -> {});
        Program next = migrate();

        assertThat(broken.exit()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(broken.err()).contains("run the same command again");
        assertThat(next.exit()).as(next.out()).isZero();
        assertThat(to.picture()).containsAll(from.picture()).noneMatch(line -> line.contains("IMPORT"));
    }

    @Test
    void registryThatIsBusyOrLosesAnswers_isAskedAgain() {
        fill();
        from.answerBusy(2);
        to.loseAnswers(3);

        Program program = migrate("--concurrency", "1");

        assertThat(program.exit()).as(program.out() + program.err()).isZero();
        assertThat(to.picture()).containsAll(from.picture());
    }

    @Test
    void idTakenInAnotherContext_isRefused_andToldWithItsReason() throws IOException {
        from.register("a", "{\"title\":\"one\"}");
        from.setMode(":.team:b", "IMPORT");
        from.register(
                ":.team:b",
                Json.MAPPER
                        .createObjectNode()
                        .put("schema", "{\"title\":\"two\"}")
                        .put("id", 1));
        from.setMode(":.team:b", "READWRITE");
        to.haveIdsOfAllContexts();
        Path report = folder.resolve("report.jsonl");

        Program program = migrate("--report", report.toString());

        JsonNode line = Json.MAPPER.readTree(Files.readString(report));
        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out())
                .containsPattern("versions +2 +0 +1 +0 +1 +0")
                .contains("refused 42205: Overwrite new schema with id 1", "ids may be unique in all contexts");
        assertThat(line.path("code").asInt()).isEqualTo(42_205);
        assertThat(line.path("verdict").asString()).isEqualTo("refused");
    }

    @Test
    void schemaThatTheTargetRefuses_doesNotStopTheOthers() {
        Path topic = folder.resolve("topic.jsonl");
        write(
                topic,
                record("a", 1, 1, "{\"title\":\"a\"}", false),
                record("bad", 1, 2, "{\"title\":\"INVALID\"}", true),
                record("c", 1, 3, "{\"title\":\"c\"}", false));

        Program program = Program.run("migrate", "import-topic", topic.toString(), "--url", to.url());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out()).contains("bad version 1  refused 42201: Invalid schema");
        assertThat(to.picture()).anyMatch(line -> line.contains("\"c\""));
        assertThat(to.picture()).noneMatch(line -> line.contains("IMPORT"));
    }

    @Test
    void targetThatHasSomethingElse_isDifferent() {
        from.register("a", "{\"title\":\"theirs\"}");
        from.register("b", "{\"title\":\"b\"}");
        to.register("a", "{\"title\":\"ours\"}");
        to.register("a", "{\"title\":\"more\"}");
        to.register("other", "{\"title\":\"b\"}");

        Program program = migrate("--json");

        JsonNode answer = Json.MAPPER.readTree(program.out());
        assertThat(program.exit()).isEqualTo(ExitCode.DIFFERENT.code());
        assertThat(answer.path("findings").values())
                .extracting(finding -> finding.path("reason").asString())
                .anyMatch(reason -> reason.contains("differs in schema"))
                .anyMatch(reason -> reason.contains("only the target has it"));
        assertThat(answer.path("subjectsOnlyAtTarget").asInt()).isEqualTo(1);
    }

    @Test
    void withoutModes_thoseOfTheTargetStay() {
        fill();
        to.setMode("a", "READONLY");
        from.setMode("", "READONLY");

        Program program = migrate("--no-modes");

        assertThat(program.exit()).as(program.out()).isZero();
        assertThat(to.picture().stream().filter(line -> line.startsWith("mode of")))
                .containsExactly("mode of a: READONLY");
    }

    @Test
    void sourceThatWasFrozen_freezesTheTarget_evenAgain() {
        fill();
        migrate();
        from.register("last", "{\"title\":\"last\"}");
        from.setMode("", "READONLY");

        Program first = migrate();
        Program second = migrate();

        assertThat(first.exit()).as(first.out()).isZero();
        assertThat(second.exit()).as(second.out()).isZero();
        assertThat(to.picture()).containsAll(from.picture());
    }

    @Test
    void namesWithSettingsOnly_comeIfTheyAreNamed() {
        from.configure("future", "{\"compatibility\":\"NONE\"}");

        Program without = migrate();
        List<String> before = to.picture();
        Program with = migrate("--also", "future,never");

        assertThat(without.exit()).isZero();
        assertThat(with.exit()).as(with.out()).isZero();
        assertThat(before).noneMatch(line -> line.contains("future"));
        assertThat(to.picture()).containsAll(from.picture());
    }

    @Test
    void versionsHiddenBehindAnAlias_areTold() {
        from.register("a", "{\"title\":\"a\"}");
        from.register("hidden", "{\"title\":\"hidden\"}");
        from.configure("hidden", "{\"alias\":\"a\"}");

        Program program = migrate();

        assertThat(program.exit()).isEqualTo(ExitCode.DIFFERENT.code());
        assertThat(program.out()).contains("hidden  different: its own versions are hidden behind its alias");
        assertThat(to.picture()).anyMatch(line -> line.startsWith("config of hidden"));
    }

    @Test
    void aliasThatOnlyTheTargetHas_doesNotLeadVersionsAstray() {
        from.register("a", "{\"title\":\"a\"}");
        to.register("b", "{\"title\":\"b\"}");
        to.configure("a", "{\"alias\":\"b\"}");
        to.purge("b", 1);

        Program program = migrate();

        assertThat(program.exit()).as(program.out()).isZero();
        assertThat(to.picture()).containsExactlyInAnyOrderElementsOf(from.picture());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manySubjects_withOrWithoutPages_allCome(boolean hasPages) {
        IntStream.range(0, 1_001).forEach(i -> from.register("s-" + i, "{\"title\":\"" + i + "\"}"));
        from.havePages(hasPages);
        to.havePages(hasPages);

        Program program = migrate();

        assertThat(program.exit()).isZero();
        assertThat(program.out()).containsPattern("versions +1,001 +0 +1,001 ");
    }

    @Test
    void password_comesFromAFile_andIsSentToTheSourceOnly() throws IOException {
        from.want("Basic bWU6c2VjcmV0");
        Path password = Files.writeString(folder.resolve("password"), "secret\n");

        Program right = migrate("--user", "me", "--password-file", password.toString());
        Program wrong = migrate();

        assertThat(right.exit()).as(right.err()).isZero();
        assertThat(wrong.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(wrong.err()).contains("wants another user or password");
    }

    @Test
    void toConfluent_isTheSameTheOtherWay() {
        fill();

        Program program = Program.run("migrate", "to-confluent", to.url(), "--from", from.url());

        assertThat(program.exit()).as(program.out()).isZero();
        assertThat(to.picture()).containsAll(from.picture());
    }

    @Test
    void nobodyThere_endsWith3() {
        String url = to.url();
        to.close();

        Program program = Program.run(
                "migrate", "from-confluent", from.url(), "--to", url, "--patience", "0s", "--timeout", "2s");

        assertThat(program.exit()).isEqualTo(ExitCode.UNREACHABLE.code());
    }

    @Test
    void somethingElseThere_isSaid() {
        try (FakeRegistry ours = new FakeRegistry()) {
            Program program = Program.run("migrate", "from-confluent", ours.url(), "--to", to.url());

            assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
            assertThat(program.err()).contains("does not speak Confluent's dialect");
        }
    }

    @Test
    void topic_exportedAndImported_isTheSame() {
        fill();
        Path topic = folder.resolve("topic.jsonl.zst");

        Program exported = Program.run("migrate", "export-topic", topic.toString(), "--url", from.url());
        Program imported = Program.run("migrate", "import-topic", topic.toString(), "--url", to.url());

        assertThat(exported.exit()).isZero();
        assertThat(exported.err()).contains("exported 18 records");
        assertThat(imported.exit()).as(imported.out()).isZero();
        assertThat(to.picture()).containsAll(from.picture());
    }

    @Test
    void topicOnStandardInput_withTabs_deletionsAndRubbish() {
        String lines = """
                {"keytype":"NOOP","magic":0}~null
                {"keytype":"SCHEMA","subject":"a","version":1,"magic":1}~{"id":7,"schema":"{}","schemaType":"JSON","deleted":false}
                {"keytype":"SCHEMA","subject":"a","version":2,"magic":1}~{"id":8,"schema":"{ }","schemaType":"JSON","deleted":false}
                {"keytype":"DELETE_SUBJECT","subject":"a","magic":0}~{"subject":"a","version":1}
                {"keytype":"MODE","subject":"a","magic":0}~{"subject":"a","mode":"READONLY"}
                {"keytype":"FUTURE"}~{}
                rubbish
                """.replace('~', '\t');

        Program program = Program.withInput(lines, "migrate", "import-topic", "-", "--url", to.url());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.out())
                .contains("line 6  not understood: a record of an unknown type")
                .contains("line 7  not understood: no JSON");
        assertThat(to.picture())
                .anyMatch(line -> line.contains("\"id\":7") && line.contains("\"deleted\":true"))
                .anyMatch(line -> line.contains("\"id\":8") && !line.contains("deleted"))
                .contains("mode of a: READONLY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from-confluent", "to-confluent", "import-topic", "export-topic"})
    void help_hasExamples_andTheCommonOptions(String command) {
        Program program = Program.run("migrate", command, "--help");

        assertThat(program.exit()).isZero();
        assertThat(program.out())
                .contains("Examples:", "llmschema migrate " + command, "--tenant", "--json", "--timeout", "--patience");
        assertThat(program.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(125));
    }

    @Test
    void withoutCommand_showsTheHelp_asAnError() {
        Program program = Program.run("migrate");

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.err()).contains("Usage: llmschema migrate", "from-confluent");
    }

    private static String record(String subject, int version, int id, String schema, boolean isDeleted) {
        ObjectNode record = Json.MAPPER.createObjectNode();
        record.putObject("key")
                .put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", 1);
        record.putObject("value")
                .put("subject", subject)
                .put("version", version)
                .put("id", id)
                .put("schemaType", "JSON")
                .put("schema", schema)
                .put("deleted", isDeleted);
        return record.toString();
    }

    private static void write(Path file, String... lines) {
        try {
            Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
