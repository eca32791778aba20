package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that cannot start says in a sentence why, and the settings count in the order that is promised. */
final class OptionsTest {
    @TempDir
    private Path folder = Path.of("");

    private String refusal(Launch launch, int exitCode) throws IOException {
        try (EmbeddedData _ = new EmbeddedData(folder.resolve("data"));
                ServerProcess server = launch.start()) {
            int code = server.awaitExit();
            assertThat(code).as(server.output()).isEqualTo(exitCode);
            assertThat(server.output()).doesNotContain("\tat ", "Exception");
            return server.output();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        mysql://localhost/registry              | a database URL begins with postgresql:// or jdbc:postgresql://
        postgresql://localhost:port/registry    | the database URL for localhost:port/registry is not well-formed
        postgresql://nowhere.invalid/registry   | nowhere.invalid/registry
        """)
    void wrongDatabaseUrl_isNamed(String url, String sentence) throws Exception {
        assertThat(refusal(Launch.in(folder).with("--database-url", url), 1)).contains("llmschema: ", sentence);
    }

    @Test
    void unreachableDatabase_isNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        String refusal = refusal(
                Launch.in(folder).with("--database-url", "postgresql://user:topsecret@127.0.0.1:" + port + "/registry"),
                1);

        assertThat(refusal)
                .startsWith("llmschema: the store does not answer: PostgreSQL at 127.0.0.1:" + port + "/registry: ")
                .doesNotContain("topsecret")
                .hasLineCount(1);
    }

    @Test
    void dataDirectoryThatCannotBe_isNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(refusal(Launch.in(folder).withDataDir(file), 1))
                .startsWith("llmschema: the data directory " + file + " ");
        assertThat(refusal(Launch.in(folder).withDataDir(file.resolve("below")), 1))
                .startsWith("llmschema: the data directory " + file.resolve("below") + " ");
    }

    @Test
    void wrongOptions_areNamed() throws Exception {
        assertThat(refusal(Launch.in(folder).with("--colour", "red"), 2)).contains("Unknown option", "--colour");
        assertThat(refusal(Launch.in(folder).with("--database-pool-size", "many"), 2))
                .contains("--database-pool-size", "many");
        assertThat(refusal(Launch.in(folder).with("--database-pool-size", "0"), 2))
                .contains("--database-pool-size is 0");
    }

    @Test
    void wrongHost_isNamed() throws Exception {
        assertThat(refusal(
                        Launch.in(folder)
                                .with(
                                        "--host",
                                        "nowhere.invalid",
                                        "--data-dir",
                                        folder.resolve("data").toString()),
                        1))
                .startsWith("llmschema: cannot listen on port 0 of nowhere.invalid: ");
        assertThat(refusal(
                        Launch.in(folder)
                                .with(
                                        "--host",
                                        "192.0.2.1",
                                        "--data-dir",
                                        folder.resolve("data").toString()),
                        1))
                .startsWith("llmschema: cannot listen on port 0 of 192.0.2.1: ");
    }

    @Test
    void commandLine_countsMoreThanEnvironment_andThatMoreThanFile() throws Exception {
        Launch launch = Launch.in(folder).withoutArguments();
        Files.writeString(folder.resolve("llmschema.properties"), "port = 70001\ndatabase-pool-size = 3\n");

        assertThat(refusal(launch, 2)).contains("--port is 70001");
        launch = launch.withVariable("LLMSCHEMA_PORT", "70002");
        assertThat(refusal(launch, 2)).contains("--port is 70002");
        assertThat(refusal(launch.with("--port", "70003"), 2)).contains("--port is 70003");
    }

    @Test
    void configurationFile_isTheOneThatIsNamed() throws Exception {
        Path one = Files.writeString(folder.resolve("one.properties"), "port = 70001\n");
        Path other = Files.writeString(folder.resolve("other.properties"), "port = 70002\n");
        Launch launch = Launch.in(folder).withoutArguments().withVariable("LLMSCHEMA_CONFIG", one.toString());

        assertThat(refusal(launch, 2)).contains("--port is 70001");
        assertThat(refusal(launch.with("--config", other.toString()), 2)).contains("--port is 70002");
        assertThat(refusal(launch.with("--config"), 2)).contains("--config");
        assertThat(refusal(launch.with("--config", "missing.properties"), 2)).contains("missing.properties");
        assertThat(refusal(launch.withVariable("LLMSCHEMA_CONFIG", "missing.properties"), 2))
                .contains("missing.properties");
    }

    @Test
    void configurationFile_withUnknownKey_isRefused() throws Exception {
        Files.writeString(folder.resolve("llmschema.properties"), "port = 8081\nprot = 8082\n");

        assertThat(refusal(Launch.in(folder), 2))
                .contains("llmschema.properties", "prot")
                .hasLineCount(1);
    }
}
