package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessCountsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Instant THIS_MINUTE = Instant.parse("2026-03-04T05:06:00Z");
    private static final int COUNTERS = 4;
    private static final int READS_OF_A_COUNTER = 400_000;
    private static final int MAX_NANOS = 1_000;

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();

    private static AccessCounts counts(int maxSchemas) {
        return new AccessCounts(maxSchemas, InstantSource.fixed(NOW));
    }

    private List<SchemaId> ids(int count) {
        return Stream.generate(examples::newId).limit(count).toList();
    }

    @Test
    void take_isWhatWasCountedSinceTheLastTime() {
        AccessCounts counts = counts(10);
        List<SchemaId> ids = ids(2);
        counts.count(ids.getFirst(), 5);
        counts.count(ids.getFirst(), 7);
        counts.count(ids.getLast(), 1);

        assertThat(counts.take())
                .containsExactlyInAnyOrder(
                        new AccessCount(ids.getFirst(), THIS_MINUTE, 2, Duration.ofNanos(12), NOW),
                        new AccessCount(ids.getLast(), THIS_MINUTE, 1, Duration.ofNanos(1), NOW));
        assertThat(counts.take()).isEmpty();
        counts.count(ids.getLast(), -1);
        assertThat(counts.take()).containsExactly(new AccessCount(ids.getLast(), THIS_MINUTE, 1, Duration.ZERO, NOW));
    }

    @Test
    void count_moreVersionsThanTheBound_isDroppedUntilTheNextTaking() {
        AccessCounts counts = counts(2);
        List<SchemaId> ids = ids(3);
        ids.forEach(id -> counts.count(id, 1));
        ids.forEach(id -> counts.count(id, 1));

        assertThat(counts.dropped()).isEqualTo(2);
        assertThat(counts.take())
                .extracting(AccessCount::id, AccessCount::reads)
                .containsExactlyInAnyOrder(tuple(ids.get(0), 2L), tuple(ids.get(1), 2L));
        counts.count(ids.getLast(), 1);
        assertThat(counts.take()).hasSize(1);
    }

    @Test
    void take_whileManyCount_losesNothing() throws InterruptedException {
        assertSumOutIsSumIn(counts(100), ids(50));
    }

    @Test
    void take_whileManyCountTooManyVersions_losesNothingButWhatIsDropped() throws InterruptedException {
        assertSumOutIsSumIn(counts(20), ids(50));
    }

    @Test
    void take_whileManyCountOneVersion_losesNothing() throws InterruptedException {
        assertSumOutIsSumIn(counts(1), ids(1));
    }

    /** Counts in some threads and takes in another, as fast as they can. */
    private static void assertSumOutIsSumIn(AccessCounts counts, List<SchemaId> ids) throws InterruptedException {
        long seed = new Random().nextLong();
        AtomicInteger running = new AtomicInteger(COUNTERS);
        List<Thread> threads = new ArrayList<>(IntStream.range(0, COUNTERS)
                .mapToObj(counter -> Thread.ofPlatform().start(() -> {
                    reads(seed + counter).forEach(read -> counts.count(ids.get(read % ids.size()), read % MAX_NANOS));
                    running.decrementAndGet();
                }))
                .toList());
        Map<SchemaId, AccessCount> taken = new HashMap<>();
        int takings = 0;
        while (running.get() > 0) {
            add(counts.take(), taken);
            takings++;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        add(counts.take(), taken);

        Map<SchemaId, Long> reads = new HashMap<>();
        Map<SchemaId, Long> nanos = new HashMap<>();
        for (int counter = 0; counter < COUNTERS; counter++) {
            reads(seed + counter).forEach(read -> {
                reads.merge(ids.get(read % ids.size()), 1L, Long::sum);
                nanos.merge(ids.get(read % ids.size()), (long) (read % MAX_NANOS), Long::sum);
            });
        }
        String about = "seed %d, taken %d times".formatted(seed, takings);
        long sum = taken.values().stream().mapToLong(AccessCount::reads).sum();
        assertThat(sum + counts.dropped()).as(about).isEqualTo((long) COUNTERS * READS_OF_A_COUNTER);
        if (counts.dropped() == 0) {
            assertThat(taken).as(about).hasSameSizeAs(reads).allSatisfy((id, count) -> {
                assertThat(count.reads()).isEqualTo(reads.get(id));
                assertThat(count.time().toNanos()).isEqualTo(nanos.get(id));
            });
        }
    }

    private static IntStream reads(long seed) {
        return new Random(seed).ints(READS_OF_A_COUNTER, 0, Integer.MAX_VALUE);
    }

    private static void add(List<AccessCount> more, Map<SchemaId, AccessCount> taken) {
        more.forEach(count -> taken.merge(count.id(), count, AccessCount::plus));
    }

    @Test
    void countingStorage_countsWhatIsFound_underWhateverKey() {
        AccessCounts counts = counts(10);
        CountingStorage storage = new CountingStorage(new InMemoryStorage(new JsonContainment()), counts);
        SchemaSummary schema = storage.registerSchema(
                        examples.schema("orders", "true"), RegistrationRules.assign("1.0.0"))
                .schema();

        storage.getSchema(new SchemaKey.ById(schema.id()));
        storage.getSchema(new SchemaKey.ByGlobalId(schema.globalId()));
        storage.getSchema(new SchemaKey.ById(examples.newId()));
        storage.exists(new SchemaKey.ById(schema.id()));

        assertThat(counts.take()).singleElement().satisfies(count -> {
            assertThat(count.id()).isEqualTo(schema.id());
            assertThat(count.reads()).isEqualTo(2);
            assertThat(count.time()).isPositive();
        });
    }
}
