package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.SchemaSummary;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What is done to all contents at once, from the command line, while the registry runs or not.
 *
 * <p>Nothing of it holds up reads or registrations for longer than one short transaction on one subject does.
 */
public final class ContentMaintenance {
    private final Jdbi jdbi;
    private final @Nullable BlobPlace blobs;
    private final Contents contents;

    ContentMaintenance(Jdbi jdbi, @Nullable BlobPlace blobs, Contents contents) {
        this.jdbi = jdbi;
        this.blobs = blobs;
        this.contents = contents;
    }

    /** Is told how far the work has come, by the thread that does it. */
    @FunctionalInterface
    public interface Progress {
        /** @param total may grow while it runs */
        void reached(long done, long total);
    }

    /**
     * Which contents are cold: those of versions that nobody has read for so long, and that are none of the newest of their subject, nor what
     * its {@code latest} leads to.
     *
     * @param unread whole seconds; versions that are younger count as read. Reads are known as far back as the access log is kept
     * @param newest how many of the highest ordinals of each subject stay, at least 1
     */
    public record TieringPolicy(Duration unread, int newest) {
        public TieringPolicy {
            if (unread.isNegative() || newest < 1) {
                throw new IllegalArgumentException("nothing is unread for " + unread + " or kept " + newest + " times");
            }
        }
    }

    /**
     * What was, or would be, moved.
     *
     * @param bytes of the contents as they were registered
     * @param storedBytes that they took in the database
     * @param archivedBytes that they take in the archives
     * @param damaged contents that are not what they were; they stay, and what is needed to repair them
     */
    public record Tiered(
            int subjects, int contents, int archives, long bytes, long storedBytes, long archivedBytes, int damaged) {
        static final Tiered NOTHING = new Tiered(0, 0, 0, 0, 0, 0, 0);

        static final Tiered ONE_SUBJECT = new Tiered(1, 0, 0, 0, 0, 0, 0);

        Tiered plus(Tiered other) {
            return new Tiered(
                    subjects + other.subjects,
                    contents + other.contents,
                    archives + other.archives,
                    bytes + other.bytes,
                    storedBytes + other.storedBytes,
                    archivedBytes + other.archivedBytes,
                    damaged + other.damaged);
        }
    }

    /**
     * Packs what is cold into archives in the blob store, and removes it from the table. A read brings it back.
     *
     * @param isDryRun only to see what that would save
     * @throws IllegalStateException there is no blob store
     */
    public Tiered tier(TieringPolicy policy, boolean isDryRun, Progress progress) {
        return new Tiering(jdbi, place(), contents).tier(policy, isDryRun, progress);
    }

    /** An object that nothing refers to. */
    public record Orphan(Fingerprint hash, long bytes) {}

    /**
     * Removes the objects to which no row refers.
     *
     * @param grace younger objects are left alone: their rows may be on their way
     * @param isDryRun only to see what they are
     * @return the orphans, removed or not
     * @throws IllegalStateException there is no blob store
     */
    public List<Orphan> sweep(Duration grace, boolean isDryRun, Progress progress) {
        return new Sweep(jdbi, place().store()).sweep(grace, isDryRun, progress);
    }

    /**
     * What is left of a content that is not what it was.
     *
     * @param where the store that has it
     * @param versions some of those that have the content
     */
    public record Damage(Fingerprint hash, String where, String how, List<SchemaSummary> versions) {}

    /**
     * What was found.
     *
     * @param inRows contents that lie in the table
     * @param inBlobs contents that are objects of the blob store
     * @param inArchives contents that are in archives
     * @param bytes that were hashed
     * @param damages the first {@value Verification#MAX_DAMAGES} of those that are not what they were
     * @param damaged how many there are
     */
    public record Verified(
            long inRows, long inBlobs, long inArchives, long bytes, List<Damage> damages, long damaged) {}

    /**
     * Reads every content from wherever it lies, and compares its hash. What is committed while it runs may be left out.
     *
     * @throws io.llmschema.model.RegistryException.StorageUnavailable a store does not answer: nothing can be said then
     */
    public Verified verify(Progress progress) {
        // Not with the archives that were read before: they may have been damaged since.
        return new Verification(jdbi, new Contents(jdbi, blobs)).verify(progress);
    }

    private BlobPlace place() {
        if (blobs == null) {
            throw new IllegalStateException("there is no blob store");
        }
        return blobs;
    }
}
