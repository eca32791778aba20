package io.llmschema.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.ChangeFeed;
import io.llmschema.storage.Changes;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.Health;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.Registered;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.postgres.VersionInsertion.Inserted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The source of truth: schemas in PostgreSQL 15 or newer.
 *
 * <p>A read is one prepared statement on a connection of a small pool. A change is one transaction at READ COMMITTED, ordered by the
 * lock of its subject's row; it is durable when it returns, because {@code synchronous_commit} is never turned off.
 */
public final class PostgresStorage implements ObservableStorage {
    /** How alike a word and a part of a subject's name must be, 0 to 1, for the word to be taken for a misspelling of it. */
    private static final double WORD_SIMILARITY = 0.4;

    /** How often a change is tried that was rolled back for others' sake. */
    private static final int CHANGE_ATTEMPTS = 4;

    private static final int LARGE_READS_AT_ONCE = 2;

    /** Of several hosts the one that takes writes, unless the URL says otherwise: a replica that lags would fill caches with what was. */
    static final Properties PRIMARY_ONLY = new Properties();

    static {
        PRIMARY_ONLY.setProperty("targetServerType", "primary");
    }

    private final Semaphore largeReads = new Semaphore(LARGE_READS_AT_ONCE, true);
    private final PostgresConfig config;
    private final HikariDataSource pool;
    private final Connections connections;
    private final Jdbi jdbi;
    private final SubjectGates gates;
    private final PostgresChangeLog changes;
    private final @Nullable BlobPlace blobs;
    private final Contents contents;
    private final RecentSearchTexts searchTexts = new RecentSearchTexts();
    private final @Nullable ContentMover mover;
    private final @Nullable ContentRestorer restorer;

    private PostgresStorage(PostgresConfig config, HikariDataSource pool, @Nullable BlobPlace blobs) {
        this.config = config;
        this.blobs = blobs;
        this.pool = pool;
        this.connections = new Connections(pool, config);
        this.jdbi = Jdbi.create(connections);
        this.jdbi.registerArrayType(String.class, "text");
        this.jdbi.registerArrayType(UUID.class, "uuid");
        this.gates = new SubjectGates(config.connectionWait());
        this.changes = new PostgresChangeLog(jdbi);
        this.contents = new Contents(jdbi, blobs);
        this.mover = blobs == null ? null : new ContentMover(jdbi, blobs.store(), contents);
        this.restorer = blobs == null ? null : new ContentRestorer(jdbi);
    }

    /**
     * Connects, and brings the tables up to date. Several nodes may do so at once.
     *
     * @throws StorageUnavailable the database cannot be reached, or its tables cannot be brought up to date
     */
    public static PostgresStorage open(PostgresConfig config) {
        return open(config, null);
    }

    /**
     * The same with another place for large contents. It is not asked whether that can be reached: as long as it cannot, they stay in the
     * database, and move out by themselves.
     *
     * @param blobs null: contents lie in the database, however large
     */
    public static PostgresStorage open(PostgresConfig config, @Nullable BlobPlace blobs) {
        HikariDataSource pool = Failures.connecting(config, () -> new HikariDataSource(hikari(config)));
        try {
            Migrations.migrate(config);
            return new PostgresStorage(config, pool, blobs);
        } catch (FlywayException e) {
            pool.close();
            throw new StorageUnavailable(
                    "the tables in %s could not be brought up to date: %s".formatted(config.address(), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig hikari(PostgresConfig config) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("registry");
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        // Whoever asks the pool has been let in by Connections, so that one is free unless the database is away.
        hikari.setConnectionTimeout(Connections.CONNECT_PATIENCE.toMillis());
        hikari.setValidationTimeout(Connections.CONNECT_PATIENCE.toMillis());
        PRIMARY_ONLY.forEach((name, value) -> hikari.addDataSourceProperty((String) name, value));
        hikari.setConnectionInitSql(sessionSettings(config));
        // The same few statements are run over and over, so each is prepared on the server at its first use.
        hikari.addDataSourceProperty("prepareThreshold", "1");
        hikari.addDataSourceProperty("preparedStatementCacheQueries", "512");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("connectTimeout", "3");
        hikari.addDataSourceProperty(
                "socketTimeout", Long.toString(2 * config.statementTimeout().toSeconds()));
        hikari.addDataSourceProperty("ApplicationName", "llmschema");
        return hikari;
    }

    /** What every connection is told first. */
    static String sessionSettings(PostgresConfig config) {
        // A registry's data are in memory or on flash: a page that is not the next one costs about as much as one that
        // is.
        return "SET statement_timeout = %d; SET lock_timeout = %d; SET pg_trgm.word_similarity_threshold = %s; SET random_page_cost = 1.1"
                .formatted(
                        config.statementTimeout().toMillis(),
                        config.lockTimeout().toMillis(),
                        WORD_SIMILARITY);
    }

    private <R> R read(Function<Handle, R> question) {
        return Failures.translated(() -> {
            try (Handle handle = jdbi.open()) {
                return question.apply(handle);
            }
        });
    }

    private <R> R change(Subject subject, Function<PostgresTransaction, R> work) {
        return gates.through(subject, () -> retried(work));
    }

    private <R> R retried(Function<PostgresTransaction, R> work) {
        for (int attempt = 1; ; attempt++) {
            try (PostgresTransaction transaction = beginTransaction()) {
                R result = work.apply(transaction);
                transaction.commit();
                return result;
            } catch (RolledBack e) {
                if (attempt == CHANGE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return noted(see(key)).found();
    }

    @Override
    public Seen<Schema> see(SchemaKey key) {
        return see(key, find(key));
    }

    private Seen<Schema> see(SchemaKey key, PostgresSelection.Found found) {
        try {
            // Whoever loses the content between the two steps of a read asks again, and is told what is there then.
            return whole(found).orElseGet(() -> see(key));
        } catch (ContentDamaged e) {
            if (find(key).liesAs(found)) {
                throw e;
            }
            return see(key);
        }
    }

    private PostgresSelection.Found find(SchemaKey key) {
        return read(handle -> new PostgresSelection(handle).find(key));
    }

    @Override
    public Map<SchemaKey, Seen<Schema>> seeAll(Collection<? extends SchemaKey> keys) {
        List<SchemaKey.ById> ids = keys.stream()
                .filter(SchemaKey.ById.class::isInstance)
                .map(SchemaKey.ById.class::cast)
                .toList();
        Map<SchemaKey, Seen<Schema>> seen = new HashMap<>();
        if (!ids.isEmpty()) {
            read(handle -> new PostgresSelection(handle).findAll(ids))
                    .forEach((key, found) -> seen.put(key, see(key, found)));
        }
        keys.stream().filter(key -> !seen.containsKey(key)).forEach(key -> seen.put(key, see(key)));
        return seen;
    }

    @Override
    public Seen<SubjectSummary> see(Subject subject) {
        return read(handle -> new PostgresReader(handle).seeSubject(subject));
    }

    @Override
    public Seen<SubjectSettings> seeSettings(Subject subject) {
        return read(handle -> new PostgresReader(handle).seeSettings(subject));
    }

    private static <T> Seen<T> noted(Seen<T> seen) {
        Consistency.note(seen.shown());
        return seen;
    }

    /** With its content; empty if that was removed since the version was found. */
    private Optional<Seen<Schema>> whole(PostgresSelection.Found found) {
        if (!found.isWhole()) {
            return readLarge(found);
        }
        Seen<Schema> whole = found.whole(contents);
        if (restorer != null && found.isArchived()) {
            whole.found().ifPresent(schema -> restorer.read(schema.summary().globalId(), schema.content()));
        }
        return Optional.of(whole);
    }

    /** Which registry this is: the same on all its nodes, and no other's. */
    public UUID identity() {
        return read(handle -> handle.createQuery("SELECT id FROM registry_identity")
                .mapTo(UUID.class)
                .one());
    }

    @Override
    public ChangeFeed follow() {
        return new PostgresChangeFeed(config, connections::distrust, changes::forgetTold);
    }

    @Override
    public void onCommit(CommitListener listener) {
        changes.onCommit(listener);
    }

    @Override
    public Changes recent(Duration age, int limit) {
        return read(handle -> PostgresChangeLog.recent(handle, age, limit));
    }

    /** A large content takes several times its size while it is read, so few are read at the same time. */
    private Optional<Seen<Schema>> readLarge(PostgresSelection.Found found) {
        try {
            if (!largeReads.tryAcquire(config.connectionWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable("too many large schemas are being read", new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("the server is stopping", e);
        }
        try {
            return read(handle -> new PostgresSelection(handle).readContent(found))
                    .map(whole -> whole.whole(contents));
        } finally {
            largeReads.release();
        }
    }

    @Override
    public Optional<URI> downloadUrl(SchemaKey key, Duration validFor) {
        return blobs == null
                ? Optional.empty()
                : find(key).object().flatMap(hash -> blobs.store().downloadUrl(hash, validFor));
    }

    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return noted(read(handle -> new PostgresSelection(handle).summary(id))).found();
    }

    @Override
    public boolean exists(SchemaKey key) {
        return read(handle -> new PostgresReader(handle).exists(key));
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return read(handle -> new PostgresReader(handle).listSchemas(filter, order, page));
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return read(handle -> new PostgresSearch(handle).search(query, page));
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return read(handle -> new PostgresReader(handle).statistics(tenant));
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return noted(see(subject)).found();
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return noted(seeSettings(subject)).found().orElseThrow();
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return read(handle -> new PostgresReader(handle).listSubjects(filter, page));
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return read(handle -> new PostgresReader(handle).listSettings(filter, page));
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return read(handle -> new PostgresReader(handle).dependencies(id, direction, deletion, isTransitive, page));
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return registerAndSee(candidate, rule).found().orElseThrow().registration();
    }

    @Override
    public Seen<Registered> registerAndSee(NewSchema candidate, RegistrationRule rule) {
        // Clients register what they use at every start, so most registrations find what is there: those take no lock.
        Sighting sighted = read(handle -> new PostgresReader(handle).sight(candidate));
        if (sighted.identical() != null) {
            // Another node may have made it a moment ago; who was told that it is there must find it here.
            tellUntold(candidate.subject(), sighted);
            Consistency.note(sighted.position());
            return sighted.found(sighted.identical());
        }
        Optional<Version> version = rule.prepare(candidate, sighted.history(), this);
        // Compressed before a connection is taken and the subject is locked.
        PreparedContent content = contents.prepare(
                candidate,
                sighted.predecessor(),
                id -> read(handle -> new PostgresSelection(handle).content(id, contents)));
        Supplier<Seen<Registered>> locking =
                () -> retried(transaction -> transaction.registerAndSee(candidate, rule, sighted, content));
        Seen<Registered> registered = gates.through(
                candidate.subject(),
                () -> version.filter(number -> sighted.isPlain(candidate, number, content))
                        .flatMap(number ->
                                registerUnlessChanged(sighted.newVersion(candidate, number), sighted, content))
                        .orElseGet(locking),
                locking);
        if (mover != null && content.awaitsBlob()) {
            mover.wake();
        }
        return registered;
    }

    /** Registers without a transaction around it; empty, with nothing done, if that cannot be done any more. */
    private Optional<Seen<Registered>> registerUnlessChanged(
            NewVersion version, Sighting sighted, PreparedContent content) {
        NewSchema candidate = version.candidate();
        tellUntold(candidate.subject(), sighted);
        Optional<Inserted> inserted;
        try {
            inserted = read(handle -> new VersionInsertion(handle, contents, searchTexts)
                    .insertUnlessChanged(version, content, sighted.scopes()));
        } catch (RolledBack e) {
            // For another's sake; that one may have changed the subject.
            return Optional.empty();
        }
        return inserted.map(made -> {
            Consistency.note(made.position());
            changes.committed(List.of(made.change()), made.position());
            contents.inserted(candidate.subject(), made.schema(), candidate.content());
            return made.seen(version.isLatest());
        });
    }

    private void tellUntold(Subject subject, Sighting sighted) {
        if (changes.mayBeUntold(subject, sighted.history().revision(), sighted.position())) {
            changes.tell(read(
                    handle -> changes.untold(handle, subject, sighted.history().revision(), sighted.position())));
        }
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return change(subjectOf(id), transaction -> transaction.updateSchemaState(id, rule));
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return change(subjectOf(id), transaction -> transaction.deleteSchema(id, at));
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        return change(subjectOf(id), transaction -> transaction.purgeSchema(id));
    }

    /** Whose gate a change to a version passes. */
    private Subject subjectOf(SchemaId id) {
        return read(handle -> new PostgresReader(handle).getSummary(id))
                .map(SchemaSummary::subject)
                .orElseThrow(() -> new RegistryException.SchemaNotFound(new SchemaKey.ById(id)));
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return change(subject, transaction -> transaction.updateSubject(subject, rule, at));
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return change(subject, transaction -> transaction.updateSettings(subject, rule));
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return change(subject, transaction -> transaction.deleteSubject(subject, at));
    }

    @Override
    public PostgresTransaction beginTransaction() {
        return Failures.translated(() -> {
            Handle handle = jdbi.open();
            try {
                return new PostgresTransaction(handle.begin(), changes, contents, searchTexts);
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        });
    }

    @Override
    public Health check() {
        try {
            return read(handle -> new Health(
                    true,
                    "PostgreSQL "
                            + handle.createQuery("SHOW server_version")
                                    .mapTo(String.class)
                                    .one()));
        } catch (RegistryException e) {
            return new Health(false, String.valueOf(e.getMessage()));
        }
    }

    /** What is done to all contents at once. It answers as long as this storage is open. */
    public ContentMaintenance maintenance() {
        return new ContentMaintenance(jdbi, blobs, contents);
    }

    /**
     * How the schemas of this database are read. It answers as long as this storage is open.
     *
     * @param retention how long counts are kept, in whole days of UTC
     */
    public AccessLog accessLog(Duration retention, InstantSource clock) {
        return new PostgresAccessLog(jdbi, new AccessLogMaintenance(retention, clock));
    }

    /**
     * What came of validating documents against the schemas of this database. It answers as long as this storage is open.
     *
     * @param retention how long validations are kept, in whole months of UTC
     */
    public ValidationLog validationLog(Duration retention, InstantSource clock) {
        return new PostgresValidationLog(jdbi, new ValidationLogMaintenance(retention, clock));
    }

    @Override
    public void close() {
        if (mover != null && restorer != null) {
            mover.close();
            restorer.close();
        }
        changes.close();
        pool.close();
        if (blobs != null) {
            blobs.store().close();
        }
    }

    @Override
    public String toString() {
        return "Postgres[" + config.address() + ", pool " + config.poolSize() + (blobs == null ? "" : ", " + blobs)
                + "]";
    }
}
