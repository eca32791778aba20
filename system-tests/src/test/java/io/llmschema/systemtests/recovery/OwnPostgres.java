package io.llmschema.systemtests.recovery;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A PostgreSQL that is no server's own: what {@code --database-url} is for.
 *
 * @param data where it keeps its data, which outlives it
 * @param settings of its configuration
 */
public record OwnPostgres(EmbeddedPostgres postgres, Path data, Map<String, String> settings) implements AutoCloseable {
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

    static {
        // It reports every line that initdb prints.
        LIBRARY.setLevel(Level.WARNING);
    }

    public static OwnPostgres start(Path data) throws IOException {
        return start(data, Map.of());
    }

    public static OwnPostgres start(Path data, Map<String, String> settings) throws IOException {
        return new OwnPostgres(builder(data, settings).start(), data, settings);
    }

    /** On the same data and port as this one was, after it was closed. */
    public OwnPostgres startAgain() throws IOException {
        return new OwnPostgres(
                builder(data, settings).setPort(postgres.getPort()).start(), data, settings);
    }

    private static EmbeddedPostgres.Builder builder(Path data, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        settings.forEach(builder::setServerConfig);
        return builder;
    }

    public String url() {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** Lets none of its processes do anything, neither answer nor end, until {@link #thaw} ({@code SIGSTOP}). */
    public void freeze() throws IOException {
        signalAll("STOP");
    }

    /** Lets them go on ({@code SIGCONT}). */
    public void thaw() throws IOException {
        signalAll("CONT");
    }

    /** The postmaster first, so that it starts no more. */
    private void signalAll(String name) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ServerProcess.signal(name, postmaster);
        ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(ProcessHandle::isAlive)
                .forEach(child -> ServerProcess.signal(name, child.pid()));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
