package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.Rows.SUBJECT_COLUMNS;
import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.NewSchema;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.NotDeletedYet;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.Registered;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.postgres.VersionInsertion.Inserted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the storage ports, made in a transaction that its owner commits.
 *
 * <p>Every change to a subject or its versions begins by locking the subject's row. That one lock makes ordinals dense, versions
 * unique and rules true; what it does not cover is a version's use by another subject, for which the version's own row is locked
 * (shared by the user, exclusively by a deletion).
 *
 * <p>The same lock keeps the graph of references without circles: {@link #lockReference} finds the row of a version that is committed, or was made
 * earlier in the same transaction, and only then is the row of the new version inserted, together with its dependencies, which are never changed.
 * So whoever refers was made later, in the order of commits and within a transaction in that of its statements, than what it refers to.
 */
final class PostgresWriter {
    /** The most users that a refusal to delete names. */
    private static final int MAX_SHOWN_USERS = 10;

    private static final String LOCK_SUBJECT = "SELECT " + SUBJECT_COLUMNS + ", " + Rows.POSITION_COLUMNS
            + ", " + LockedSubject.COLUMNS + " FROM subjects u" + Settings.GLOBAL_JOIN
            + "WHERE u.tenant = :tenant AND u.name = :subject FOR NO KEY UPDATE OF u";

    /** Without a creator: the registration for which they are locked fills that in. */
    private static final String INSERT_SUBJECTS = """
            INSERT INTO subjects
                (tenant, name, created_at, created_by, updated_at, deleted_at, revision, last_ordinal, version_count)
            SELECT :tenant, name, now(), '', now(), now(), 0, 0, 0 FROM unnest(:names) AS wanted (name) ORDER BY name
            ON CONFLICT (tenant, name) DO NOTHING
            """;

    private static final String INSERT_SUBJECT = """
            INSERT INTO subjects
                (tenant, name, created_at, created_by, updated_at, deleted_at, revision, last_ordinal, version_count)
            VALUES (:tenant, :subject, :createdAt, :createdBy, :createdAt, :createdAt, 0, 0, 0)
            ON CONFLICT (tenant, name) DO NOTHING
            """;

    /** Everything that has the subject's present revision has just come by it. */
    private static final String INSERT_CHANGE = """
            INSERT INTO subject_changes (tenant, subject, revision, alters, version_ids, content_ids)
            SELECT u.tenant, u.name, u.revision, :alters,
                   coalesce(array_agg(s.id ORDER BY s.ordinal) FILTER (WHERE s.id IS NOT NULL), '{}'),
                   coalesce(array_agg(CASE WHEN c.first_schema_id = s.id THEN s.global_id ELSE 0 END ORDER BY s.ordinal)
                       FILTER (WHERE s.id IS NOT NULL), '{}')
            FROM subjects u
            LEFT JOIN (schemas s JOIN contents c ON c.tenant = s.tenant AND c.global_id = s.global_id)
              ON s.tenant = u.tenant AND s.subject = u.name AND s.revision = u.revision
            WHERE u.tenant = :tenant AND u.name = :subject
            GROUP BY u.tenant, u.name
            RETURNING\s""" + Rows.CHANGE_COLUMNS.replace("change.", "subject_changes.");

    private static final String INSERT_DEPENDENCIES = """
            INSERT INTO schema_dependencies (schema_id, position, name, depends_on_id)
            SELECT :id::uuid, d.position, d.name, d.depends_on_id::uuid
            FROM unnest(:names, :targets) WITH ORDINALITY AS d (name, depends_on_id, position)
            """;

    private static final String LOCK_REFERENCE = """
            SELECT id FROM schemas
            WHERE tenant = :tenant AND subject = :subject AND version = :version AND deleted_at IS NULL
            FOR SHARE
            """;

    private static final String UPDATE_SUBJECT = """
            UPDATE subjects SET
                description = :description, owner = :owner, tags = :tags, metadata = :metadata::json, stage = :stage,
                state_reason = :reason, state_sunset = :sunset::date, state_replacement = :replacement, state_since = :since,
                revision = revision + 1, updated_at = :at, last_change = greatest(subjects.last_change, pg_current_xact_id())
            WHERE tenant = :tenant AND name = :subject
            """;

    /** Brings a subject up to date with its versions after one changed its state or was deleted. */
    private static final String REFRESH_SUBJECT = """
            UPDATE subjects u SET
                version_count = counted.live,
                latest_id = latest.id,
                latest_version = latest.version,
                revision = u.revision + 1,
                last_change = greatest(u.last_change, pg_current_xact_id()),
                updated_at = coalesce(:at, u.updated_at),
                deleted_at = CASE WHEN counted.live = 0 THEN coalesce(:at, u.updated_at) END
            FROM (SELECT count(*) AS live FROM schemas
                  WHERE tenant = :tenant AND subject = :subject AND deleted_at IS NULL) AS counted
            LEFT JOIN (
                SELECT s.id, s.version || CASE s.version_build WHEN '' THEN '' ELSE '+' || s.version_build END AS version
                FROM schemas s
                WHERE s.tenant = :tenant AND s.subject = :subject AND s.deleted_at IS NULL AND s.stage IN ('ACTIVE', 'DEPRECATED')
                ORDER BY s.version_pre_release_key = decode('ff', 'hex') DESC, s.version_major DESC, s.version_minor DESC,
                         s.version_patch DESC, s.version_pre_release_key DESC
                LIMIT 1) AS latest ON true
            WHERE u.tenant = :tenant AND u.name = :subject
            RETURNING u.revision
            """;

    private static final String USERS = "SELECT " + SUMMARY_COLUMNS + PostgresReader.FROM_SCHEMAS + """
            WHERE s.id IN (SELECT d.schema_id FROM schema_dependencies d WHERE d.depends_on_id = :id::uuid)
            ORDER BY s.id LIMIT :limit
            """;

    /** Leave nothing of a version but its number and its content, which others may share. */
    private static final List<String> REMOVALS = List.of(
            """
            INSERT INTO purged_versions (tenant, subject, ordinal, version, version_build, id, global_id, revision)
            SELECT tenant, subject, ordinal, version, version_build, id, global_id, revision FROM schemas WHERE id = :id::uuid
            """,
            "DELETE FROM schema_dependencies WHERE schema_id = :id::uuid",
            "DELETE FROM schemas WHERE id = :id::uuid");

    private final Handle handle;
    private final PostgresReader reader;
    private final PostgresChangeLog changeLog;
    private final Contents contents;
    private final VersionInsertion insertion;
    private final List<SubjectChange> changes = new ArrayList<>();

    private final List<Fingerprint> discarded = new ArrayList<>();

    /** The subjects of which {@link #changes} has all that this node was not told. */
    private final Set<Subject> known = new HashSet<>();

    private ChangePosition position = ChangePosition.START;

    PostgresWriter(
            Handle handle,
            PostgresReader reader,
            PostgresChangeLog changeLog,
            Contents contents,
            RecentSearchTexts searchTexts) {
        this.handle = handle;
        this.insertion = new VersionInsertion(handle, contents, searchTexts);
        this.contents = contents;
        this.reader = reader;
        this.changeLog = changeLog;
    }

    /** @param store of this transaction, for the rule to ask */
    Seen<Registered> registerSchema(NewSchema candidate, RegistrationRule rule, SchemaStore store) {
        Sighting sighted = reader.sight(candidate);
        PreparedContent content = contents.prepareInTransaction(
                candidate, sighted.predecessor(), id -> new PostgresSelection(handle).content(id, contents));
        return registerSchema(candidate, rule, store, sighted, content);
    }

    /**
     * @param store of this transaction, for the rule to ask
     * @param sighted what was seen of the candidate before, without a lock
     * @param content as it will be stored, if it is not there already
     */
    Seen<Registered> registerSchema(
            NewSchema candidate, RegistrationRule rule, SchemaStore store, Sighting sighted, PreparedContent content) {
        LockedSubject subject = lockOrInsert(candidate);
        // Whoever held the lock in between may have registered the same.
        Sighting now = sighted.holdsFor(subject) ? sighted : reader.sight(candidate);
        SchemaSummary identical = now.identical();
        if (identical != null) {
            Consistency.note(now.position());
            return now.found(identical);
        }
        List<UUID> targets =
                candidate.references().stream().map(this::lockReference).toList();
        Version version = rule.assignVersion(candidate, subject.history(), store);
        checkIsFree(candidate.subject(), version, subject);
        WishedNumbers wished = new WishedNumbers(handle, candidate);
        wished.makeSureOfGlobalId();
        NewVersion schema =
                new NewVersion(candidate, version, wished.ordinal(subject), subject.lastOrdinal(), subject.history());
        Inserted made = insertion.insert(schema, content, now.isKnown()).orElseThrow(wished::lostGlobalId);
        changes.add(made.change());
        position = made.position();
        SchemaSummary inserted = made.schema();
        wished.check(inserted.globalId());
        if (content.upload() != null && !BlobUploads.end(handle, content.upload())) {
            throw new StorageUnavailable("the upload to the blob store took too long", new TimeoutException());
        }
        contents.inserted(candidate.subject(), inserted, candidate.content());
        insertDependencies(candidate.id().uuid(), candidate.references(), targets);
        return made.seen(schema.isLatest());
    }

    /** See {@link io.llmschema.storage.StorageTransaction#lockSubjects}; rows that are not there are made, to be locked. */
    void lockSubjects(Collection<Subject> subjects) {
        for (TenantId tenant : subjects.stream().map(Subject::tenant).distinct().toList()) {
            String[] names = subjects.stream()
                    .filter(subject -> subject.tenant().equals(tenant))
                    .map(Subject::name)
                    .toArray(String[]::new);
            handle.createUpdate(INSERT_SUBJECTS)
                    .bind("tenant", tenant.value())
                    .bind("names", names)
                    .execute();
            handle.createQuery(
                            "SELECT 1 FROM subjects WHERE tenant = :tenant AND name = ANY (:names) ORDER BY name FOR NO KEY UPDATE")
                    .bind("tenant", tenant.value())
                    .bind("names", names)
                    .mapTo(Integer.class)
                    .list();
        }
    }

    private LockedSubject lockOrInsert(NewSchema candidate) {
        return lock(candidate.subject()).orElseGet(() -> {
            // Waits for another transaction that makes the same subject; then there is one to lock.
            handle.createUpdate(INSERT_SUBJECT)
                    .bind("tenant", candidate.subject().tenant().value())
                    .bind("subject", candidate.subject().name())
                    .bind("createdAt", Rows.timestamp(candidate.createdAt()))
                    .bind("createdBy", candidate.createdBy())
                    .execute();
            return lock(candidate.subject()).orElseThrow();
        });
    }

    /** See {@link io.llmschema.storage.SubjectWriter#updateSettings}. */
    SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        if (lock(subject).isEmpty()) {
            lockSubjects(List.of(subject));
            var _ = lock(subject).orElseThrow();
        }
        SubjectSettings settings = rule.apply(reader.getSettings(subject));
        Settings.bind(handle.createUpdate(Settings.UPDATE), settings)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .execute();
        logChange(subject, false);
        return settings;
    }

    private Optional<LockedSubject> lock(Subject subject) {
        return Settings.bindScopes(handle.createQuery(LOCK_SUBJECT), subject)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .map((row, _) -> LockedSubject.of(row))
                .findFirst()
                .map(this::noteUntold);
    }

    /** Now that it is locked, all changes to it that came before can be read. */
    private LockedSubject noteUntold(LockedSubject locked) {
        if (known.add(locked.summary().subject())) {
            changes.addAll(changeLog.untold(
                    handle, locked.summary().subject(), locked.summary().revision(), locked.position()));
        }
        return locked;
    }

    private UUID lockReference(SchemaReference reference) {
        return handle.createQuery(LOCK_REFERENCE)
                .bind("tenant", reference.subject().tenant().value())
                .bind("subject", reference.subject().name())
                .bind("version", VersionKey.precedence(reference.version()))
                .mapTo(UUID.class)
                .findFirst()
                .orElseThrow(() -> new MissingReference(
                        reference.name(),
                        reference.subject(),
                        reference.version().toString(),
                        "there is no such version"));
    }

    private void checkIsFree(Subject subject, Version version, LockedSubject locked) {
        if (locked.highest() == null || version.compareTo(locked.highest()) > 0) {
            return;
        }
        handle.createQuery("""
                        SELECT version, version_build, deleted_at IS NOT NULL AS is_deleted
                        FROM schemas WHERE tenant = :tenant AND subject = :subject AND version = :version
                        UNION ALL
                        SELECT version, version_build, true
                        FROM purged_versions WHERE tenant = :tenant AND subject = :subject AND version = :version
                        """)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("version", VersionKey.precedence(version))
                .map((row, _) -> {
                    String build = row.getString("version_build");
                    Version taken = Version.parse(row.getString("version") + (build.isEmpty() ? "" : "+" + build));
                    return new VersionExists(subject, taken, row.getBoolean("is_deleted"));
                })
                .findFirst()
                .ifPresent(exists -> {
                    throw exists;
                });
    }

    private void changed(ResultSet row) throws SQLException {
        changes.add(Rows.change(row));
        position = Rows.changePosition(row);
    }

    /** What was done to which subjects, and what has been done to them before that this node was not told. */
    List<SubjectChange> changes() {
        return changes;
    }

    /** Objects of the blob store that are needed no more once this is committed. */
    List<Fingerprint> discarded() {
        return discarded;
    }

    /** Behind what was done. */
    ChangePosition position() {
        return position;
    }

    private void insertDependencies(UUID id, List<SchemaReference> references, List<UUID> targets) {
        if (references.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_DEPENDENCIES)
                .bind("id", id)
                .bind("names", references.stream().map(SchemaReference::name).toArray(String[]::new))
                .bind("targets", targets.stream().map(UUID::toString).toArray(String[]::new))
                .execute();
    }

    private SchemaSummary summary(SchemaId id) {
        return reader.getSummary(id).orElseThrow(() -> new SchemaNotFound(new SchemaKey.ById(id)));
    }

    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        SchemaSummary schema = lockLive(id);
        Rows.bindState(handle.createUpdate("""
                                UPDATE schemas SET stage = :stage, state_reason = :reason, state_sunset = :sunset::date,
                                    state_replacement = :replacement, state_since = :since, revision = :revision
                                WHERE id = :id::uuid
                                """), rule.apply(schema.state()))
                .bind("id", id.uuid())
                .bind("revision", revision(schema.subject()) + 1)
                .execute();
        refresh(schema.subject(), null);
        return summary(id);
    }

    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        SchemaSummary schema = lockLive(id);
        markDeleted("id = :id::uuid", schema.subject(), at, id.uuid());
        checkIsUnused(name(schema), List.of(schema), null);
        refresh(schema.subject(), at);
        return summary(id);
    }

    public SchemaSummary purgeSchema(SchemaId id) {
        SchemaSummary schema = lock(id);
        if (!schema.isDeleted()) {
            throw new NotDeletedYet(schema);
        }
        // It stays so: to a deleted version nobody can begin to refer.
        List<SchemaSummary> users = users(id);
        if (!users.isEmpty()) {
            throw new SchemaInUse(name(schema), users);
        }
        PurgedContent content = new PurgedContent(handle, contents, schema, discarded);
        content.lock();
        // The change is told from the rows that have the new revision, so it is told before this one goes.
        handle.createUpdate("UPDATE schemas SET revision = :revision WHERE id = :id::uuid")
                .bind("id", id.uuid())
                .bind("revision", revision(schema.subject()) + 1)
                .execute();
        refresh(schema.subject(), null);
        SearchWords.remove(handle, schema.subject(), schema.ordinal());
        for (String removal : REMOVALS) {
            handle.createUpdate(removal).bind("id", id.uuid()).execute();
        }
        content.release();
        return schema;
    }

    /** Some of those that refer to a version, deleted or not. */
    private List<SchemaSummary> users(SchemaId id) {
        return handle.createQuery(USERS)
                .bind("id", id.uuid())
                .bind("limit", MAX_SHOWN_USERS)
                .map((row, _) -> Rows.summary(row))
                .list();
    }

    private static String name(SchemaSummary schema) {
        return "version " + schema.version() + " of subject '" + schema.subject() + "'";
    }

    /** The version, its subject locked. */
    private SchemaSummary lockLive(SchemaId id) {
        return Optional.of(lock(id))
                .filter(schema -> !schema.isDeleted())
                .orElseThrow(() -> new SchemaNotFound(new SchemaKey.ById(id)));
    }

    /** The version, deleted or not, its subject locked. */
    private SchemaSummary lock(SchemaId id) {
        lock(summary(id).subject());
        return summary(id);
    }

    private long revision(Subject subject) {
        return reader.getSubject(subject).orElseThrow().revision();
    }

    /** Marks rows, which waits for registrations that are about to refer to them; so they must be looked for afterwards. */
    private void markDeleted(String condition, Subject subject, Instant at, @Nullable UUID id) {
        handle.createUpdate(
                        "UPDATE schemas SET deleted_at = :at, revision = :revision WHERE deleted_at IS NULL AND tenant = :tenant AND subject = :subject AND "
                                + condition)
                .bind("at", Rows.timestamp(at))
                .bind("revision", revision(subject) + 1)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("id", id)
                .execute();
    }

    /** Refuses if a live schema of another subject (than the one given) refers to one of these. */
    private void checkIsUnused(String what, List<SchemaSummary> schemas, @Nullable Subject except) {
        List<SchemaSummary> users = schemas.stream()
                .flatMap(schema -> reader
                        .dependencies(schema.id(), Direction.DEPENDENTS, false, PageRequest.first(MAX_SHOWN_USERS))
                        .items()
                        .stream())
                .map(Dependency::schema)
                .filter(user -> !user.subject().equals(except))
                .distinct()
                .limit(MAX_SHOWN_USERS)
                .toList();
        if (!users.isEmpty()) {
            throw new SchemaInUse(what, users);
        }
    }

    private void refresh(Subject subject, @Nullable Instant at) {
        handle.createQuery(REFRESH_SUBJECT)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("at", Rows.timestamp(at))
                .mapTo(Long.class)
                .one();
        logChange(subject, true);
    }

    private void logChange(Subject subject, boolean alters) {
        handle.createQuery(INSERT_CHANGE)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("alters", alters)
                .map((row, _) -> {
                    changed(row);
                    return row;
                })
                .one();
    }

    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        SubjectSummary before = lockLive(subject);
        SubjectDetails details = rule.apply(before);
        Rows.bindState(Rows.bindMetadata(handle.createUpdate(UPDATE_SUBJECT), details.metadata()), details.state())
                .bind("at", Rows.timestamp(at))
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .execute();
        logChange(subject, false);
        return reader.getSubject(subject).orElseThrow();
    }

    private SubjectSummary lockLive(Subject subject) {
        return lock(subject)
                .map(LockedSubject::summary)
                .filter(found -> !found.isDeleted())
                .orElseThrow(() -> new SubjectNotFound(subject));
    }

    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        lockLive(subject);
        List<SchemaSummary> live = reader.liveVersions(subject);
        markDeleted("true", subject, at, null);
        checkIsUnused("subject '" + subject + "'", live, subject);
        refresh(subject, at);
        return live.stream().map(schema -> summary(schema.id())).toList();
    }
}
