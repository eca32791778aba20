package io.llmschema.server;

import io.llmschema.storage.postgres.BlobPlace;
import io.llmschema.storage.postgres.ContentMaintenance;
import io.llmschema.storage.postgres.PostgresConfig;
import io.llmschema.storage.postgres.PostgresStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which registry's store a command works on; the server may run meanwhile. */
final class StoreOptions {
    /** Beside those of the servers that run. */
    private static final int CONNECTIONS = 4;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Where the embedded PostgreSQL keeps its data (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "The PostgreSQL that is used instead, as postgresql://user:password@host:5432/database.")
    private @Nullable String databaseUrl;

    @Mixin
    private BlobOptions blobs = new BlobOptions();

    BlobOptions.BlobConfig blobs() {
        return blobs.config(databaseUrl == null ? dataDir : null);
    }

    /**
     * Does some work on the store.
     *
     * @throws IOException there is no registry, or its database cannot be had
     */
    <R> R with(Function<ContentMaintenance, R> work) throws IOException {
        if (databaseUrl != null) {
            return with(databaseUrl, work);
        }
        Path folder = dataDir.toAbsolutePath().normalize();
        if (Files.notExists(folder)) {
            throw new IOException("there is no registry in " + folder
                    + "; name its folder with --data-dir, or its PostgreSQL with --database-url");
        }
        Optional<String> running = EmbeddedDatabase.running(folder);
        if (running.isPresent()) {
            return with(running.get(), work);
        }
        try (DataDirectory taken = DataDirectory.take(folder);
                EmbeddedDatabase database = EmbeddedDatabase.start(taken)) {
            return with(database.url(), work);
        }
    }

    private <R> R with(String url, Function<ContentMaintenance, R> work) {
        @Nullable BlobPlace place = blobs().open();
        try (PostgresStorage storage = PostgresStorage.open(PostgresConfig.of(url, CONNECTIONS), place)) {
            return work.apply(storage.maintenance());
        }
    }
}
