package io.llmschema.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

class DefaultsTest {
    private static final OptionSpec OPTION = OptionSpec.builder("--data-dir").build();
    private static final Set<String> KNOWN = Set.of("data-dir", "port");

    @TempDir
    private Path folder;

    @Test
    void environment_countsMoreThanTheFile() throws IOException {
        Path file = write("data-dir = /from/file");

        assertThat(Defaults.of(Map.of("LLMSCHEMA_DATA_DIR", "/from/env"), file, KNOWN)
                        .defaultValue(OPTION))
                .isEqualTo("/from/env");
        assertThat(Defaults.of(Map.of(), file, KNOWN).defaultValue(OPTION)).isEqualTo("/from/file");
    }

    @Test
    void noFile_isNoDefault() throws IOException {
        assertThat(Defaults.of(Map.of(), folder.resolve("nowhere"), KNOWN).defaultValue(OPTION))
                .isNull();
    }

    @Test
    void fileWithAnUnknownKey_isRefusedByName() throws IOException {
        Path file = write("data-directory = x");

        assertThatThrownBy(() -> Defaults.of(Map.of(), file, KNOWN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data-directory")
                .hasMessageContaining("data-dir");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("llmschema.properties"), text);
    }
}
