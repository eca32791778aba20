package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The content of a version that is being removed: whether it goes too, and where its global id leads then.
 *
 * <p>These locks make that safe, and all are taken, in this order, before they are needed:
 *
 * <ul>
 *   <li>The archive, if the content is in one. Whoever removes one of its contents brings all others back, and so wants their rows: two
 *       who had each locked their own content first would wait for each other.
 *   <li>The content's row, before anything is changed. A registration of the same content in another subject holds it, through its
 *       foreign key, until it has committed, and is counted here then; or it comes later, waits, and finds the content as this leaves
 *       it. If it is gone then, the registration is rolled back by its foreign key, and begun anew by whoever asked for it
 *       ({@link Failures}). Two removals of versions with the same content follow one another.
 *   <li>The row of the version to which the global id is going to lead, whose subject is another one. A change to it that began before
 *       is over by then; one that begins later finds that the global id leads there, and tells so to those who keep copies.
 * </ul>
 */
final class PurgedContent {
    /** In the order in which they were made. */
    private static final String LOCK_OLDEST_LEFT = """
            SELECT id FROM schemas WHERE tenant = :tenant AND global_id = :globalId
            ORDER BY created_at, id LIMIT 1 FOR NO KEY UPDATE
            """;

    private final Handle handle;
    private final Contents contents;
    private final List<Fingerprint> discarded;
    private final SchemaId removed;
    private final GlobalId globalId;

    /** @param discarded takes the objects of the blob store that are needed no more once this is committed */
    PurgedContent(Handle handle, Contents contents, SchemaSummary schema, List<Fingerprint> discarded) {
        this.handle = handle;
        this.contents = contents;
        this.discarded = discarded;
        this.removed = schema.id();
        this.globalId = schema.globalId();
    }

    /** To be called before the version's row is touched: all who lock both take them in this order. */
    void lock() {
        handle.createQuery("SELECT archive FROM contents WHERE tenant = :tenant AND global_id = :globalId")
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .map((row, _) -> Optional.ofNullable(row.getBytes("archive")))
                .one()
                .map(Fingerprint::ofBytes)
                .ifPresent(this::lockArchive);
        handle.createQuery("SELECT 1 FROM contents WHERE tenant = :tenant AND global_id = :globalId FOR UPDATE")
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .mapTo(Integer.class)
                .one();
    }

    /** It may be gone: another removal has brought its contents back. */
    private void lockArchive(Fingerprint archive) {
        handle.createQuery("SELECT 1 FROM archives WHERE hash = :archive FOR UPDATE")
                .bind("archive", archive.toBytes())
                .mapTo(Integer.class)
                .findFirst();
    }

    /** To be called when the version's row is gone: removes the content, or leaves it to the others that have it. */
    void release() {
        oldestLeft().ifPresentOrElse(this::leadTo, this::removeContent);
    }

    private Optional<UUID> oldestLeft() {
        return handle.createQuery(LOCK_OLDEST_LEFT)
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .mapTo(UUID.class)
                .findFirst();
    }

    private void leadTo(UUID oldest) {
        handle.createUpdate("""
                        UPDATE contents SET first_schema_id = :oldest::uuid
                        WHERE tenant = :tenant AND global_id = :globalId AND first_schema_id = :removed::uuid
                        """)
                .bind("oldest", oldest)
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .bind("removed", removed.uuid())
                .execute();
    }

    private void removeContent() {
        handle.createQuery("SELECT encoding, awaits_blob, archive, raw_hash FROM contents"
                        + " WHERE tenant = :tenant AND global_id = :globalId")
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .map((row, _) -> objectOf(row))
                .one()
                .ifPresent(discarded::add);
        Dependents.storeAlone(handle, globalId.tenant(), List.of(globalId.value()));
        handle.createUpdate("DELETE FROM contents WHERE tenant = :tenant AND global_id = :globalId")
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .execute();
    }

    /** What of the blob store the content is in. An archive is emptied first, for it has other contents too. */
    private Optional<Fingerprint> objectOf(ResultSet row) throws SQLException {
        return switch (Encoding.of(row.getInt("encoding"))) {
            case ARCHIVE -> {
                Fingerprint archive = Fingerprint.ofBytes(row.getBytes("archive"));
                dissolve(archive);
                yield Optional.of(archive);
            }
            case BLOB -> Optional.of(Fingerprint.ofBytes(row.getBytes("raw_hash")));
            case RAW, ZSTD, DICTIONARY, DELTA ->
                row.getBoolean("awaits_blob")
                        ? Optional.of(Fingerprint.ofBytes(row.getBytes("raw_hash")))
                        : Optional.empty();
        };
    }

    /** Brings all of an archive's contents back into the table but the one that goes. */
    private void dissolve(Fingerprint archive) {
        // Locked already, unless it was made in between. Another tenant's contents may be the same ones, and be moved
        // into it just now.
        lockArchive(archive);
        Map<Fingerprint, List<GlobalId>> others = handle.createQuery("""
                        SELECT tenant, global_id, raw_hash FROM contents
                        WHERE archive = :archive AND (tenant, global_id) <> (:tenant, :globalId)
                        ORDER BY tenant, global_id FOR UPDATE
                        """)
                .bind("archive", archive.toBytes())
                .bind("tenant", globalId.tenant().value())
                .bind("globalId", globalId.value())
                .reduceResultSet(new HashMap<>(), (ids, row, _) -> {
                    ids.computeIfAbsent(Fingerprint.ofBytes(row.getBytes("raw_hash")), _ -> new ArrayList<>())
                            .add(new GlobalId(new TenantId(row.getString("tenant")), row.getInt("global_id")));
                    return ids;
                });
        if (!others.isEmpty()) {
            contents.unpack(
                    archive,
                    others.keySet(),
                    (hash, content) -> others.getOrDefault(hash, List.of())
                            .forEach(other -> Dependents.storeAlone(handle, other, content)));
        }
        handle.createUpdate("UPDATE contents SET encoding = 0, content = '', archive = NULL WHERE archive = :archive")
                .bind("archive", archive.toBytes())
                .execute();
        handle.createUpdate("DELETE FROM archives WHERE hash = :archive")
                .bind("archive", archive.toBytes())
                .execute();
    }
}
