package io.llmschema.systemtests.content;

import io.llmschema.systemtests.recovery.OwnPostgres;
import io.llmschema.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL and an S3 server for any number of sites. */
record Machines(OwnPostgres postgres, S3Server s3, Path folder) implements AutoCloseable {
    static Machines start(Path folder) throws IOException {
        S3Server s3 = S3Server.start();
        try {
            return new Machines(OwnPostgres.start(folder.resolve("database")), s3, folder);
        } catch (IOException | RuntimeException e) {
            s3.close();
            throw e;
        }
    }

    /** With a new database and a new bucket. */
    Site site(String name) throws IOException, SQLException {
        s3.createBucket(name);
        return site(name, s3.url(name, "registry"));
    }

    /** With a new database and a new folder. */
    Site siteWithFolder(String name) throws IOException, SQLException {
        return site(name, folder.resolve(name).resolve("blobs").toString());
    }

    private Site site(String name, String blobUrl) throws IOException, SQLException {
        Path place = Files.createDirectories(folder.resolve(name));
        try (Connection connection = postgres.postgres().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\"");
        }
        return new Site(postgres.url().replaceFirst("postgres$", name), blobUrl, place);
    }

    @Override
    public void close() throws IOException {
        try (s3) {
            postgres.close();
        }
    }
}
