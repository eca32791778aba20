package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is started by an ordinary user. Where the tests themselves are run by root, who could do anything, they start it as
 * the user {@code nobody}; elsewhere as themselves.
 */
final class OrdinaryUserTest {
    private static final String NOBODY = "65534";
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    @TempDir
    private Path folder = Path.of("");

    private Launch launch() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        if (!IS_ROOT) {
            return Launch.in(home);
        }
        assertThat(new ProcessBuilder("chown", NOBODY + ":" + NOBODY, home.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return Launch.in(home).as(AS_NOBODY, readableClassPath());
    }

    /** The class path's jars where everybody can read them; root's own folders may be closed to others. */
    private String readableClassPath() throws IOException {
        Path libraries = Files.createDirectory(folder.resolve("lib"));
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            if (Files.isRegularFile(source)) {
                Path copy = libraries.resolve(copies.size() + "-" + source.getFileName());
                Files.copy(source, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    @Test
    void ordinaryUser_startsAServer() throws Exception {
        Launch launch = launch();
        try (EmbeddedData data = new EmbeddedData(launch.folder().resolve("data"));
                ServerProcess server = launch.start()) {
            RegistryClient registry = RegistryClient.of(server);

            assertThat(registry.register("orders", Map.of("schema", "{}")).status())
                    .isEqualTo(201);

            String user = IS_ROOT ? "nobody" : System.getProperty("user.name");
            assertThat(Files.getOwner(data.folder()).getName()).isEqualTo(user);
            assertThat(ProcessHandle.of(data.runningPostmaster())
                            .orElseThrow()
                            .info()
                            .user())
                    .hasValue(user);
            // What is in there decides what this user's PostgreSQL runs.
            assertThat(data.folder().resolve("postgresql-binaries"))
                    .satisfies(binaries -> assertThat(
                                    PosixFilePermissions.toString(Files.getPosixFilePermissions(binaries)))
                            .isEqualTo("rwxr-xr-x"));
            server.terminate();
            server.awaitExit();
            assertThat(data.postmaster()).isEmpty();
        }
    }

    @Test
    void dataDirectoryOfSomebodyElse_isRefused() throws Exception {
        Launch launch = launch();
        Path notMine = Path.of("/proc/llmschema-data");

        try (ServerProcess server = launch.withDataDir(notMine).start()) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.output())
                    .startsWith("llmschema: the data directory " + notMine + " ")
                    .doesNotContain("\tat ");
        }
    }
}
