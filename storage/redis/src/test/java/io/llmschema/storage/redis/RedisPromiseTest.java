package io.llmschema.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.Seen;
import io.llmschema.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one promise of a cache, while many read and one writes and Redis is in every kind of trouble at random. */
class RedisPromiseTest {
    private static final int READERS = 4;
    private static final int TROUBLES = 40;
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private final long seed = new Random().nextLong();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong told = new AtomicLong();

    @Test
    void apply_hasReturned_noLaterCallIsAnsweredWithOlder()
            throws InterruptedException, ExecutionException, TimeoutException {
        Registry registry = new Registry();
        SchemaSummary schema = registry.register();
        List<SchemaKey> keys = List.of(
                registry.latest(), new SchemaKey.ById(schema.id()), new SchemaKey.ByGlobalId(schema.globalId()));
        try (RedisServer server = RedisServer.start();
                RedisSchemaCache cache = TestRedis.trusted(
                        RedisConfig.of(server.url())
                                .withCommandTimeout(TIMEOUT)
                                .withPrefix("test-" + UUID.randomUUID()),
                        registry.storage);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Future<?>> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> threads.submit(() -> read(registry, cache, keys, new Random(seed + i))));
            Future<?> writer = threads.submit(() -> write(registry, cache, schema, new Random(seed)));
            List<Future<?>> all = Stream.concat(readers, Stream.of(writer)).toList();

            try {
                Random random = new Random(seed);
                for (int i = 0; i < TROUBLES && all.stream().noneMatch(Future::isDone); i++) {
                    trouble(server, cache, random);
                }
                server.command("CONFIG", "SET", "maxmemory", "0");
            } finally {
                isOver.set(true);
            }
            for (Future<?> each : all) {
                each.get(TestRedis.LONG.toMillis(), TimeUnit.MILLISECONDS);
            }
            Eventually.await("it is well in the end", () -> registry.isKept(cache, registry.latest()));
            assertThat(cache.statistics().hits()).as("something was tested").isGreaterThan(100);
            assertThat(cache.statistics().timesSuspect()).isPositive();
        }
    }

    private void read(Registry registry, RedisSchemaCache cache, List<SchemaKey> keys, Random random) {
        while (!isOver.get()) {
            SchemaKey key = keys.get(random.nextInt(keys.size()));
            long least = told.get();
            Seen<Schema> seen = cache.get(key, _ -> true, asked -> {
                Seen<Schema> loaded = registry.storage.see(asked);
                LockSupport.parkNanos(random.nextInt(2_000_000));
                return loaded;
            });

            assertThat(seen.revision()).as("%s, seed %d", key, seed).isGreaterThanOrEqualTo(least);
        }
    }

    private void write(Registry registry, RedisSchemaCache cache, SchemaSummary schema, Random random) {
        while (!isOver.get()) {
            registry.deprecate(schema);
            cache.apply(registry.changes());
            told.set(registry.storage.see(new SchemaKey.ById(schema.id())).revision());
            // Now and then so long that what was not told is not told by the next change at once.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4) == 0 ? 400 : 5));
        }
    }

    private static void trouble(RedisServer server, RedisSchemaCache cache, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> server.command("FLUSHALL");
            case 1 -> server.command("SCRIPT", "FLUSH");
            case 2 -> server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            case 3 -> server.restart();
            case 4 -> {
                server.freeze();
                LockSupport.parkNanos(random.nextInt(200_000_000));
                server.thaw();
            }
            case 5 -> server.command("CLIENT", "PAUSE", Integer.toString(1 + random.nextInt(150)), "ALL");
            case 6 -> server.command("CONFIG", "SET", "maxmemory", random.nextBoolean() ? "1mb" : "0");
            default -> cache.clear();
        }
        cache.awaitTrusted(Duration.ofMillis(random.nextInt(3_000)));
        LockSupport.parkNanos(random.nextInt(50_000_000));
    }
}
