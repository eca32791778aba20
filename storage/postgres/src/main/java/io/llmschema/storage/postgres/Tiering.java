package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.postgres.ContentMaintenance.Progress;
import io.llmschema.storage.postgres.ContentMaintenance.Tiered;
import io.llmschema.storage.postgres.ContentMaintenance.TieringPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Moves cold contents into archives, subject by subject.
 *
 * <p>An archive is put first; then, in one transaction, its contents leave the table, those that were stored against them are stored anew,
 * and the note of the upload goes. So a crash leaves either all of them in the table, and an object that nobody refers to, or none.
 */
final class Tiering {
    /** A subject whose rows are changed by others all the while is left for the next time. */
    private static final int ATTEMPTS = 3;

    private static final String SUBJECTS =
            "SELECT tenant, name FROM subjects WHERE last_ordinal > :newest ORDER BY tenant, name";

    /** Contents that lie in the table, of a subject, all of whose versions are cold, whatever subject those are of. */
    private static final String COLD = """
            WITH candidates AS (
                SELECT DISTINCT s.global_id
                FROM schemas s JOIN subjects u ON u.tenant = s.tenant AND u.name = s.subject
                WHERE s.tenant = :tenant AND s.subject = :subject AND s.ordinal <= u.last_ordinal - :newest
            )
            SELECT c.global_id, c.raw_hash, c.size, length(c.content) AS stored_bytes
            FROM candidates k JOIN contents c ON c.tenant = :tenant AND c.global_id = k.global_id
            WHERE c.content IS NOT NULL AND NOT c.awaits_blob AND NOT EXISTS (
                SELECT FROM schemas o JOIN subjects v ON v.tenant = o.tenant AND v.name = o.subject
                WHERE o.tenant = :tenant AND o.global_id = c.global_id
                  AND (o.ordinal > v.last_ordinal - :newest
                       OR o.id = v.latest_id
                       OR o.created_at > now() - make_interval(secs => :unread)
                       OR EXISTS (SELECT FROM schema_access_log l
                                  WHERE l.schema_id = o.id AND l.last_accessed_at > now() - make_interval(secs => :unread))))
            ORDER BY c.global_id
            """;

    private static final String LOCK = """
            SELECT global_id FROM contents
            WHERE tenant = :tenant AND global_id = ANY (:ids) AND content IS NOT NULL AND NOT awaits_blob
            ORDER BY global_id FOR UPDATE
            """;

    private static final Logger LOG = System.getLogger(Tiering.class.getName());

    private final Jdbi jdbi;
    private final BlobPlace blobs;
    private final Contents contents;

    Tiering(Jdbi jdbi, BlobPlace blobs, Contents contents) {
        this.jdbi = jdbi;
        this.blobs = blobs;
        this.contents = contents;
    }

    /** A content that is to be moved. */
    private record Cold(GlobalId id, Fingerprint hash, int bytes, int storedBytes) {}

    Tiered tier(TieringPolicy policy, boolean isDryRun, Progress progress) {
        List<Subject> subjects = inDatabase(handle -> handle.createQuery(SUBJECTS)
                .bind("newest", policy.newest())
                .map((row, _) -> new Subject(new TenantId(row.getString("tenant")), row.getString("name")))
                .list());
        Tiered tiered = Tiered.NOTHING;
        for (int i = 0; i < subjects.size(); i++) {
            tiered = tiered.plus(tier(subjects.get(i), policy, isDryRun));
            progress.reached(i + 1, subjects.size());
        }
        return tiered;
    }

    private Tiered tier(Subject subject, TieringPolicy policy, boolean isDryRun) {
        Tiered tiered = Tiered.NOTHING;
        for (List<Cold> some : inArchives(inDatabase(handle -> cold(handle, subject, policy)))) {
            tiered = tiered.plus(archive(subject, policy, some, isDryRun));
        }
        return tiered.contents() == 0 ? tiered : tiered.plus(Tiered.ONE_SUBJECT);
    }

    private static List<Cold> cold(Handle handle, Subject subject, TieringPolicy policy) {
        return handle.createQuery(COLD)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("newest", policy.newest())
                .bind("unread", policy.unread().toSeconds())
                .map((row, _) -> new Cold(
                        new GlobalId(subject.tenant(), row.getInt("global_id")),
                        Fingerprint.ofBytes(row.getBytes("raw_hash")),
                        row.getInt("size"),
                        row.getInt("stored_bytes")))
                .list();
    }

    /** Cut into pieces that make archives of a bounded size. */
    private static List<List<Cold>> inArchives(List<Cold> all) {
        List<List<Cold>> pieces = new ArrayList<>();
        List<Cold> piece = new ArrayList<>();
        long bytes = 0;
        for (Cold one : all) {
            if (!piece.isEmpty() && (bytes + one.bytes() > Archive.MAX_BYTES || piece.size() == Archive.MAX_CONTENTS)) {
                pieces.add(piece);
                piece = new ArrayList<>();
                bytes = 0;
            }
            piece.add(one);
            bytes += one.bytes();
        }
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private Tiered archive(Subject subject, TieringPolicy policy, List<Cold> wanted, boolean isDryRun) {
        List<Cold> cold = new ArrayList<>(wanted);
        int damaged = 0;
        for (int attempt = 0; attempt < ATTEMPTS && !cold.isEmpty(); attempt++) {
            List<Archive.Entry> entries = new ArrayList<>();
            damaged += readInto(entries, cold);
            if (cold.isEmpty()) {
                break;
            }
            byte[] object = Archive.pack(entries);
            boolean isMoved;
            try {
                isMoved = isDryRun || tryMove(subject, policy, cold, object);
            } catch (ContentDamaged e) {
                // One that is stored against what was to move cannot be stored anew; so its base must stay, and with it
                // the rest.
                LOG.log(Level.ERROR, e.getMessage());
                return new Tiered(0, 0, 0, 0, 0, 0, Math.max(damaged, 1));
            }
            if (isMoved) {
                return new Tiered(
                        0,
                        cold.size(),
                        1,
                        cold.stream().mapToLong(Cold::bytes).sum(),
                        cold.stream().mapToLong(Cold::storedBytes).sum(),
                        object.length,
                        damaged);
            }
            cold = stillCold(subject, policy, cold);
        }
        return new Tiered(0, 0, 0, 0, 0, 0, damaged);
    }

    /** Removes those that have gone, and those that are damaged; returns how many the latter are. */
    private int readInto(List<Archive.Entry> entries, List<Cold> cold) {
        int damaged = 0;
        for (Iterator<Cold> left = cold.iterator(); left.hasNext(); ) {
            Cold one = left.next();
            try {
                inDatabase(handle -> new PostgresSelection(handle).stored(one.id()))
                        .map(stored -> contents.decode(stored, one.hash()))
                        .ifPresentOrElse(
                                content -> entries.add(new Archive.Entry(one.hash(), content.bytes())), left::remove);
            } catch (ContentDamaged e) {
                LOG.log(Level.ERROR, e.getMessage());
                left.remove();
                damaged++;
            }
        }
        return damaged;
    }

    private List<Cold> stillCold(Subject subject, TieringPolicy policy, List<Cold> before) {
        Map<GlobalId, Cold> now = inDatabase(handle -> cold(handle, subject, policy)).stream()
                .collect(Collectors.toMap(Cold::id, Function.identity()));
        return new ArrayList<>(
                before.stream().filter(one -> now.containsKey(one.id())).toList());
    }

    private boolean tryMove(Subject subject, TieringPolicy policy, List<Cold> cold, byte[] object) {
        try {
            return move(subject, policy, cold, object);
        } catch (RolledBack e) {
            return false;
        }
    }

    /** False, with nothing changed, if they are not all as they were. */
    private boolean move(Subject subject, TieringPolicy policy, List<Cold> cold, byte[] object) {
        Fingerprint hash = Fingerprint.sha256(object);
        UUID upload = inDatabase(handle -> BlobUploads.begin(handle, hash)).orElse(null);
        if (upload == null) {
            return false;
        }
        try {
            return move(subject, policy, cold, hash, object, upload);
        } finally {
            inDatabase(handle -> {
                BlobUploads.end(handle, upload);
                return upload;
            });
        }
    }

    private boolean move(
            Subject subject, TieringPolicy policy, List<Cold> cold, Fingerprint hash, byte[] object, UUID upload) {
        blobs.store().put(hash, object);
        return Failures.translated(() -> jdbi.inTransaction(handle -> {
            if (!BlobUploads.end(handle, upload)) {
                return false;
            }
            List<Integer> ids = cold.stream().map(one -> one.id().value()).toList();
            // As every change of the subject does: so none of its versions becomes the base of a new one now.
            handle.createQuery("SELECT 1 FROM subjects WHERE tenant = :tenant AND name = :subject FOR NO KEY UPDATE")
                    .bind("tenant", subject.tenant().value())
                    .bind("subject", subject.name())
                    .mapTo(Integer.class)
                    .one();
            List<Integer> locked = handle.createQuery(LOCK)
                    .bind("tenant", subject.tenant().value())
                    .bindArray("ids", Integer.class, ids)
                    .mapTo(Integer.class)
                    .list();
            Set<GlobalId> stillCold =
                    cold(handle, subject, policy).stream().map(Cold::id).collect(Collectors.toSet());
            if (locked.size() < ids.size() || !cold.stream().map(Cold::id).allMatch(stillCold::contains)) {
                return false;
            }
            Dependents.storeAlone(handle, subject.tenant(), ids);
            record(handle, subject, hash, object.length);
            handle.createUpdate("""
                            UPDATE contents SET encoding = 5, content = NULL, base_id = NULL, archive = :archive
                            WHERE tenant = :tenant AND global_id = ANY (:ids)
                            """)
                    .bind("archive", hash.toBytes())
                    .bind("tenant", subject.tenant().value())
                    .bindArray("ids", Integer.class, ids)
                    .execute();
            return true;
        }));
    }

    /** The same contents, archived before and read since, make the same archive; its row is locked then, so that nobody removes it. */
    private static void record(Handle handle, Subject subject, Fingerprint hash, int bytes) {
        handle.createUpdate("""
                        INSERT INTO archives (hash, tenant, subject, bytes) VALUES (:hash, :tenant, :subject, :bytes)
                        ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes
                        """)
                .bind("hash", hash.toBytes())
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("bytes", bytes)
                .execute();
    }

    private <R> R inDatabase(Function<Handle, R> question) {
        return Failures.translated(() -> jdbi.withHandle(question::apply));
    }
}
