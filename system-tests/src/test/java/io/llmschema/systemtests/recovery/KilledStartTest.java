package io.llmschema.systemtests.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} during the first start, which unpacks PostgreSQL, makes its data and protects them: the next start makes them anew. */
final class KilledStartTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Enough for {@code PG-…/bin/initdb}. */
    private static final int BINARIES_DEPTH = 3;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedWhileItUnpacks_andWhileItInitialises_andBeforeItProtects_startsAllTheSame() throws Exception {
        try (EmbeddedData data = new EmbeddedData(folder.resolve("data"))) {
            killWhen(data, path -> find(path, "initdb").isPresent());
            leaveHalfUnpacked(data);
            killWhen(data, path -> Files.exists(path.resolve("postgresql/postgresql.conf")));
            // PostgreSQL makes this folder when it starts for the first time after initdb has ended.
            killWhen(data, path -> Files.exists(path.resolve("postgresql/log")));
            assertThat(data.folder().resolve("postgresql-password"))
                    .as("killed in the middle")
                    .doesNotExist();

            try (ServerProcess server =
                    Launch.in(folder).withDataDir(data.folder()).start()) {
                RegistryClient registry = RegistryClient.of(server);
                assertThat(registry.register("orders", Map.of("schema", "{}")).status())
                        .isEqualTo(201);
                assertThat(Files.readString(data.folder().resolve("postgresql/pg_hba.conf")))
                        .doesNotContain("trust");
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.folder().resolve("postgresql-password"))))
                        .isEqualTo("rw-------");
                try (Connection connection = data.connect()) {
                    Integrity.check(connection);
                }
                server.terminate();
                server.awaitExit();
            }
        }
    }

    private void killWhen(EmbeddedData data, Predicate<Path> moment) throws Exception {
        try (ServerProcess server = Launch.in(folder).withDataDir(data.folder()).start()) {
            Eventually.until(TIMEOUT, () -> moment.test(data.folder()), server::output);
            server.kill();
        }
    }

    /** The worst that the first kill can leave behind; it is over too fast to be hit every time. */
    private static void leaveHalfUnpacked(EmbeddedData data) throws IOException {
        Path program = find(data.folder(), "initdb").orElseThrow();
        try (FileChannel channel = FileChannel.open(program, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        Optional<Path> mark = find(data.folder(), ".exists");
        if (mark.isPresent()) {
            Files.delete(mark.get());
        }
    }

    private static Optional<Path> find(Path data, String name) {
        try (Stream<Path> files =
                Files.find(data.resolve("postgresql-binaries"), BINARIES_DEPTH, (path, _) -> path.endsWith(name))) {
            return files.findAny();
        } catch (IOException | UncheckedIOException e) {
            // Not there yet, or changed meanwhile.
            return Optional.empty();
        }
    }
}
