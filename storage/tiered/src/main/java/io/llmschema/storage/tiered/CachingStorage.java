package io.llmschema.storage.tiered;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.Health;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.Seen;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store whose answers are kept near, and never older than is said here.
 *
 * <ul>
 *   <li>What was changed through this object is seen at once by whoever asks it afterwards.
 *   <li>What was changed elsewhere is seen within the staleness bound. A node that cannot hear of changes for so long asks the store.
 *   <li>Who requires a {@link Consistency} position is never shown an older state.
 *   <li>When the store is away, what is kept and not known to be outdated is answered, and noted as {@linkplain Consistency#noteStale
 *       possibly outdated}.
 * </ul>
 *
 * <p>A change becomes known in this order: it is committed; the caches here are told, the slow one first; the call returns, and other
 * nodes are told in the fast way (the channel) and the sure one (the store's change log, which every node follows).
 */
public final class CachingStorage implements StorageBackend {
    /** How long other nodes may show what was true before a change, if nothing else is said. */
    public static final Duration DEFAULT_STALENESS_BOUND = Duration.ofSeconds(1);

    private static final int WARMED_AT_ONCE = 100;

    private final ObservableStorage storage;
    private final SchemaCache schemas;
    private final SubjectCache subjects;
    private final PageCache pages;
    private final InvalidationChannel channel;
    private final CacheWarmer warmer;
    private final ChangeFollower follower;

    // Made once: what is made for each read costs as much as the read.
    private final Way<SchemaKey, Schema> toSchemas;
    private final Way<Subject, SubjectSummary> toSubjects;

    /**
     * Takes over the store, the cache and the channel: they are closed with this.
     *
     * @param schemas what is kept of schemas
     * @param limits what is kept of all else: subjects, lists and searches
     * @param bound how long other nodes may show what was true before a change
     */
    public CachingStorage(
            ObservableStorage storage,
            SchemaCache schemas,
            CacheLimits limits,
            InvalidationChannel channel,
            Duration bound) {
        this.storage = storage;
        this.schemas = schemas;
        this.subjects = new SubjectCache(limits);
        this.pages = new PageCache(limits);
        this.toSchemas = new Way<>(schemas::get, schemas::peek, storage::see);
        this.toSubjects = new Way<>(subjects::get, subjects::peek, storage::see);
        this.channel = channel;
        this.warmer = new CacheWarmer(this::getSchema);
        storage.onCommit((changes, _) -> {
            apply(changes);
            channel.publish(changes);
        });
        // What another node says it has committed needs no asking back: at worst something is loaded once too often.
        channel.subscribe(this::applyNear);
        this.follower = new ChangeFollower(storage.follow(), bound, this::follow);
    }

    private void follow(Changes changes) {
        if (!changes.isComplete()) {
            schemas.clear();
            subjects.clear();
            pages.clear();
        } else if (!changes.changes().isEmpty()) {
            apply(changes.changes());
        }
    }

    private void apply(List<SubjectChange> changes) {
        schemas.apply(changes);
        applyBeside(changes);
    }

    /** The sender has told the shared cache already. */
    private void applyNear(List<SubjectChange> changes) {
        fast().ifPresentOrElse(fast -> fast.apply(changes), () -> schemas.apply(changes));
        applyBeside(changes);
    }

    private void applyBeside(List<SubjectChange> changes) {
        subjects.apply(changes);
        pages.apply(changes);
        fast().ifPresent(fast -> changes.stream().filter(fast::serves).forEach(warmer::warm));
    }

    private Optional<CaffeineSchemaCache> fast() {
        return switch (schemas) {
            case TieredSchemaCache tiered -> Optional.of(tiered.fast());
            case CaffeineSchemaCache fast -> Optional.of(fast);
            default -> Optional.empty();
        };
    }

    /** Keeps these versions, as far as they can be had in that time; returns how many were. */
    public int warm(List<SchemaId> ids, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<SchemaKey> keys = ids.stream().<SchemaKey>map(SchemaKey.ById::new).toList();
        int warmed = 0;
        while (warmed < keys.size() && System.nanoTime() < deadline) {
            List<SchemaKey> some = keys.subList(warmed, Math.min(keys.size(), warmed + WARMED_AT_ONCE));
            schemas.getAll(some, storage::seeAll);
            warmed += some.size();
        }
        return warmed;
    }

    /** A cache, as far as this class uses any. */
    private interface Kept<K, T> {
        Seen<T> get(K key, Predicate<Seen<?>> isAdmissible, Function<K, Seen<T>> loader);
    }

    /** Where an answer may come from. */
    private record Way<K, T>(Kept<K, T> cache, Function<K, Optional<Seen<T>>> peek, Function<K, Seen<T>> loader) {}

    private <K, T> Optional<T> answer(K key, Way<K, T> way) {
        ChangePosition required = Consistency.required();
        // In this order: what is kept when the position is read is at least as new as the position.
        Predicate<Seen<?>> isAdmissible = follower.position().covers(required)
                ? CachingStorage::isAny
                : seen -> seen.position().covers(required);
        Seen<T> seen =
                follower.isUpToDate() ? way.cache().get(key, isAdmissible, way.loader()) : ask(key, isAdmissible, way);
        Consistency.note(seen.position());
        return seen.found();
    }

    private static boolean isAny(Seen<?> seen) {
        return true;
    }

    /** Asks the store; only if that cannot be, what is kept is better than nothing. */
    private static <K, T> Seen<T> ask(K key, Predicate<Seen<?>> isAdmissible, Way<K, T> way) {
        try {
            return way.loader().apply(key);
        } catch (StorageUnavailable e) {
            Seen<T> kept = way.peek().apply(key).filter(isAdmissible).orElseThrow(() -> e);
            Consistency.noteStale();
            return kept;
        }
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return answer(key, toSchemas);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return schemas.peek(key).isPresent() ? getSchema(key).isPresent() : storage.exists(key);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return answer(subject, toSubjects);
    }

    // A question names the kind of its items, so that an answer to it has items of that kind.
    @SuppressWarnings("unchecked")
    private <T> Page<T> page(PageCache.Question question, Supplier<Page<T>> loader) {
        return (Page<T>) answer(question, new Way<>(pages::get, pages::peek, _ -> pages.see(question, loader)))
                .orElseThrow();
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return page(
                new PageCache.Question(filter.tenant(), List.of("schemas", filter, order, page)),
                () -> storage.listSchemas(filter, order, page));
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return page(
                new PageCache.Question(query.filter().tenant(), List.of("search", query, page)),
                () -> storage.searchSchemas(query, page));
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return page(
                new PageCache.Question(filter.tenant(), List.of("subjects", filter, page)),
                () -> storage.listSubjects(filter, page));
    }

    @Override
    public Page<Dependency> dependencies(SchemaId id, Direction direction, boolean isTransitive, PageRequest page) {
        return page(
                new PageCache.Question(id.tenant(), List.of("dependencies", id, direction, isTransitive, page)),
                () -> storage.dependencies(id, direction, isTransitive, page));
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return storage.statistics(tenant);
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return storage.registerSchema(candidate, rule);
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return storage.updateSchemaState(id, rule);
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return storage.deleteSchema(id, at);
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return storage.updateSubject(subject, rule, at);
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return storage.deleteSubject(subject, at);
    }

    /** Asks and changes the store itself; what it commits is known here before {@code commit} returns. */
    @Override
    public StorageTransaction beginTransaction() {
        return storage.beginTransaction();
    }

    @Override
    public Health check() {
        return storage.check();
    }

    @Override
    public void close() {
        follower.close();
        warmer.close();
        channel.close();
        schemas.close();
        storage.close();
    }

    @Override
    public String toString() {
        return "Caching(" + schemas + ") over " + storage;
    }
}
