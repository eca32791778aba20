package io.llmschema.server;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.http.DocsRoutes;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.http.registryapi.RegistryApi;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.postgres.PostgresConfig;
import io.llmschema.storage.postgres.PostgresStorage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page where all rooms are joined: a running server, from its storage up. */
final class Assembly implements AutoCloseable {
    /** Something to be closed, in words for the log. */
    private record Part(String name, AutoCloseable closing) {}

    /** The last one made is the first to be closed. */
    private final Deque<Part> parts = new ArrayDeque<>();

    private final String storageLine;

    /** Where the database is, in words that follow its name. */
    private String place = "";

    private final String url;
    private volatile boolean isStopping;

    private Assembly(ServerConfig config) throws IOException {
        try {
            checkAddress(config);
            PostgresStorage storage = PostgresStorage.open(database(config));
            parts.push(new Part("storage", storage));
            SchemaFormats formats =
                    new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat()));
            SchemaRegistry registry = new SchemaRegistry(
                    storage, formats, new RegistryLimits(config.maxContentBytes()), InstantSource.system());
            RegistryHttpServer http = new RegistryHttpServer(
                    new RegistryApi(registry, () -> isStopping),
                    DocsRoutes.routes(),
                    HttpLimits.forContentsOf(config.maxContentBytes()),
                    config.host(),
                    config.port());
            parts.push(new Part("http", http));
            int port = http.start();
            this.storageLine = storage + place;
            this.url = "http://%s:%d".formatted(shownHost(config.host()), port);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a server.
     *
     * @throws IOException its data or its port cannot be had
     * @throws io.llmschema.model.RegistryException its database cannot be had
     */
    static Assembly start(ServerConfig config) throws IOException {
        return new Assembly(config);
    }

    /** Tries to listen. The HTTP library only logs that it cannot; and this is before a PostgreSQL was started for nothing. */
    private static void checkAddress(ServerConfig config) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw new IOException(cannotListen(config, e.getMessage()), e);
        }
    }

    private static String cannotListen(ServerConfig config, @Nullable String reason) {
        return "cannot listen on port %d of %s: %s; choose others with --port and --host"
                .formatted(config.port(), config.host(), reason);
    }

    private PostgresConfig database(ServerConfig config) throws IOException {
        if (config.databaseUrl() != null) {
            return PostgresConfig.of(config.databaseUrl(), config.databasePoolSize());
        }
        DataDirectory folder = DataDirectory.take(config.dataDir());
        parts.push(new Part("data directory", folder));
        EmbeddedDatabase database = EmbeddedDatabase.start(folder);
        parts.push(new Part("PostgreSQL", database));
        place = ", " + database;
        return PostgresConfig.of(database.url(), config.databasePoolSize());
    }

    private static String shownHost(String host) {
        return switch (host) {
            case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
            default -> host;
        };
    }

    /** The storage stack on one line. */
    String storageLine() {
        return storageLine;
    }

    /** Where it listens. */
    String url() {
        return url;
    }

    /** Takes no new requests, lets those in flight end, and stops what was started, the last first. */
    @Override
    public void close() throws IOException {
        isStopping = true;
        IOException failure = null;
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closing().close();
            } catch (Exception e) {
                IOException now =
                        e instanceof IOException io ? io : new IOException(part.name() + " was not closed", e);
                if (failure == null) {
                    failure = now;
                } else {
                    failure.addSuppressed(now);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
