package io.llmschema.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.Seen;
import io.llmschema.storage.redis.RedisConfig;
import io.llmschema.storage.redis.RedisSchemaCache;
import io.llmschema.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A hit in the second tier, beside a bare {@code GET} of as many bytes by the same client. A real Redis on this host serves both. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class RedisCacheBenchmark {
    private static final byte[] BARE = "bare".getBytes(StandardCharsets.UTF_8);
    private static final Duration START = Duration.ofSeconds(20);
    private static final long REVISION = 1;

    /** A pause of a busy machine must not look like a Redis in trouble. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

    private final SchemaKey key =
            new SchemaKey.ByVersion(new Subject(TenantId.DEFAULT, "orders"), VersionSelector.LATEST);
    private final Seen<Schema> seen = new Seen<>(schema(), REVISION, ChangePosition.START, ChangePosition.START);

    private @Nullable RedisServer server;
    private @Nullable RedisSchemaCache cache;
    private @Nullable RedisClient client;
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    private static Schema schema() {
        Fingerprint hash = Fingerprint.sha256(BARE);
        var content = Example.JSON_SCHEMA_2_KB.content();
        return new Schema(
                new SchemaSummary(
                        new SchemaId(TenantId.DEFAULT, new UUID(1, 2)),
                        new GlobalId(TenantId.DEFAULT, 1),
                        new Subject(TenantId.DEFAULT, "orders"),
                        1,
                        Version.of(1, 0, 0),
                        SchemaType.JSON,
                        new SchemaState.Active(),
                        new Fingerprints(hash, hash, hash),
                        content.size(),
                        List.of(),
                        Metadata.NONE,
                        Instant.EPOCH,
                        "benchmark",
                        null,
                        REVISION),
                content);
    }

    /** Both hold the schema afterwards. */
    @Setup
    public void start() {
        RedisServer started = RedisServer.start();
        server = started;
        RedisSchemaCache made = new RedisSchemaCache(
                RedisConfig.of(started.url()).withCommandTimeout(COMMAND_TIMEOUT),
                new InMemoryStorage((_, _) -> false));
        cache = made;
        if (!made.awaitTrusted(START)) {
            throw new IllegalStateException("Redis is not there");
        }
        while (made.statistics().hits() == 0) {
            made.get(key, _ -> true, _ -> seen);
        }
        RedisClient plain = RedisClient.create(started.url());
        client = plain;
        StatefulRedisConnection<byte[], byte[]> connected = plain.connect(ByteArrayCodec.INSTANCE);
        connection = connected;
        connected.sync().set(BARE, seen.found().orElseThrow().content().bytes());
    }

    @Benchmark
    public Seen<Schema> hit() {
        return Objects.requireNonNull(cache).get(key, _ -> true, _ -> {
            throw new IllegalStateException("no hit");
        });
    }

    @Benchmark
    public byte[] bareGet() throws ExecutionException, InterruptedException, TimeoutException {
        return Objects.requireNonNull(connection).async().get(BARE).get(1, TimeUnit.SECONDS);
    }

    @TearDown
    public void stop() {
        Objects.requireNonNull(cache).close();
        Objects.requireNonNull(client).shutdown();
        Objects.requireNonNull(server).close();
    }
}
