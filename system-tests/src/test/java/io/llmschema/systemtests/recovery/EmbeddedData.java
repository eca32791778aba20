package io.llmschema.systemtests.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data directory of a server, seen from outside; closed, no PostgreSQL runs on it any more. */
record EmbeddedData(Path folder) implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /** The process id of the PostgreSQL that its lock file names, whether it is alive or not. */
    Optional<Long> postmaster() {
        return lockLine(PID_LINE).map(Long::valueOf);
    }

    /** A process that is alive. */
    long runningPostmaster() {
        return postmaster()
                .filter(EmbeddedData::isAlive)
                .orElseThrow(() -> new AssertionError("no PostgreSQL runs on " + folder));
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private Optional<String> lockLine(int index) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postgresql/postmaster.pid"));
            return lines.size() > index ? Optional.of(lines.get(index).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Connection connect() throws SQLException, IOException {
        int port = lockLine(PORT_LINE).map(Integer::valueOf).orElseThrow();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "postgres",
                Files.readString(folder.resolve("postgresql-password")));
    }

    /** PostgreSQL's own log. */
    String log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("postgresql/log"))) {
            return files.map(EmbeddedData::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        postmaster().filter(EmbeddedData::isAlive).ifPresent(pid -> {
            ServerProcess.signal("INT", pid);
            Eventually.until(STOP_TIMEOUT, () -> !isAlive(pid), () -> "PostgreSQL " + pid + " stops");
        });
    }
}
