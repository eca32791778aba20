package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private Program on(String... args) {
        return Program.on(registry, args);
    }

    @Test
    void help_listsEveryCommand_serveToo_andTheExitCodes() {
        Program program = Program.run("--help");

        assertThat(program.exit()).isZero();
        assertThat(program.out())
                .containsPattern("serve +Starts a registry")
                .contains("register", "get", "list", "search", "import", "export")
                .containsPattern("validate-schema {2}Asks whether")
                .contains("130  interrupted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register",
                "get",
                "list",
                "search",
                "import",
                "export",
                "check",
                "diff",
                "validate",
                "validate-schema"
            })
    void helpOfACommand_hasExamples_andTheCommonOptions(String command) {
        Program program = Program.run(command, "--help");

        assertThat(program.exit()).isZero();
        assertThat(program.out())
                .contains("Examples:", "llmschema " + command, "--url", "--tenant", "--json", "--timeout");
        assertThat(program.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(125));
    }

    @Test
    void noCommand_showsTheHelp_asAnError() {
        assertThat(Program.run().exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(Program.run().err()).contains("Usage: llmschema");
    }

    @Test
    void unknownOption_isSaidInOneSentence_withWhereToLook() {
        Program program = Program.run("list", "--wrong");

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.err().lines())
                .containsExactly("llmschema: Unknown option: '--wrong'", "see llmschema list --help");
    }

    @Test
    void noRegistry_saysWhatToDo() {
        registry.close();

        Program program = on("list");

        assertThat(program.exit()).isEqualTo(ExitCode.UNREACHABLE.code());
        assertThat(program.err())
                .contains(
                        "no registry answers at " + registry.url(), "connection refused", "./llmschema serve", "--url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "ftp://host", "http://", "no url"})
    void address_thatIsNone_isAUsageError(String url) {
        assertThat(Program.run("list", "--url", url).exit()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void register_saysVersionAndIds_andThatItWasThere() throws IOException {
        Path schema = file("order.json", "{\"type\": \"object\"}");

        Program first = on("register", "shop/orders", schema.toString());
        Program second = on("register", "shop/orders", schema.toString());

        assertThat(first.out()).matches("registered shop/orders 1\\.0\\.0 \\(id [0-9a-f-]{36}, global id 7\\)\\R");
        assertThat(second.out()).startsWith("shop/orders: already there as 1.0.0");
        assertThat(registry.requests().getFirst()).isEqualTo("POST /api/v1/subjects/shop%2Forders/versions");
    }

    @Test
    void register_takesStandardInput_andEveryDetail() {
        Program program = Program.withInput(
                "message M {}",
                "register",
                "m.proto",
                "-",
                "--version",
                "2.0.0",
                "--draft",
                "--json",
                "--url",
                registry.url());

        assertThat(program.exit()).isZero();
        assertThat(Json.MAPPER.readTree(program.out()).path("isNew").asBoolean())
                .isTrue();
        assertThat(registry.versions("m.proto")
                        .getFirst()
                        .summary
                        .path("schemaType")
                        .asString())
                .isEqualTo("PROTOBUF");
        assertThat(registry.versions("m.proto").getFirst().version()).isEqualTo("2.0.0");
        assertThat(registry.versions("m.proto")
                        .getFirst()
                        .summary
                        .path("state")
                        .path("stage")
                        .asString())
                .isEqualTo("DRAFT");
    }

    @Test
    void register_dryRun_keepsNothing() throws IOException {
        Program program = on("register", "a", file("a.json", "{}").toString(), "--dry-run");

        assertThat(program.out()).isEqualToIgnoringNewLines("would register a 1.0.0; nothing was kept");
        assertThat(registry.picture()).isEmpty();
    }

    @Test
    void register_withAReference_sendsIt() throws IOException {
        on("register", "a.proto", file("a.proto", "message A {}").toString());

        Program program = on(
                "register",
                "b.proto",
                file("b.proto", "import \"a.proto\";").toString(),
                "--reference",
                "a.proto=a.proto@1.0.0");

        assertThat(program.exit()).isZero();
    }

    @Test
    void register_ofAnInvalidSchema_showsEveryViolationWithItsPlace() throws IOException {
        Path schema = file("bad.json", "INVALID");

        Program program = on("register", "a", schema.toString());

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(program.err().lines())
                .containsExactly(
                        schema + ":3:5: the word is not allowed",
                        schema + " at /properties/a: nor this",
                        "llmschema: not a schema of its type");
    }

    @Test
    void refusal_withJson_isTheProblemDocumentOnStandardOutput() throws IOException {
        Program program = on("register", "a", file("bad.json", "INVALID").toString(), "--json");

        assertThat(program.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(Json.MAPPER.readTree(program.out()).path("code").asString()).isEqualTo("invalid-schema");
    }

    @Test
    void register_ofAMissingFile_orWithBadMetadata_isAUsageError() throws IOException {
        assertThat(on("register", "a", "nowhere.json").exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(on("register", "a", file("a.json", "{}").toString(), "--metadata", "[1]")
                        .exit())
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(on("register", "a", file("a.json", "{}").toString(), "--type", "xml")
                        .exit())
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void get_printsTheExactBytes() throws IOException {
        String content = "{\"é\": \"\u2028\"}\r\n\n";
        on("register", "@acme/a", file("a.json", content).toString());
        on("register", "@acme/a", file("b.json", "{}").toString());
        String id = registry.versions("@acme/a").getFirst().summary.path("id").asString();

        assertThat(on("get", "@acme/a@1.0.0").out()).isEqualTo(content);
        assertThat(on("get", "--id", id).out()).isEqualTo(content);
        assertThat(on("get", "@acme/a").out()).isEqualTo("{}");
        assertThat(Json.MAPPER
                        .readTree(on("get", "--id", id, "--json").out())
                        .path("schema")
                        .asString())
                .isEqualTo(content);
    }

    @Test
    void get_intoAFile() throws IOException {
        on("register", "a", file("a.json", "{}").toString());
        Path target = folder.resolve("target.json");

        Program program = on("get", "a", "-o", target.toString());

        assertThat(program.out()).isEmpty();
        assertThat(target).hasContent("{}");
    }

    @Test
    void get_ofNothing_isRefused_ofTwoThings_isAUsageError() {
        assertThat(on("get", "absent").exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(on("get", "absent").err()).contains("nothing there");
        assertThat(on("get").exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(on("get", "a", "--id", "b").exit()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void list_turnsPages_andSaysWhenItWasCut() throws IOException {
        Path schema = file("a.json", "{}");
        Stream.of("s1", "s2", "s3", "s4", "s5").forEach(subject -> on("register", subject, schema.toString()));

        Program all = on("list");
        Program cut = on("list", "--limit", "3", "--json");

        assertThat(all.outLines()).hasSize(6).first().asString().startsWith("SUBJECT  LATEST  VERSIONS");
        assertThat(all.outLines().get(5)).startsWith("s5       1.0.0          1");
        assertThat(cut.outLines())
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(Json.MAPPER.readTree(line).isObject()).isTrue());
        assertThat(cut.err()).contains("there are more");
        assertThat(all.err()).isEmpty();
    }

    @Test
    void list_ofASubject_showsItsVersions() throws IOException {
        on("register", "a", file("a.json", "{}").toString());
        on("register", "a", file("b.json", "{\"b\": 1}").toString());

        assertThat(on("list", "a").outLines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("1.1.0          2  JSON  ACTIVE");
    }

    @Test
    void list_sendsItsFilters() {
        on(
                "list",
                "--prefix",
                "a/b c",
                "--state",
                "DRAFT,ACTIVE",
                "--tag",
                "x",
                "--tag",
                "y",
                "--owner",
                "o",
                "--deleted");

        assertThat(registry.requests())
                .containsExactly("GET /api/v1/subjects?prefix=a%2Fb%20c&state=DRAFT&state=ACTIVE&tag=x&tag=y&owner=o"
                        + "&deleted=true&limit=1000");
    }

    @Test
    void search_withAnUnknownOption_isAUsageError() {
        assertThat(on("search", "order", "--wrong").exit()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void search_showsWhatItFound() throws IOException {
        on("register", "orders", file("a.json", "{}").toString());

        Program program = on("search", "order", "-draft", "--type", "json");

        assertThat(program.outLines()).hasSize(2).last().asString().contains("0.50  orders   1.0.0");
        assertThat(registry.requests().getLast()).isEqualTo("GET /api/v1/search?q=order%20-draft&type=JSON&limit=20");
    }
}
