package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.Rows.SUMMARY_COLUMNS;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Registration;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Registered;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement that makes a version: everything that a new version writes but its dependencies, and the version as it was written, in one round
 * trip.
 */
final class VersionInsertion {
    /** The subject, if it is still what it was, and nothing else is set above it: locked from here on. */
    private static final String UNCHANGED_SUBJECT = """
            unchanged AS (
                SELECT FROM subjects
                WHERE tenant = :tenant AND name = :subject AND revision = :revision - 1
                  AND coalesce((SELECT g.revision FROM subjects g WHERE g.tenant = :tenant AND g.name = :scope), 0) = :scopeRevision
                  AND coalesce((SELECT a.revision FROM subjects a WHERE a.tenant = :tenant AND a.name = :allContexts), 0) = :allContextsRevision
                FOR NO KEY UPDATE
            ),\s""";

    private static final String IF_UNCHANGED = " AND EXISTS (SELECT FROM unchanged)";

    /**
     * On the way to a conflict lies the content itself, or a number of the sequence that was given to another one: see {@link WishedNumbers}.
     *
     * <p>The subject is locked before the content, as everywhere, so that no two transactions wait for each other.
     */
    private static final String FRESH_CONTENT = """
            base AS (
                SELECT FROM contents
                WHERE tenant = :tenant AND global_id = :baseId::integer AND raw_hash = :baseHash
                  AND content IS NOT NULL AND NOT awaits_blob%1$s
                FOR SHARE
            ), fresh AS (
                INSERT INTO contents
                    (tenant, global_id, schema_type, raw_hash, references_hash, canonical_hash, unordered_hash, size, content,
                     encoding, base_id, depth, chain_bytes, awaits_blob, first_schema_id, guid)
                SELECT :tenant, coalesce(:givenId::integer, nextval('global_ids')), :type, :rawHash, :referencesHash, :canonicalHash, :unorderedHash, :size, :content,
                     :encoding, :baseId::integer, :depth, :chainBytes, :awaitsBlob, :id::uuid, :guid::uuid
                WHERE (:baseId::integer IS NULL OR EXISTS (SELECT FROM base))%1$s%2$s
                ON CONFLICT DO NOTHING
                RETURNING global_id, raw_hash, canonical_hash, unordered_hash, size
            )""";

    private static final String ONLY_FRESH = ", c AS (SELECT *, true AS is_fresh FROM fresh)";

    /** Of contents {@code c}. */
    private static String versionOfContent(String searchWords) {
        return """
            , s AS (
                INSERT INTO schemas
                    (id, tenant, subject, ordinal, version, version_build, version_major, version_minor, version_patch,
                     version_pre_release_key, global_id, schema_type, stage, state_reason, state_sunset, state_replacement, state_since,
                     schema_references, description, owner, tags, metadata, created_at, created_by, revision)
                SELECT :id::uuid, :tenant, :subject, :ordinal, :version, :build, :major, :minor, :patch,
                     :preReleaseKey, c.global_id, :type, :stage, :reason, :sunset::date, :replacement, :since,
                     :references, :description, :owner, :tags, :metadata::json, :createdAt, :createdBy, :revision
                FROM c
                RETURNING *
            ),\s""" + searchWords + """
            , subject AS (
                UPDATE subjects SET
                    created_at = CASE WHEN last_ordinal = 0 THEN s.created_at ELSE subjects.created_at END,
                    created_by = CASE WHEN last_ordinal = 0 THEN s.created_by ELSE subjects.created_by END,
                    last_ordinal = greatest(last_ordinal, s.ordinal), version_count = version_count + 1, highest_version = :highestVersion,
                    latest_version = coalesce(:latestVersion::text, latest_version),
                    latest_id = CASE WHEN :latestVersion::text IS NULL THEN latest_id ELSE s.id END,
                    stage = CASE WHEN subjects.deleted_at IS NULL THEN subjects.stage ELSE 'ACTIVE' END,
                    state_reason = CASE WHEN subjects.deleted_at IS NULL THEN subjects.state_reason END,
                    state_sunset = CASE WHEN subjects.deleted_at IS NULL THEN subjects.state_sunset END,
                    state_replacement = CASE WHEN subjects.deleted_at IS NULL THEN subjects.state_replacement END,
                    state_since = CASE WHEN subjects.deleted_at IS NULL THEN subjects.state_since END,
                    revision = s.revision, updated_at = s.created_at, deleted_at = NULL,
                    last_change = greatest(subjects.last_change, pg_current_xact_id())
                FROM s WHERE subjects.tenant = :tenant AND subjects.name = :subject
            ), change AS (
                INSERT INTO subject_changes (tenant, subject, revision, alters, version_ids, content_ids)
                SELECT s.tenant, s.subject, s.revision, false, ARRAY[s.id], ARRAY[CASE WHEN c.is_fresh THEN c.global_id ELSE 0 END]
                FROM s CROSS JOIN c
                RETURNING *
            )
            SELECT\s""" + SUMMARY_COLUMNS + ", " + Rows.CHANGE_COLUMNS
                + " FROM s CROSS JOIN c CROSS JOIN change CROSS JOIN words";
    }

    /**
     * For a content that was not seen.
     *
     * <p>It does nothing, and returns nothing, when the content is there all the same, its base is none any more, or its number is another's.
     */
    private static final String INSERT_WITH_CONTENT =
            "WITH " + FRESH_CONTENT.formatted("", "") + ONLY_FRESH + versionOfContent(SearchWords.ADD);

    /** The same for a subject that is not locked yet. Neither does it do anything when that has changed. */
    private static final String INSERT_UNLESS_CHANGED = "WITH " + UNCHANGED_SUBJECT
            + FRESH_CONTENT.formatted(IF_UNCHANGED, "") + ONLY_FRESH + versionOfContent(SearchWords.ADD);

    /**
     * For any content.
     *
     * <p>It does nothing, and returns nothing, when another transaction brings the same content while it runs: the content is then
     * neither known in its snapshot nor can it be inserted. Neither does it when the content's base is none any more, or its number is another's.
     */
    private static final String KNOWN_OR_FRESH_CONTENT =
            """
            WITH known AS (
                SELECT global_id, raw_hash, canonical_hash, unordered_hash, size FROM contents
                WHERE tenant = :tenant AND raw_hash = :rawHash AND schema_type = :type AND references_hash = :referencesHash
            ),\s""" + FRESH_CONTENT.formatted("", " AND NOT EXISTS (SELECT FROM known)") + """
            , c AS (
                SELECT *, false AS is_fresh FROM known UNION ALL SELECT *, true FROM fresh
            )""";

    private static final String INSERT = KNOWN_OR_FRESH_CONTENT + versionOfContent(SearchWords.ADD);

    /** The same for a version that comes before others of its subject. */
    private static final String INSERT_BEFORE_OTHERS = KNOWN_OR_FRESH_CONTENT + versionOfContent(SearchWords.INSERT);

    private final Handle handle;
    private final Contents contents;
    private final RecentSearchTexts searchTexts;

    VersionInsertion(Handle handle, Contents contents, RecentSearchTexts searchTexts) {
        this.handle = handle;
        this.contents = contents;
        this.searchTexts = searchTexts;
    }

    /**
     * A version that was made.
     *
     * @param position behind what was done
     */
    record Inserted(SchemaSummary schema, SubjectChange change, ChangePosition position) {
        Seen<Registered> seen(boolean isLatest) {
            return new Seen<>(
                    new Registered(new Registration(schema, true), isLatest),
                    schema.revision(),
                    position,
                    // Transactions that are older than this one may still change the subject.
                    ChangePosition.START);
        }
    }

    /**
     * Inserts a version of a subject that is locked; empty if the number of its content has been given to another one.
     *
     * @param isKnown whether the tenant had the content when last seen
     */
    Optional<Inserted> insert(NewVersion version, PreparedContent content, boolean isKnown) {
        String statement = version.isLast() ? INSERT : INSERT_BEFORE_OTHERS;
        Optional<Inserted> inserted = isKnown || !version.isLast()
                ? Optional.empty()
                : tryInsert(query(INSERT_WITH_CONTENT), version, content);
        return inserted.or(() -> tryInsert(query(statement), version, content))
                // The other transaction has committed, or we would still wait for it: the content is known now. If it
                // was the base that is none any more, it is done without. If it was a number, there has been another
                // one since.
                .or(() -> tryInsert(query(statement), version, contents.withoutBase(version.candidate(), content)))
                .or(() -> tryInsert(query(statement), version, contents.withoutBase(version.candidate(), content)));
    }

    private Query query(String statement) {
        return handle.createQuery(statement);
    }

    /**
     * Inserts a version, with a content that is new, behind all others of a subject that nobody has locked; empty, with nothing done, if the subject
     * has another revision by now, or what {@link #insert} deals with has come in between.
     *
     * <p>Whoever holds the lock is waited for, and the revision is looked at then. So this decides as if it had held the lock since that revision was
     * seen.
     *
     * @param scopes of what is set above the subject, as they were seen with it
     */
    Optional<Inserted> insertUnlessChanged(NewVersion version, PreparedContent content, ScopeRevisions scopes) {
        Query query = Settings.bindScopes(
                        handle.createQuery(INSERT_UNLESS_CHANGED),
                        version.candidate().subject())
                .bind("scopeRevision", scopes.scope())
                .bind("allContextsRevision", scopes.allContexts());
        return tryInsert(query, version, content);
    }

    /** Inserts the version; empty, with nothing done, if it cannot be inserted so. */
    private Optional<Inserted> tryInsert(Query statement, NewVersion schema, PreparedContent content) {
        NewSchema candidate = schema.candidate();
        Version version = schema.version();
        Predecessor base = content.base();
        SearchText search = SearchText.of(candidate.outline(), candidate.metadata());
        Query query = PostgresReader.bindIdentity(statement, candidate)
                .bind("canonicalHash", candidate.fingerprints().canonical().toBytes())
                .bind("unorderedHash", candidate.fingerprints().unordered().toBytes())
                .bind("size", candidate.content().size())
                .bind("content", content.bytes())
                .bind("encoding", content.encoding().number())
                .bind("baseId", base == null ? null : base.id().value())
                .bind("baseHash", base == null ? null : base.hash().toBytes())
                .bind("depth", content.depth())
                .bind("chainBytes", content.chainBytes())
                .bind("awaitsBlob", content.awaitsBlob())
                .bind("subject", candidate.subject().name())
                .bind("id", candidate.id().uuid())
                .bind("givenId", candidate.placement().globalId())
                .bind("guid", candidate.guid())
                .bind("ordinal", schema.ordinal())
                .bind("version", VersionKey.precedence(version))
                .bind("build", version.build())
                .bind("major", version.major())
                .bind("minor", version.minor())
                .bind("patch", version.patch())
                .bind("preReleaseKey", VersionKey.preRelease(version))
                .bind("highestVersion", schema.highest().toString())
                .bind("latestVersion", schema.isLatest() ? version.toString() : null)
                .bind("references", Rows.referenceColumns(candidate.references()))
                .bind("createdAt", Rows.timestamp(candidate.createdAt()))
                .bind("createdBy", candidate.createdBy())
                .bind("revision", schema.revision());
        if (schema.isLast()) {
            SearchText before = searchTexts.of(candidate.subject(), schema.lastOrdinal());
            SearchWords.bind(query, before, search);
        } else {
            SearchWords.bind(query, search);
        }
        Optional<Inserted> inserted = Rows.bindState(Rows.bindMetadata(query, candidate.metadata()), candidate.state())
                .map((row, _) -> new Inserted(Rows.summary(row), Rows.change(row), Rows.changePosition(row)))
                .findFirst();
        inserted.ifPresent(made -> searchTexts.inserted(candidate.subject(), schema.ordinal(), search));
        return inserted;
    }
}
