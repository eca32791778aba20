package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final FakeRegistry from = new FakeRegistry();
    private final FakeRegistry to = new FakeRegistry();

    @AfterEach
    void stop() {
        from.close();
        to.close();
    }

    private void fill() throws IOException {
        Path rows = Files.write(
                folder.resolve("rows.jsonl"),
                List.of(
                        "{\"subject\": \"z.proto\", \"content\": \"syntax = \\\"proto3\\\";\"}",
                        "{\"subject\": \"a.proto\", \"content\": \"import \\\"z.proto\\\";\"}",
                        "{\"subject\": \"s\", \"version\": \"2.0.0\", \"content\": \"{}\\r\\n\", \"state\": \"DRAFT\"}",
                        "{\"subject\": \"t\", \"content\": \"{\\\"t\\\": 1}\"}",
                        "{\"subject\": \"t\", \"content\": \"{\\\"t\\\": 2}\"}",
                        "{\"subject\": \"t\", \"op\": \"delete\", \"version\": \"1.1.0\"}",
                        "{\"subject\": \"u\", \"content\": \"{\\\"u\\\": 1}\"}",
                        "{\"subject\": \"u\", \"content\": \"{\\\"u\\\": 2}\"}",
                        "{\"subject\": \"u\", \"op\": \"delete\"}",
                        "{\"subject\": \"u\", \"content\": \"{\\\"u\\\": 1}\"}",
                        "{\"subject\": \"v\", \"content\": \"{}\", \"state\": {\"stage\": \"DEPRECATED\", \"reason\":"
                                + " \"old\"}}"));
        assertThat(Program.on(from, "import", rows.toString(), "--concurrency", "1")
                        .exit())
                .isZero();
    }

    @Test
    void everythingWithDeletions_importedElsewhere_isTheSame() throws IOException {
        fill();
        Path file = folder.resolve("all.jsonl.zst");

        Program exported = Program.on(from, "export", "--deleted", "--output", file.toString());
        Program imported = Program.on(to, "import", file.toString(), "--verify");
        Program again = Program.on(to, "import", file.toString(), "--json");

        assertThat(exported.exit()).isZero();
        assertThat(exported.err()).contains("exported 11 rows");
        assertThat(imported.exit()).as(imported.out()).isZero();
        assertThat(to.picture()).isEqualTo(from.picture());
        assertThat(Json.MAPPER
                        .readTree(again.out())
                        .path("total")
                        .path("alreadyThere")
                        .asInt())
                .isEqualTo(11);
        assertThat(to.picture()).isEqualTo(from.picture());
    }

    @Test
    void withoutDeletions_onlyWhatIsLive_inTheOrderOfCreation() throws IOException {
        fill();

        Program exported = Program.on(from, "export");

        assertThat(exported.outLines())
                .map(line -> Json.MAPPER.readTree(line).path("subject").asString())
                .containsExactlyElementsOf(from.liveByCreation())
                .containsSubsequence("z.proto", "a.proto")
                .hasSize(6);
    }
}
