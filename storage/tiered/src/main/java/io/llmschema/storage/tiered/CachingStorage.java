package io.llmschema.storage.tiered;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.ChangeLog.CommitListener;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Changes;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.Health;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store whose answers are kept near, and never older than is said here.
 *
 * <ul>
 *   <li>What was changed through this object is seen at once by whoever asks it afterwards; so is whatever others had done to the same
 *       subject before.
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
    private final SchemaCache nearSchemas;

    /** The near one, if it is one that can be given what was not asked for. */
    private final @Nullable CaffeineSchemaCache fastSchemas;

    private final OwnRegistrations registrations = new OwnRegistrations();
    private final SubjectCache<SubjectSummary> subjects;
    private final SubjectCache<SubjectSettings> settings;
    private final PageCache pages;
    private final InvalidationChannel channel;
    private final Patience patience = new Patience();
    private final CacheWarmer warmer;
    private final ChangeFollower follower;

    // Made once: what is made for each read costs as much as the read.
    private final Way<SchemaKey, Schema> toSchemas;
    private final Way<Subject, SubjectSummary> toSubjects;
    private final Way<Subject, SubjectSettings> toSettings;

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
        this.nearSchemas = schemas instanceof TieredSchemaCache tiered ? tiered.fast() : schemas;
        this.fastSchemas = nearSchemas instanceof CaffeineSchemaCache fast ? fast : null;
        this.subjects = new SubjectCache<>(
                limits, subject -> subject.metadata().attributes().length());
        this.settings = new SubjectCache<>(limits, CachingStorage::lengthOfAttributes);
        this.pages = new PageCache(limits);
        this.toSchemas = new Way<>(schemas::get, nearSchemas::get, schemas::peek, storage::see);
        this.toSubjects = new Way<>(subjects::get, subjects::peek, storage::see);
        this.toSettings = new Way<>(settings::get, settings::peek, storage::seeSettings);
        this.channel = channel;
        this.warmer = new CacheWarmer(this::getSchema);
        storage.onCommit(new OwnChanges());
        // What another node says it has committed needs no asking back: at worst something is loaded once too often.
        channel.subscribe(this::applyNear);
        this.follower = new ChangeFollower(storage.follow(), bound, this::follow);
    }

    private static int lengthOfAttributes(SubjectSettings settings) {
        String attributes = settings.attributes();
        return attributes == null ? 0 : attributes.length();
    }

    /** What this node commits; with it comes what it lacks of the same subjects, so that it never shows them as they were before. */
    private final class OwnChanges implements CommitListener {
        @Override
        public void committed(List<SubjectChange> changes, ChangePosition position) {
            apply(changes);
            channel.publish(changes);
        }

        @Override
        public ChangePosition heard() {
            return follower.position();
        }
    }

    private void follow(Changes changes) {
        patience.heard();
        if (!changes.isComplete()) {
            schemas.clear();
            subjects.clear();
            settings.clear();
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
        nearSchemas.apply(changes);
        applyBeside(changes);
    }

    private void applyBeside(List<SubjectChange> changes) {
        subjects.apply(changes);
        // A version that comes changes nothing of what is set.
        settings.apply(changes.stream()
                .filter(change -> change.kind() != SubjectChange.Kind.ADDITION)
                .toList());
        pages.apply(changes);
        if (fastSchemas != null) {
            changes.stream()
                    .filter(change -> !registrations.isOf(change) && fastSchemas.serves(change.subject()))
                    .forEach(warmer::warm);
        }
    }

    /** Keeps these versions, as far as they can be had in that time; returns how many were. */
    public int warm(List<SchemaId> ids, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<SchemaKey> keys = ids.stream().<SchemaKey>map(SchemaKey.ById::new).toList();
        int warmed = 0;
        // What is loaded while changes are not heard could be outdated unnoticed.
        while (warmed < keys.size() && System.nanoTime() < deadline && follower.isUpToDate()) {
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

    /**
     * Where an answer may come from.
     *
     * @param tiers all that is kept
     * @param near what is kept on this node
     */
    private record Way<K, T>(
            Kept<K, T> tiers, Kept<K, T> near, Function<K, Optional<Seen<T>>> peek, Function<K, Seen<T>> loader) {
        /** For what is kept on the nodes only. */
        Way(Kept<K, T> near, Function<K, Optional<Seen<T>>> peek, Function<K, Seen<T>> loader) {
            this(near, near, peek, loader);
        }
    }

    private <K, T> Optional<T> answer(K key, Way<K, T> way) {
        ChangePosition required = Consistency.required();
        // In this order: what is kept when the position is read is at least as new as the position.
        Predicate<Seen<?>> isAdmissible = follower.position().covers(required)
                ? CachingStorage::isAny
                : seen -> seen.complete().covers(required);
        Seen<T> seen =
                follower.isUpToDate() ? way.tiers().get(key, isAdmissible, way.loader()) : ask(key, isAdmissible, way);
        Consistency.note(seen.shown());
        return seen.found();
    }

    private static boolean isAny(Seen<?> seen) {
        return true;
    }

    /** Asks the store, once for all who ask now; only if that cannot be, what is kept is better than nothing. */
    private <K, T> Seen<T> ask(K key, Predicate<Seen<?>> isAdmissible, Way<K, T> way) {
        Seen<T> kept = way.peek().apply(key).orElse(null);
        Supplier<Seen<T>> asking =
                () -> way.near().get(key, seen -> isOther(seen, kept) && isAdmissible.test(seen), way.loader());
        if (kept == null || !isAdmissible.test(kept)) {
            return asking.get();
        }
        return patience.ask(asking).orElseGet(() -> {
            Consistency.noteStale();
            return kept;
        });
    }

    // The same object is meant: an answer that is equal, but was loaded since, is as good as a new one.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(Seen<?> seen, @Nullable Seen<?> kept) {
        return seen != kept;
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return answer(key, toSchemas);
    }

    /** Always asked of the store: whoever asks so is about to change the version, or cannot read its content. */
    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return storage.getSummary(id);
    }

    @Override
    public Optional<URI> downloadUrl(SchemaKey key, Duration validFor) {
        return storage.downloadUrl(key, validFor);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return schemas.peek(key).isPresent() ? getSchema(key).isPresent() : storage.exists(key);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return answer(subject, toSubjects);
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return answer(subject, toSettings).orElseThrow();
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

    /** Always asked of the store: seldom enough, and mostly by those who are about to change what is set. */
    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return storage.listSettings(filter, page);
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return page(
                new PageCache.Question(
                        id.tenant(), List.of("dependencies", id, direction, deletion, isTransitive, page)),
                () -> storage.dependencies(id, direction, deletion, isTransitive, page));
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return storage.statistics(tenant);
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return fastSchemas == null
                ? storage.registerSchema(candidate, rule)
                : registrations.keeping(candidate, fastSchemas, () -> storage.registerAndSee(candidate, rule));
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
    public SchemaSummary purgeSchema(SchemaId id) {
        return storage.purgeSchema(id);
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return storage.updateSubject(subject, rule, at);
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return storage.updateSettings(subject, rule);
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
