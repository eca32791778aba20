package io.llmschema.storage.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaContent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** How contents get into rows and back: against which other one a content is stored, and where. */
final class Contents {
    private static final Logger LOG = System.getLogger(Contents.class.getName());

    /** The most bytes of contents that are kept because the next version may be stored against them. */
    private static final int MAX_RECENT_BYTES = 16 * 1024 * 1024;

    /** A frame that needs another content must be so much smaller than one that does not, in percent, to be worth its slower reads. */
    private static final int WORTHWHILE_PERCENT = 80;

    private static final int PERCENT = 100;

    private final Jdbi jdbi;
    private final @Nullable BlobPlace place;
    private final Cache<GlobalId, SchemaContent> recent = Caffeine.newBuilder()
            .maximumWeight(MAX_RECENT_BYTES)
            .<GlobalId, SchemaContent>weigher((_, content) -> content.size())
            .build();

    /** @param place for large contents; null: they lie in their rows, however large */
    Contents(Jdbi jdbi, @Nullable BlobPlace place) {
        this.jdbi = jdbi;
        this.place = place;
    }

    /**
     * Brings a content into the form in which it will be stored; a large one is put into the blob store. No connection is held
     * meanwhile.
     *
     * @param predecessor the content of the subject's last version, if there is one
     * @param loader reads it, if it is needed
     */
    PreparedContent prepare(
            NewSchema candidate, @Nullable Predecessor predecessor, Function<GlobalId, SchemaContent> loader) {
        return place != null && candidate.content().size() > place.inlineBytes()
                ? put(place, candidate)
                : compress(candidate, predecessor, loader);
    }

    /** The same without asking anyone but the loader: a large content waits in its row until it is moved. */
    PreparedContent prepareInTransaction(
            NewSchema candidate, @Nullable Predecessor predecessor, Function<GlobalId, SchemaContent> loader) {
        return place != null && candidate.content().size() > place.inlineBytes()
                ? PreparedContent.alone(candidate.content().bytes(), true)
                : compress(candidate, predecessor, loader);
    }

    private PreparedContent put(BlobPlace blobs, NewSchema candidate) {
        byte[] content = candidate.content().bytes();
        Fingerprint hash = candidate.fingerprints().raw();
        Optional<UUID> upload = jdbi.withHandle(handle -> BlobUploads.begin(handle, hash));
        if (upload.isEmpty()) {
            return PreparedContent.alone(content, true);
        }
        try {
            blobs.store().put(hash, content);
            return PreparedContent.inBlobStore(content, upload.get());
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "a large content stays in the database for now: " + e.getMessage());
            jdbi.useHandle(handle -> BlobUploads.end(handle, upload.get()));
            return PreparedContent.alone(content, true);
        }
    }

    private PreparedContent compress(
            NewSchema candidate, @Nullable Predecessor predecessor, Function<GlobalId, SchemaContent> loader) {
        byte[] content = candidate.content().bytes();
        PreparedContent alone = PreparedContent.alone(content, false);
        if (predecessor == null || !predecessor.takes(content.length)) {
            return alone;
        }
        SchemaContent base = recent.get(predecessor.id(), loader);
        byte[] delta = ContentCodec.compressAgainst(base.bytes(), content);
        return isWorthwhile(delta, alone) ? PreparedContent.against(predecessor, content, delta) : alone;
    }

    private static boolean isWorthwhile(byte[] delta, PreparedContent alone) {
        byte[] other = alone.bytes();
        return other != null && (long) delta.length * PERCENT <= (long) other.length * WORTHWHILE_PERCENT;
    }

    /** The form that depends on no other content, for when the one that it was to depend on has gone. */
    PreparedContent withoutBase(NewSchema candidate, PreparedContent prepared) {
        return prepared.base() == null
                ? prepared
                : PreparedContent.alone(candidate.content().bytes(), false);
    }

    /** Takes note of the content that a subject's next version is likely to be stored against. */
    void inserted(GlobalId id, SchemaContent content) {
        recent.put(id, content);
    }

    /**
     * A content that was read, from the blob store if that has it.
     *
     * @throws ContentDamaged it is not what it was, or gone
     */
    SchemaContent decode(StoredContent stored, Fingerprint hash) {
        return new SchemaContent(stored.encoding() == Encoding.BLOB ? fetch(hash) : stored.decode(hash));
    }

    private byte[] fetch(Fingerprint hash) {
        if (place == null) {
            throw new StorageUnavailable(
                    "the content is in a blob store, and this server was not told of any",
                    new IllegalStateException("no blob store"));
        }
        return place.store()
                .get(hash)
                .orElseThrow(() -> new ContentDamaged(hash, place.store().toString(), "the object is not there", null));
    }
}
