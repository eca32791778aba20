package io.llmschema.systemtests.recovery;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL that is no server's own: what {@code --database-url} is for. */
record OwnPostgres(EmbeddedPostgres postgres) implements AutoCloseable {
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

    static {
        // It reports every line that initdb prints.
        LIBRARY.setLevel(Level.WARNING);
    }

    static OwnPostgres start(Path data) throws IOException {
        return new OwnPostgres(builder(data).start());
    }

    /** On the same data and port as this one was, after it was closed. */
    OwnPostgres startAgain(Path data) throws IOException {
        return new OwnPostgres(builder(data).setPort(postgres.getPort()).start());
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    String url() {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
