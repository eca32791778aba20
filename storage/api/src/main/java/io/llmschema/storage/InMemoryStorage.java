package io.llmschema.storage;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The executable specification of {@link StorageBackend}: the simplest store that keeps every promise but durability.
 *
 * <p>All data is one immutable-once-published {@link InMemoryState}. A change works on a copy and publishes it, one change or
 * transaction at a time, so readers never wait and never see half a change. Every change costs time proportional to all data.
 */
public final class InMemoryStorage implements ObservableStorage {
    private final ReentrantLock writing = new ReentrantLock();
    private final InMemoryChangeLog log = new InMemoryChangeLog();
    private volatile InMemoryState published;
    private volatile CommitListener listener = (_, _) -> {};

    /**
     * @param containsJson whether the first JSON text contains the second, in the sense of PostgreSQL's {@code jsonb @>}; given
     *     from outside because this room has no JSON parser
     */
    public InMemoryStorage(BiPredicate<String, String> containsJson) {
        this.published = new InMemoryState(containsJson);
    }

    /** What is published, as the request at hand is shown it. */
    private InMemoryState current() {
        InMemoryState now = published;
        Consistency.note(now.position);
        return now;
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return current().getSchema(key);
    }

    @Override
    public Seen<Schema> see(SchemaKey key) {
        return published.see(key);
    }

    @Override
    public Map<SchemaKey, Seen<Schema>> seeAll(Collection<? extends SchemaKey> keys) {
        InMemoryState now = published;
        Map<SchemaKey, Seen<Schema>> seen = new HashMap<>();
        keys.forEach(key -> seen.put(key, now.see(key)));
        return seen;
    }

    @Override
    public Seen<SubjectSummary> see(Subject subject) {
        return published.see(subject);
    }

    @Override
    public Seen<SubjectSettings> seeSettings(Subject subject) {
        return published.seeSettings(subject);
    }

    @Override
    public ChangeFeed follow() {
        return log.follow();
    }

    @Override
    public void onCommit(CommitListener told) {
        this.listener = told;
    }

    @Override
    public Changes recent(Duration age, int limit) {
        return log.recent(age, limit);
    }

    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return current().getSummary(id);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return current().exists(key);
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return current().listSchemas(filter, order, page);
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return current().searchSchemas(query, page);
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return current().statistics(tenant);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return current().getSubject(subject);
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return current().getSettings(subject);
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return current().listSubjects(filter, page);
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return current().listSettings(filter, page);
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return current().dependencies(id, direction, deletion, isTransitive, page);
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return registerAndSee(candidate, rule).found().orElseThrow().registration();
    }

    @Override
    public Seen<Registered> registerAndSee(NewSchema candidate, RegistrationRule rule) {
        return change(state -> state.registerAndSee(candidate, rule));
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return change(state -> state.updateSchemaState(id, rule));
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return change(state -> state.deleteSchema(id, at));
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        return change(state -> state.purgeSchema(id));
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return change(state -> state.updateSubject(subject, rule, at));
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return change(state -> state.updateSettings(subject, rule));
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return change(state -> state.deleteSubject(subject, at));
    }

    private <R> R change(Function<Transaction, R> work) {
        try (Transaction transaction = begin()) {
            R result = work.apply(transaction);
            transaction.commit();
            return result;
        }
    }

    @Override
    public StorageTransaction beginTransaction() {
        return begin();
    }

    private Transaction begin() {
        writing.lock();
        return new Transaction(published);
    }

    @Override
    public Health check() {
        return new Health(true, "in memory");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "InMemory";
    }

    /** A copy of the published state that becomes the published state. */
    private final class Transaction extends InMemoryState implements StorageTransaction {
        private boolean isOpen = true;

        Transaction(InMemoryState base) {
            super(base, new ChangePosition(base.position.value() + 1));
        }

        @Override
        public void commit() {
            if (changes.isEmpty()) {
                Consistency.note(published.position);
                return;
            }
            published = new InMemoryState(this, position);
            log.append(changes, position);
            Consistency.note(position);
            listener.committed(changes, position);
        }

        @Override
        public void close() {
            if (isOpen) {
                isOpen = false;
                writing.unlock();
            }
        }
    }
}
