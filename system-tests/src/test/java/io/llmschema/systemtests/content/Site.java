package io.llmschema.systemtests.content;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.directory.DirectoryBlobStore;
import io.llmschema.storage.postgres.BlobPlace;
import io.llmschema.storage.postgres.PostgresConfig;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.storage.s3.S3BlobStore;
import io.llmschema.storage.s3.S3Config;
import io.llmschema.storage.s3.S3Credentials;
import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.ServerProcess;
import io.llmschema.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A registry's database and blob store, which outlive its servers.
 *
 * @param databaseUrl of a database of its own
 * @param blobUrl of a bucket or folder of its own
 * @param folder where its servers are started
 */
record Site(String databaseUrl, String blobUrl, Path folder) {
    /** The most bytes of a content that stays in the database. */
    static final int INLINE_BYTES = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int POOL_SIZE = 4;
    private static final String OTHERS =
            "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    Launch launch(String... arguments) {
        return Launch.in(
                        folder,
                        "--database-url",
                        databaseUrl,
                        "--blob-url",
                        blobUrl,
                        "--inline-bytes",
                        Integer.toString(INLINE_BYTES))
                .withVariable("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY)
                .withVariable("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY)
                .with(arguments);
    }

    ServerProcess start(String... arguments) throws IOException {
        return launch(arguments).start();
    }

    /** {@code llmschema storage} with these arguments, on this registry. */
    ServerProcess maintain(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--database-url",
                databaseUrl,
                "--blob-url",
                blobUrl,
                "--inline-bytes",
                Integer.toString(INLINE_BYTES)));
        return launch().start("io.llmschema.server.StorageCommand", all);
    }

    /** The same database, seen by a process that knows another blob store. */
    Site with(String otherBlobUrl) {
        return new Site(databaseUrl, otherBlobUrl, folder);
    }

    BlobStore blobs() {
        return blobUrl.startsWith("s3:")
                ? new S3BlobStore(S3Config.of(blobUrl)
                        .withCredentials(new S3Credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                : new DirectoryBlobStore(Path.of(blobUrl));
    }

    /** Another node, in this process. */
    PostgresStorage storage() {
        return PostgresStorage.open(PostgresConfig.of(databaseUrl, POOL_SIZE), new BlobPlace(blobs(), INLINE_BYTES));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + databaseUrl.replace("postgres@", "") + "?user=postgres");
    }

    void execute(String statement) {
        try (Connection connection = connect();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    /** Of a table, and if wanted a condition. */
    long count(String fromWhere) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM " + fromWhere);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(fromWhere, e);
        }
    }

    void awaitNone(String fromWhere, ServerProcess server) {
        Eventually.until(
                TIMEOUT, () -> count(fromWhere) == 0, () -> "none is left of " + fromWhere + "\n" + server.output());
    }

    void awaitSome(String fromWhere, ServerProcess server) {
        Eventually.until(
                TIMEOUT, () -> count(fromWhere) > 0, () -> "there is one of " + fromWhere + "\n" + server.output());
    }

    /** Ends what a server that is dead has begun in the database, as PostgreSQL itself does once it notices. */
    void terminateBackends() {
        count("(SELECT pg_terminate_backend(pid) FROM " + OTHERS + " AND backend_type = 'client backend') AS ended");
        awaitNoBackends();
    }

    /** Waits until it has ended. */
    void awaitNoBackends() {
        Eventually.until(
                TIMEOUT,
                () -> count(OTHERS + " AND backend_type = 'client backend'") == 0,
                () -> "all other connections are gone");
    }

    Set<Fingerprint> objects() {
        Set<Fingerprint> objects = new HashSet<>();
        try (BlobStore blobs = blobs()) {
            BlobPage page = blobs.list(null, BlobStore.MAX_PAGE);
            page.blobs().forEach(blob -> objects.add(blob.hash()));
            if (page.next() != null) {
                throw new AssertionError("that many objects were not expected");
            }
        }
        return objects;
    }
}
