package io.llmschema.benchmarks;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.tiered.AccessCounts;
import io.llmschema.storage.tiered.CountingStorage;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A read of a schema from the memory of this node, through all that stands before a store; and from PostgreSQL, for comparison.
 *
 * <p>Each thread reads one of many schemas at random, with a key made before, as a request has one.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CachedReadBenchmark {
    /** What is read from, from the store up. */
    public enum Stack {
        CACHING,
        COUNTING_CACHING,
        POSTGRES
    }

    @Param
    private Stack stack = Stack.CACHING;

    @Param
    private ReadStore.By by = ReadStore.By.ID;

    private @Nullable ReadStore store;
    private @Nullable StorageBackend storage;
    private SchemaKey[] keys = {};

    /** Where a thread is in its sequence of reads. */
    @State(Scope.Thread)
    public static class Reader {
        private final SplittableRandom random =
                new SplittableRandom(Thread.currentThread().threadId());
    }

    /** All schemas are kept afterwards. */
    @Setup
    public void fill() {
        ReadStore made = stack == Stack.POSTGRES ? ReadStore.postgres() : ReadStore.inMemory();
        store = made;
        keys = made.keys(by);
        ObservableStorage below = made.storage();
        storage = switch (stack) {
            case POSTGRES -> below;
            case CACHING -> ReadStore.caching(below);
            case COUNTING_CACHING ->
                new CountingStorage(
                        ReadStore.caching(below),
                        new AccessCounts(AccessCounts.DEFAULT_MAX_SCHEMAS, InstantSource.system()));
        };
        for (SchemaKey key : keys) {
            var _ = storage.getSchema(key).orElseThrow();
        }
    }

    @Benchmark
    public Optional<Schema> read(Reader reader) {
        return Objects.requireNonNull(storage).getSchema(keys[reader.random.nextInt(keys.length)]);
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(storage).close();
        Objects.requireNonNull(store).close();
    }
}
