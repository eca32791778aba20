package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.Period;
import io.llmschema.storage.PopularSchema;
import io.llmschema.storage.ReadsInStep;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.SchemaAccess;
import io.llmschema.storage.StorageBackend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccessLog} does.
 *
 * @param <S> the store of the schemas that are read; it may hold anything of other tenants
 */
public abstract class AccessLogContract<S extends StorageBackend> {
    private static final Duration RETENTION = Duration.ofDays(90);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();

    /** The end of the present hour, so that "a minute ago" is in the same one. */
    private final Instant now = Instant.now().truncatedTo(HOURS).plus(59, MINUTES);

    private final Period lastDay = new Period(now.minus(1, DAYS), now.plus(1, MINUTES));
    private S storage;
    private AccessLog log;

    protected abstract S createStorage();

    /** A log of reads of that store; called several times in a test, it is the log of several nodes. */
    protected abstract AccessLog createLog(S of, Duration retention, InstantSource clock);

    @BeforeEach
    final void open() {
        storage = createStorage();
        log = createLog(storage, RETENTION, InstantSource.fixed(now));
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    private SchemaSummary register(String subject, String version) {
        return storage.registerSchema(
                        examples.schema(subject, "{\"const\": \"%s %s\"}".formatted(subject, version)), assign(version))
                .schema();
    }

    private static AccessCount count(SchemaId id, Instant minute, long reads, long millis) {
        return new AccessCount(id, minute, reads, Duration.ofMillis(millis), minute.plusSeconds(30));
    }

    private void record(SchemaSummary schema, Instant minute, long reads, long millis) {
        log.record(List.of(count(schema.id(), minute, reads, millis)));
    }

    private List<SchemaAccess> mostRead(Period period) {
        return Pages.all(page -> log.mostRead(examples.tenant(), period, page));
    }

    /** Accesses as {@code subject version reads}. */
    private static List<String> texts(List<SchemaAccess> accesses) {
        return accesses.stream()
                .map(access -> StorageContract.name(access.schema()) + " " + access.reads())
                .toList();
    }

    @Test
    void record_thenMostRead_isWhatWasCounted() {
        SchemaSummary schema = register("orders", "1.0.0");

        record(schema, now, 3, 12);

        assertThat(mostRead(lastDay))
                .containsExactly(new SchemaAccess(schema, 3, Duration.ofMillis(12), now.plusSeconds(30)));
    }

    @Test
    void record_again_addsAndKeepsTheLastTime() {
        SchemaSummary schema = register("orders", "1.0.0");

        record(schema, now, 3, 12);
        log.record(List.of(new AccessCount(schema.id(), now, 4, Duration.ofNanos(5), now.plusSeconds(10))));

        assertThat(mostRead(lastDay))
                .containsExactly(
                        new SchemaAccess(schema, 7, Duration.ofMillis(12).plusNanos(5), now.plusSeconds(30)));
    }

    @Test
    void record_sameVersionAndMinuteTwiceInABatch_addsBoth() {
        SchemaSummary schema = register("orders", "1.0.0");
        AccessCount once = count(schema.id(), now, 2, 1);

        log.record(List.of(once, count(schema.id(), now.minusSeconds(60), 10, 1), once));

        assertThat(texts(mostRead(lastDay))).containsExactly("orders 1.0.0 14");
    }

    @Test
    void record_sizeOfABatch_isBounded() {
        SchemaId id = register("orders", "1.0.0").id();
        List<AccessCount> largest = Collections.nCopies(AccessLog.MAX_BATCH, count(id, now, 1, 0));
        List<AccessCount> tooLarge = Collections.nCopies(AccessLog.MAX_BATCH + 1, count(id, now, 1, 0));

        log.record(List.of());
        log.record(largest);

        assertThatThrownBy(() -> log.record(tooLarge)).isInstanceOf(IllegalArgumentException.class);
        assertThat(texts(mostRead(lastDay))).containsExactly("orders 1.0.0 1000");
    }

    @Test
    void record_byTwoNodesAtOnce_losesNothing() throws InterruptedException, ExecutionException {
        int batches = 40;
        List<AccessCount> counts = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> count(register("s" + i, "1.0.0").id(), now, i + 1, i))
                .toList());
        List<Future<?>> done = new ArrayList<>();

        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 2; node++) {
                AccessLog ofNode = createLog(storage, RETENTION, InstantSource.fixed(now));
                List<AccessCount> shuffled = new ArrayList<>(counts);
                Collections.shuffle(shuffled, new Random(node));
                done.add(nodes.submit(() -> IntStream.range(0, batches).forEach(_ -> ofNode.record(shuffled))));
            }
        }

        for (Future<?> node : done) {
            node.get();
        }
        assertThat(mostRead(lastDay))
                .hasSize(50)
                .allSatisfy(access -> assertThat(access.reads())
                        .isEqualTo(2L
                                * batches
                                * (1
                                        + Integer.parseInt(
                                                access.schema().subject().name().substring(1)))));
    }

    @Test
    void mostRead_isByReadsAndThenById_inPagesOfAnySize() {
        SchemaSummary first = register("a", "1.0.0");
        SchemaSummary second = register("b", "1.0.0");
        SchemaSummary third = register("c", "1.0.0");
        record(third, now, 5, 1);
        record(second, now, 5, 1);
        record(first, now, 4, 1);
        record(first, now.minus(3, HOURS), 4, 1);

        assertThat(texts(mostRead(lastDay))).containsExactly("a 1.0.0 8", "b 1.0.0 5", "c 1.0.0 5");
        Pages.assertSameInPagesOfAnySize(page -> log.mostRead(examples.tenant(), lastDay, page));
    }

    @Test
    void mostRead_periodBeginsAtFromAndEndsBeforeTo() {
        SchemaSummary schema = register("a", "1.0.0");
        record(schema, now, 1, 1);
        record(schema, now.minus(1, MINUTES), 10, 1);
        record(schema, now.minus(2, MINUTES), 100, 1);

        assertThat(texts(mostRead(new Period(now.minus(2, MINUTES), now)))).containsExactly("a 1.0.0 110");
        assertThat(texts(mostRead(new Period(now.minus(1, MINUTES), now)))).containsExactly("a 1.0.0 10");
        assertThat(mostRead(new Period(now.plus(1, MINUTES), now.plus(2, MINUTES))))
                .isEmpty();
    }

    @Test
    void mostRead_hasDeletedVersionsToo() {
        SchemaSummary schema = register("a", "1.0.0");
        record(schema, now, 1, 1);
        SchemaSummary deleted = storage.deleteSchema(schema.id(), examples.now());

        assertThat(mostRead(lastDay)).extracting(SchemaAccess::schema).containsExactly(deleted);
    }

    @Test
    void slowest_isByMeanTime_inPagesOfAnySize() {
        record(register("often", "1.0.0"), now, 1_000, 2_000);
        record(register("slow", "1.0.0"), now, 2, 10);
        record(register("fast", "1.0.0"), now, 3, 0);
        record(register("alike", "1.0.0"), now, 4, 8);

        List<SchemaAccess> slowest = Pages.all(page -> log.slowest(examples.tenant(), lastDay, page));

        assertThat(texts(slowest)).containsExactly("slow 1.0.0 2", "often 1.0.0 1000", "alike 1.0.0 4", "fast 1.0.0 3");
        assertThat(slowest).extracting(access -> access.meanTime().toMillis()).containsExactly(5L, 2L, 2L, 0L);
        Pages.assertSameInPagesOfAnySize(page -> log.slowest(examples.tenant(), lastDay, page));
    }

    @Test
    void neverRead_isWhatIsLiveAndWasThereAndWasNotRead() {
        record(register("b", "1.0.0"), now, 1, 1);
        SchemaSummary before = register("b", "2.0.0");
        record(before, lastDay.from().minus(1, MINUTES), 1, 1);
        SchemaSummary never = register("a", "1.0.0");
        storage.deleteSchema(register("a", "1.1.0").id(), examples.now());
        storage.registerSchema(examples.in("c").createdAt(lastDay.to()).build(), assign("1.0.0"));
        SchemaSummary second = register("a", "0.9.0");

        assertThat(Pages.all(page -> log.neverRead(examples.tenant(), lastDay, page)))
                .containsExactly(never, second, before);
        Pages.assertSameInPagesOfAnySize(page -> log.neverRead(examples.tenant(), lastDay, page));
    }

    @Test
    void readsOverTime_hasEveryStep() {
        SchemaSummary schema = register("a", "1.0.0");
        Instant hour = now.truncatedTo(HOURS);
        record(schema, hour.minus(2, HOURS), 1, 1);
        record(schema, hour.minus(61, MINUTES), 2, 2);
        record(register("b", "1.0.0"), hour.plus(1, MINUTES), 4, 4);
        record(schema, hour.plus(59, MINUTES), 8, 8);
        record(schema, hour.plus(60, MINUTES), 16, 16);
        Period period = new Period(hour.minus(2, HOURS), hour.plus(1, HOURS));

        assertThat(log.readsOverTime(new ReadsQuery(examples.tenant(), null, period, Step.HOUR)))
                .containsExactly(
                        new ReadsInStep(hour.minus(2, HOURS), 3, Duration.ofMillis(3)),
                        new ReadsInStep(hour.minus(1, HOURS), 0, Duration.ZERO),
                        new ReadsInStep(hour, 12, Duration.ofMillis(12)));
        assertThat(log.readsOverTime(new ReadsQuery(examples.tenant(), schema.id(), period, Step.MINUTE)))
                .hasSize(180)
                .filteredOn(step -> step.reads() > 0)
                .containsExactly(
                        new ReadsInStep(hour.minus(2, HOURS), 1, Duration.ofMillis(1)),
                        new ReadsInStep(hour.minus(61, MINUTES), 2, Duration.ofMillis(2)),
                        new ReadsInStep(hour.plus(59, MINUTES), 8, Duration.ofMillis(8)));
        Instant day = now.truncatedTo(DAYS);
        assertThat(log.readsOverTime(new ReadsQuery(
                        examples.tenant(), null, new Period(day.minus(2, DAYS), day.plus(2, DAYS)), Step.DAY)))
                .hasSize(4)
                .extracting(ReadsInStep::reads)
                .satisfies(reads -> assertThat(
                                reads.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(31));
    }

    @Test
    void questions_ofAnotherTenant_seeNothing() {
        record(register("a", "1.0.0"), now, 1, 1);
        var another = SchemaExamples.freshTenant();

        assertThat(Pages.all(page -> log.mostRead(another, lastDay, page))).isEmpty();
        assertThat(Pages.all(page -> log.slowest(another, lastDay, page))).isEmpty();
        assertThat(Pages.all(page -> log.neverRead(another, lastDay, page))).isEmpty();
        assertThat(log.readsOverTime(new ReadsQuery(another, null, lastDay, Step.MINUTE)))
                .allSatisfy(step -> assertThat(step.reads()).isZero());
    }

    private List<PopularSchema> popular() {
        return log.popular(AccessLog.MAX_POPULAR).stream()
                .filter(schema -> schema.id().tenant().equals(examples.tenant()))
                .toList();
    }

    @Test
    void popular_isWhatWasReadMostWithinTheWindow_asOfTheLastMaintenance() {
        SchemaSummary rare = register("rare", "1.0.0");
        SchemaSummary often = register("often", "1.0.0");
        SchemaSummary once = register("once", "1.0.0");
        SchemaSummary deleted = register("deleted", "1.0.0");
        record(rare, now, 2, 1);
        record(often, now.minus(6, DAYS), 5, 1);
        record(often, now, 5, 1);
        record(once, now.minus(AccessLog.POPULAR_WINDOW).minus(2, HOURS), 100, 1);
        record(deleted, now, 100, 1);
        storage.deleteSchema(deleted.id(), examples.now());
        assertThat(popular()).isEmpty();

        assertThat(log.maintain()).isTrue();

        assertThat(popular()).containsExactly(new PopularSchema(often.id(), 10), new PopularSchema(rare.id(), 2));
        assertThat(log.popular(1)).hasSize(1);
        record(rare, now, 100, 1);
        assertThat(popular()).first().isEqualTo(new PopularSchema(often.id(), 10));
        assertThat(log.maintain()).isTrue();
        assertThat(popular()).first().isEqualTo(new PopularSchema(rare.id(), 102));
    }

    @Test
    void maintain_keepsWhatIsWithinTheRetention_andNothingBefore() {
        SchemaSummary schema = register("a", "1.0.0");
        Instant oldest = now.minus(RETENTION).truncatedTo(DAYS);
        record(schema, oldest, 1, 1);
        record(schema, oldest.minus(1, MINUTES), 10, 1);

        assertThat(log.maintain()).isTrue();

        assertThat(texts(mostRead(new Period(oldest.minus(2, DAYS), now)))).containsExactly("a 1.0.0 1");
    }

    @Test
    void maintain_daysBeforeAndAfterMidnight_loseNothing() {
        SchemaSummary schema = register("a", "1.0.0");
        Instant midnight = now.truncatedTo(DAYS).plus(1, DAYS);
        List<Instant> minutes = IntStream.rangeClosed(-3, 3)
                .boxed()
                .flatMap(day -> IntStream.rangeClosed(-1, 1)
                        .mapToObj(minute -> midnight.plus(day, DAYS).plus(minute, MINUTES)))
                .toList();
        Period all = new Period(midnight.minus(5, DAYS), midnight.plus(5, DAYS));

        for (int times = 1; times <= 3; times++) {
            minutes.forEach(minute -> record(schema, minute, 1, 1));
            assertThat(log.maintain()).isTrue();

            assertThat(texts(mostRead(all))).containsExactly("a 1.0.0 " + 21 * times);
        }
        // As when the store was set up days ago and nobody was there to maintain it.
        createLog(storage, RETENTION, InstantSource.fixed(midnight.plus(2, DAYS)))
                .maintain();
        minutes.forEach(minute -> record(schema, minute, 1, 1));
        assertThat(texts(mostRead(all))).containsExactly("a 1.0.0 84");
    }

    @Test
    void anyCounts_giveTheAnswersOfTheReference() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AccessLog reference = new InMemoryAccessLog(storage, RETENTION, InstantSource.fixed(now));
        List<SchemaSummary> schemas = IntStream.range(0, 12)
                .mapToObj(i -> register("s" + i % 5, "1.%d.0".formatted(i)))
                .toList();
        for (int batch = 0; batch < 20; batch++) {
            List<AccessCount> counts = IntStream.range(0, random.nextInt(1, 30))
                    .mapToObj(_ -> new AccessCount(
                            schemas.get(random.nextInt(10)).id(),
                            now.minus(random.nextInt(4_000), MINUTES),
                            random.nextLong(1, 5),
                            Duration.ofNanos(random.nextLong(1_000)),
                            now.minusNanos(random.nextLong(1_000_000_000L))))
                    .toList();
            log.record(counts);
            reference.record(counts);
        }
        Instant hour = now.truncatedTo(HOURS);
        Period period = new Period(hour.minus(random.nextInt(1, 60), HOURS), hour);

        assertThat(mostRead(period))
                .as("seed " + seed)
                .isEqualTo(Pages.all(page -> reference.mostRead(examples.tenant(), period, page)));
        assertThat(Pages.all(3, page -> log.slowest(examples.tenant(), period, page)))
                .as("seed " + seed)
                .isEqualTo(Pages.all(page -> reference.slowest(examples.tenant(), period, page)));
        assertThat(Pages.all(3, page -> log.neverRead(examples.tenant(), period, page)))
                .as("seed " + seed)
                .isEqualTo(Pages.all(page -> reference.neverRead(examples.tenant(), period, page)));
        ReadsQuery query = new ReadsQuery(examples.tenant(), null, period, Step.HOUR);
        assertThat(log.readsOverTime(query)).as("seed " + seed).isEqualTo(reference.readsOverTime(query));
    }
}
