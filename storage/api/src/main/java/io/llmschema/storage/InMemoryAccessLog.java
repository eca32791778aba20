package io.llmschema.storage;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The executable specification of {@link AccessLog}: counts in a map, and every question as plain code over it. Guarded by its lock. */
public final class InMemoryAccessLog implements AccessLog {
    /** What counts are added up by. */
    private record Key(SchemaId id, Instant minute) {}

    private final SchemaReader schemas;
    private final Duration retention;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, AccessCount> counts = new HashMap<>();
    private List<PopularSchema> popular = List.of();

    /**
     * @param schemas those whose reads are counted
     * @param retention how long counts are kept
     */
    public InMemoryAccessLog(SchemaReader schemas, Duration retention, InstantSource clock) {
        this.schemas = schemas;
        this.retention = retention;
        this.clock = clock;
    }

    private <R> R locked(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void record(Collection<AccessCount> batch) {
        if (batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most %d counts".formatted(MAX_BATCH));
        }
        locked(() -> {
            batch.forEach(count -> counts.merge(new Key(count.id(), count.minute()), count, AccessCount::plus));
            return counts.size();
        });
    }

    @Override
    public List<PopularSchema> popular(int limit) {
        if (limit < 0 || limit > MAX_POPULAR) {
            throw new IllegalArgumentException("at most %d are popular".formatted(MAX_POPULAR));
        }
        return locked(() -> popular.stream().limit(limit).toList());
    }

    @Override
    public Page<SchemaAccess> mostRead(TenantId tenant, Period period, PageRequest page) {
        return ranked(tenant, period, SchemaAccess::reads, page);
    }

    @Override
    public Page<SchemaAccess> slowest(TenantId tenant, Period period, PageRequest page) {
        return ranked(tenant, period, access -> access.meanTime().toNanos(), page);
    }

    /** The versions that were read, the highest rank first; of equal ones that with the lower id. */
    private Page<SchemaAccess> ranked(
            TenantId tenant, Period period, ToLongFunction<SchemaAccess> rank, PageRequest page) {
        Comparator<SchemaAccess> order = comparingLong(rank)
                .reversed()
                .thenComparing(access -> access.schema().id().uuid());
        PagePosition after = page.after();
        Stream<SchemaAccess> read = accesses(tenant, period);
        if (after != null) {
            long lastRank = after.key(0, Long::parseLong);
            UUID lastId = after.key(1, UUID::fromString);
            read = read.filter(access -> rank.applyAsLong(access) < lastRank
                    || (rank.applyAsLong(access) == lastRank
                            && access.schema().id().uuid().compareTo(lastId) > 0));
        }
        return Page.of(
                read.sorted(order).limit(page.size() + 1L).toList(),
                page,
                access -> PagePosition.of(
                        Long.toString(rank.applyAsLong(access)),
                        access.schema().id().toString()));
    }

    private Stream<SchemaAccess> accesses(TenantId tenant, Period period) {
        return byVersion(count -> count.id().tenant().equals(tenant) && period.contains(count.minute()))
                .values()
                .stream()
                .flatMap(count -> summary(count.id()).stream()
                        .map(schema -> new SchemaAccess(schema, count.reads(), count.time(), count.lastReadAt())));
    }

    /** The counts that pass, added up as if all were of one minute. */
    private Map<SchemaId, AccessCount> byVersion(Predicate<AccessCount> filter) {
        return locked(() -> {
            Map<SchemaId, AccessCount> sums = new HashMap<>();
            counts.values().stream()
                    .filter(filter)
                    .map(count ->
                            new AccessCount(count.id(), Instant.EPOCH, count.reads(), count.time(), count.lastReadAt()))
                    .forEach(count -> sums.merge(count.id(), count, AccessCount::plus));
            return sums;
        });
    }

    private Optional<SchemaSummary> summary(SchemaId id) {
        return schemas.getSchema(new SchemaKey.ById(id)).map(Schema::summary);
    }

    @Override
    public Page<SchemaSummary> neverRead(TenantId tenant, Period period, PageRequest page) {
        Map<SchemaId, AccessCount> read = byVersion(count -> period.contains(count.minute()));
        List<SchemaSummary> found = new ArrayList<>();
        PageRequest part = new PageRequest(PageRequest.MAX_SIZE, page.after());
        while (true) {
            Page<SchemaSummary> versions = schemas.listSchemas(SchemaFilter.all(tenant), SchemaOrder.BY_ORDINAL, part);
            versions.items().stream()
                    .filter(schema -> schema.createdAt().isBefore(period.to()) && !read.containsKey(schema.id()))
                    .limit(page.size() + 1L - found.size())
                    .forEach(found::add);
            if (versions.next() == null || found.size() > page.size()) {
                return Page.of(found, page, InMemoryAccessLog::position);
            }
            part = new PageRequest(PageRequest.MAX_SIZE, versions.next());
        }
    }

    private static PagePosition position(SchemaSummary schema) {
        return PagePosition.of(schema.subject().name(), Integer.toString(schema.ordinal()));
    }

    @Override
    public List<ReadsInStep> readsOverTime(ReadsQuery query) {
        Map<Instant, ReadsInStep> steps = new HashMap<>();
        locked(() -> {
            counts.values().stream()
                    .filter(count -> count.id().tenant().equals(query.tenant())
                            && (query.schema() == null || count.id().equals(query.schema()))
                            && query.period().contains(count.minute()))
                    .map(count -> new ReadsInStep(query.step().startOf(count.minute()), count.reads(), count.time()))
                    .forEach(step -> steps.merge(step.start(), step, ReadsInStep::plus));
            return steps.size();
        });
        return query.starts()
                .map(start -> steps.getOrDefault(start, new ReadsInStep(start, 0, Duration.ZERO)))
                .toList();
    }

    @Override
    public boolean maintain() {
        Instant now = clock.instant();
        Map<SchemaId, AccessCount> recent = byVersion(count -> !count.minute().isBefore(now.minus(POPULAR_WINDOW)));
        List<PopularSchema> found = recent.values().stream()
                .filter(count -> summary(count.id())
                        .filter(schema -> !schema.isDeleted())
                        .isPresent())
                .map(count -> new PopularSchema(count.id(), count.reads()))
                .sorted(comparingLong(PopularSchema::reads)
                        .reversed()
                        .thenComparing(comparing(schema -> schema.id().uuid())))
                .toList();
        return locked(() -> {
            popular = found;
            Instant oldest = ReadsQuery.Step.DAY.startOf(now.minus(retention));
            counts.keySet().removeIf(key -> key.minute().isBefore(oldest));
            return true;
        });
    }

    @Override
    public String toString() {
        return "InMemoryAccessLog";
    }
}
