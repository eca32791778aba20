package io.llmschema.systemtests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Main;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That every Java file is formatted as palantir-java-format does it; {@code -Dformatting=apply} does it.
 *
 * <p>A test rather than a plug-in of the build, because the formatter parses with the JDK it runs on, and Maven may run on an older one
 * than the tests do.
 */
class FormattingTest {
    private static final boolean IS_APPLIED = "apply".equals(System.getProperty("formatting"));

    @Test
    void javaFiles_areFormatted() throws Exception {
        List<String> files = javaFiles(root());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Main formatter =
                new Main(new PrintWriter(out, true), new PrintWriter(err, true), new ByteArrayInputStream(new byte[0]));
        String mode = IS_APPLIED ? "--replace" : "--dry-run";

        formatter.format(Stream.concat(Stream.of("--palantir", "--skip-reflowing-long-strings", mode), files.stream())
                .toArray(String[]::new));

        assertThat(files).isNotEmpty();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .as("files to format; CONTRIBUTING.md says how to have it done")
                .isEmpty();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
            assertThat(folder)
                    .as("a folder with ARCHITECTURE.md above the working directory")
                    .isNotNull();
        }
        return folder;
    }

    private static List<String> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
