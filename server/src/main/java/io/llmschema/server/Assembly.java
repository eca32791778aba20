package io.llmschema.server;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.http.DocsRoutes;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.http.confluentapi.ConfluentApi;
import io.llmschema.http.registryapi.RegistryApi;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.postgres.PostgresConfig;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.storage.tiered.AccessCounts;
import io.llmschema.storage.tiered.AccessRecorder;
import io.llmschema.storage.tiered.CachingStorage;
import io.llmschema.storage.tiered.CountingStorage;
import io.llmschema.storage.tiered.ValidationRecorder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The page where all rooms are joined: a running server, from its storage up. */
final class Assembly implements AutoCloseable {
    /** Something to be closed, in words for the log. */
    private record Part(String name, AutoCloseable closing) {}

    /** The last one made is the first to be closed. */
    private final Deque<Part> parts = new ArrayDeque<>();

    private final ServerConfig config;

    /** Held while a part is started, and while all are closed. */
    private final ReentrantLock changing = new ReentrantLock();

    private String storageLine = "";
    private String url = "";
    private volatile boolean isRunning;
    private volatile boolean isStopping;
    private volatile boolean isWarm;
    private volatile long warmUntil;

    /** A server that is not started yet, but may be closed already. */
    Assembly(ServerConfig config) {
        this.config = config;
    }

    /**
     * Starts it. When that fails, what was started is stopped.
     *
     * @throws IOException its data or its port cannot be had, or it is being closed
     * @throws io.llmschema.model.RegistryException its database cannot be had
     */
    void start() throws IOException {
        try {
            checkAddress(config);
            StringBuilder place = new StringBuilder();
            PostgresConfig database = config.databaseUrl() == null
                    ? embedded(place)
                    : PostgresConfig.of(config.databaseUrl(), config.databasePoolSize());
            PostgresStorage postgres = started(
                    "PostgreSQL pool",
                    () -> PostgresStorage.open(database, config.blobs().open()));
            AccessLog accessLog =
                    postgres.accessLog(Duration.ofDays(config.accessRetentionDays()), InstantSource.system());
            CachingStorage storage = started("storage", () -> CacheAssembly.caching(postgres, config.cache()));
            AccessCounts counts = new AccessCounts(AccessCounts.DEFAULT_MAX_SCHEMAS, InstantSource.system());
            started(
                    "access recorder",
                    () -> AccessRecorder.start(counts, accessLog, Duration.ofSeconds(config.accessFlushSeconds())));
            ValidationLog validationLog =
                    postgres.validationLog(Duration.ofDays(config.validationRetentionDays()), InstantSource.system());
            ValidationRecorder recorder = started(
                    "validation recorder",
                    () -> ValidationRecorder.start(validationLog, Duration.ofSeconds(config.validationFlushSeconds())));
            SchemaFormats formats =
                    new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat()));
            SchemaRegistry registry = new SchemaRegistry(
                    new CountingStorage(storage, counts),
                    formats,
                    new RegistryLimits(config.maxContentBytes()),
                    config.settings(),
                    InstantSource.system());
            Documents documents = new Documents(registry, storage, formats, recorder::add, InstantSource.system());
            Analytics analytics = new Analytics(accessLog, storage, InstantSource.system());
            Validations validations = new Validations(validationLog, storage, InstantSource.system());
            RegistryHttpServer http = started(
                    "http",
                    () -> new RegistryHttpServer(
                            List.of(
                                    new RegistryApi(registry, documents, analytics, validations, this::obstacle),
                                    new ConfluentApi(registry, config.confluentLevel())),
                            DocsRoutes.routes(),
                            HttpLimits.forContentsOf(config.maxContentBytes()),
                            config.host(),
                            config.port()));
            warmUntil = System.nanoTime() + config.cache().warmTime().toNanos();
            Thread.ofVirtual().name("warm-up").start(() -> {
                try {
                    CacheAssembly.warm(storage, accessLog, config.cache());
                } finally {
                    isWarm = true;
                }
            });
            storageLine = storage + place.toString();
            url = "http://%s:%d".formatted(shownHost(config.host()), http.start());
            isRunning = true;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Why no requests should be sent here. */
    private Optional<String> obstacle() {
        if (isStopping) {
            return Optional.of("the server is stopping");
        }
        return isWarm || System.nanoTime() > warmUntil
                ? Optional.empty()
                : Optional.of("the most read schemas are being loaded");
    }

    private PostgresConfig embedded(StringBuilder place) throws IOException {
        DataDirectory folder = started("data directory", () -> DataDirectory.take(config.dataDir()));
        EmbeddedDatabase database = started("PostgreSQL", () -> EmbeddedDatabase.start(folder));
        place.append(", ").append(database);
        return PostgresConfig.of(database.url(), config.databasePoolSize());
    }

    /** Something that is started. */
    private interface Start<T extends AutoCloseable> {
        T start() throws IOException;
    }

    /** Starts a part, unless all is being closed. Whoever closes waits until the part is there to be closed. */
    private <T extends AutoCloseable> T started(String name, Start<T> start) throws IOException {
        changing.lock();
        try {
            if (isStopping) {
                throw new IOException("stopped before it had started");
            }
            T part = start.start();
            parts.push(new Part(name, part));
            return part;
        } finally {
            changing.unlock();
        }
    }

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

    private static String shownHost(String host) {
        return switch (host) {
            case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
            default -> host;
        };
    }

    /** Whether it was started, and not closed since. */
    boolean isRunning() {
        return isRunning && !isStopping;
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
        changing.lock();
        try {
            closeParts();
        } finally {
            changing.unlock();
        }
    }

    private void closeParts() throws IOException {
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
