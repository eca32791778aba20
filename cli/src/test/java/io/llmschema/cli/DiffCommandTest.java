package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.cli.FakeRegistry.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Path file(String content) throws IOException {
        return Files.write(folder.resolve("order.json"), content.getBytes(StandardCharsets.UTF_8));
    }

    private Program on(String... args) {
        return Program.on(registry, args);
    }

    @Test
    void diff_isTheRegistrysText_madeFitForATerminal() {
        Program program = on("diff", "shop/orders", "1.0.0", "^2");

        assertThat(program.exit()).isZero();
        assertThat(program.out()).isEqualTo("text of 1.0.0..%5E2 \\u001B[31m\n");
        Seen request = registry.seen().getFirst();
        assertThat(request.line()).isEqualTo("GET /api/v1/subjects/shop%2Forders/diff/1.0.0..%5E2");
        assertThat(request.accept()).isEqualTo("text/plain");
    }

    @Test
    void diff_withoutAfter_goesToTheLatest() {
        on("diff", "orders", "ordinal:1");

        assertThat(registry.requests()).containsExactly("GET /api/v1/subjects/orders/diff/ordinal%3A1..latest");
    }

    @Test
    void diff_asJson_isTheAnswer() {
        Program program = on("diff", "orders", "1.0.0", "latest", "--output", "json");

        assertThat(Json.MAPPER.readTree(program.out()).path("class").asString()).isEqualTo("ADDITIVE");
        assertThat(on("diff", "orders", "1.0.0", "--json").out()).isEqualTo(program.out());
    }

    @Test
    void diff_toAFile_sendsIt() throws IOException {
        Program program =
                on("diff", "orders", "latest", "--file", file("{\"a\": 1}").toString());

        assertThat(program.exit()).isZero();
        Seen request = registry.seen().getFirst();
        assertThat(request.line()).isEqualTo("POST /api/v1/subjects/orders/diff/latest");
        assertThat(request.accept()).isEqualTo("text/plain");
        assertThat(request.contentType()).isEqualTo("application/json");
        assertThat(request.text()).isEqualTo("{\"schemaType\":\"JSON\",\"schema\":\"{\\\"a\\\": 1}\"}");
    }

    @Test
    void diff_withExitCode_endsWithOneIfItBreaks() throws IOException {
        assertThat(on("diff", "breaking", "1.0.0", "--exit-code").exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(on("diff", "breaking", "1.0.0", "--exit-code", "--json").exit())
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(on("diff", "orders", "1.0.0", "--exit-code").exit()).isZero();
        assertThat(on("diff", "breaking", "1.0.0").exit()).isZero();
        assertThat(on(
                                "diff",
                                "orders",
                                "latest",
                                "--exit-code",
                                "--file",
                                file("{\"x\": \"BREAKING\"}").toString())
                        .exit())
                .isEqualTo(ExitCode.REFUSED.code());
    }

    @Test
    void diff_withExitCode_tellsOfTheVersionsThatItJudged() {
        Program program = on("diff", "orders", "ordinal:1", "--exit-code");

        assertThat(program.out()).startsWith("text of 1.0.0..2.0.0");
    }

    @Test
    void diff_ofNothing_isRefused_asJsonToo() {
        Program text = on("diff", "absent", "1.0.0");
        Program json = on("diff", "absent", "1.0.0", "--output", "json");

        assertThat(text.exit()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(text.err()).contains("nothing there");
        assertThat(Json.MAPPER.readTree(json.out()).path("code").asString()).isEqualTo("subject-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "orders 1.0.0 2.0.0 --file FILE",
                "orders 1.0.0 --file nowhere.json",
                "orders 1.0.0 --output sarif",
                "orders 1.0.0 --output text --json"
            })
    void diff_askedWrongly_isAUsageError(String line) throws IOException {
        Program program =
                on(("diff " + line).replace("FILE", file("{}").toString()).split(" "));

        assertThat(program.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(registry.requests()).isEmpty();
    }
}
