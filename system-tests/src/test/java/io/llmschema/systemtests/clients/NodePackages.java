package io.llmschema.systemtests.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packages that {@code src/test/node} asks for, installed beside a copy of its program, below {@code target}.
 *
 * <p>They are installed anew only when it asks for others. They come from npm's registry or its cache, exactly as the lock file names
 * them by version and hash; none of their scripts is run.
 */
final class NodePackages {
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final String LOCK = "package-lock.json";

    /** The lock file of what is installed, copied when it is. */
    private static final Path INSTALLED = FOLDER.resolve("installed-" + LOCK);

    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(5);

    private NodePackages() {}

    /** The folder of the program, with all that it needs. */
    static Path install() {
        try {
            Files.createDirectories(FOLDER);
            copySources();
            if (!isInstalled()) {
                installPackages();
                Files.copy(FOLDER.resolve(LOCK), INSTALLED, StandardCopyOption.REPLACE_EXISTING);
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean isInstalled() throws IOException {
        return Files.exists(INSTALLED) && Files.mismatch(INSTALLED, FOLDER.resolve(LOCK)) < 0;
    }

    private static void installPackages() throws IOException {
        Files.deleteIfExists(INSTALLED);
        Path log = FOLDER.resolve("npm.log");
        List<String> command = List.of(
                "npm",
                "ci",
                "--omit=dev",
                "--omit=optional",
                "--ignore-scripts",
                "--prefer-offline",
                "--no-audit",
                "--no-fund");
        Process npm = start(new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        if (!hasEnded(npm) || npm.exitValue() != 0) {
            throw new IllegalStateException("the packages for Node.js cannot be installed; npm says:\n"
                    + Files.readString(log, StandardCharsets.UTF_8));
        }
    }

    private static boolean hasEnded(Process npm) {
        try {
            if (npm.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
            npm.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts {@code node} or {@code npm}; where there is none, says how to get it. */
    static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "there is no " + builder.command().getFirst()
                            + " to run real clients with; install Node.js 18 or newer with npm: apt-get install nodejs npm, or brew install node",
                    e);
        }
    }
}
