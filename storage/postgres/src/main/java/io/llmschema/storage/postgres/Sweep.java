package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.postgres.ContentMaintenance.Orphan;
import io.llmschema.storage.postgres.ContentMaintenance.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds the objects of the blob store that no row refers to, and removes them; see {@link BlobUploads} for why it never errs. */
final class Sweep {
    private final Jdbi jdbi;
    private final BlobStore blobs;

    Sweep(Jdbi jdbi, BlobStore blobs) {
        this.jdbi = jdbi;
        this.blobs = blobs;
    }

    List<Orphan> sweep(Duration grace, boolean isDryRun, Progress progress) {
        // An object may be older than the upload that finds it there already: only the note says that it is needed
        // then.
        Duration uploads = grace.compareTo(BlobUploads.MAX_UPLOAD) > 0 ? grace : BlobUploads.MAX_UPLOAD;
        if (!isDryRun) {
            finishRemovals();
            forgetDeadUploads(uploads);
            forgetEmptyArchives();
        }
        Instant youngest = inDatabase(handle ->
                        handle.createQuery("SELECT now()").mapTo(Instant.class).one())
                .minus(grace);
        List<Orphan> orphans = new ArrayList<>();
        long seen = 0;
        @Nullable Fingerprint after = null;
        do {
            BlobPage page = blobs.list(after, BlobStore.MAX_PAGE);
            for (BlobPage.Blob blob : page.blobs()) {
                if (blob.storedAt().isBefore(youngest) && remove(blob.hash(), uploads, isDryRun)) {
                    orphans.add(new Orphan(blob.hash(), blob.bytes()));
                }
                progress.reached(++seen, seen);
            }
            after = page.next();
        } while (after != null);
        return orphans;
    }

    private boolean remove(Fingerprint hash, Duration uploads, boolean isDryRun) {
        if (isDryRun) {
            return inDatabase(handle -> BlobUploads.isOrphan(handle, hash, uploads));
        }
        boolean isOrphan = inDatabase(handle -> BlobUploads.beginRemoval(handle, hash, uploads));
        if (isOrphan) {
            finishRemoval(hash);
        }
        return isOrphan;
    }

    /** What a process that died had begun. */
    private void finishRemovals() {
        inDatabase(handle -> handle.createQuery("SELECT hash FROM blob_removals")
                        .map((row, _) -> Fingerprint.ofBytes(row.getBytes("hash")))
                        .list())
                .forEach(this::finishRemoval);
    }

    private void finishRemoval(Fingerprint hash) {
        inDatabase(handle -> {
            BlobUploads.finishRemoval(handle, hash, blobs::delete);
            return hash;
        });
    }

    private void forgetDeadUploads(Duration uploads) {
        inDatabase(handle -> handle.createUpdate(
                        "DELETE FROM blob_uploads WHERE started_at < now() - make_interval(secs => :grace)")
                .bind("grace", uploads.toSeconds())
                .execute());
    }

    /** Those whose last contents came back at the same moment. Locked before it is looked what refers to them, for that may change. */
    private void forgetEmptyArchives() {
        inDatabase(handle -> handle.inTransaction(transaction -> {
            List<byte[]> empty =
                    transaction.createQuery("""
                            SELECT hash FROM archives a WHERE NOT EXISTS (SELECT FROM contents WHERE archive = a.hash)
                            FOR UPDATE SKIP LOCKED
                            """).mapTo(byte[].class).list();
            empty.forEach(archive -> ContentRestorer.forgetIfEmpty(transaction, archive));
            return empty;
        }));
    }

    private <R> R inDatabase(Function<Handle, R> question) {
        return Failures.translated(() -> jdbi.withHandle(question::apply));
    }
}
