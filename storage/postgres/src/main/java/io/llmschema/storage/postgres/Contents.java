package io.llmschema.storage.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** How contents get into rows and back: against which other one a content is stored, and where. */
final class Contents {
    private static final Logger LOG = System.getLogger(Contents.class.getName());

    /** The most bytes of contents that are kept because the next version may be stored against them. */
    private static final int MAX_RECENT_BYTES = 16 * 1024 * 1024;

    /** What an entry takes beside its content. */
    private static final int RECENT_OVERHEAD = 500;

    /** A frame that needs another content must be so much smaller than one that does not, in percent, to be worth its slower reads. */
    private static final int WORTHWHILE_PERCENT = 80;

    private static final int PERCENT = 100;

    /** A frame that needs another content is taken for worthwhile without a look at the one that does not, if it is so much smaller than the content. */
    private static final int CERTAINLY_WORTHWHILE = 16;

    /** The most bytes of archives that are kept because whoever reads one old version often reads its neighbours. */
    private static final int MAX_ARCHIVE_BYTES = 16 * 1024 * 1024;

    private final Jdbi jdbi;
    private final @Nullable BlobPlace place;
    /** By subject, so that a new one takes its predecessor's place: beside it, it might be the one that is thrown out. */
    private final Cache<Subject, Recent> recent = Caffeine.newBuilder()
            .maximumWeight(MAX_RECENT_BYTES)
            .<Subject, Recent>weigher(
                    (_, one) -> RECENT_OVERHEAD + one.content().size())
            .build();

    private final Cache<Fingerprint, byte[]> archives = Caffeine.newBuilder()
            .maximumWeight(MAX_ARCHIVE_BYTES)
            .<Fingerprint, byte[]>weigher((_, object) -> object.length)
            .build();

    private record Recent(GlobalId id, Fingerprint hash, SchemaContent content) {
        boolean is(Predecessor predecessor) {
            return id.equals(predecessor.id()) && hash.equals(predecessor.hash());
        }
    }

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
            NewSchema candidate,
            @Nullable Predecessor predecessor,
            Function<GlobalId, Optional<SchemaContent>> loader) {
        return place != null && candidate.content().size() > place.inlineBytes()
                ? put(place, candidate)
                : compress(candidate, predecessor, loader);
    }

    /** The same without asking anyone but the loader: a large content waits in its row until it is moved. */
    PreparedContent prepareInTransaction(
            NewSchema candidate,
            @Nullable Predecessor predecessor,
            Function<GlobalId, Optional<SchemaContent>> loader) {
        return place != null && candidate.content().size() > place.inlineBytes()
                ? PreparedContent.alone(candidate.content().bytes(), true)
                : compress(candidate, predecessor, loader);
    }

    private PreparedContent put(BlobPlace blobs, NewSchema candidate) {
        byte[] content = candidate.content().bytes();
        Fingerprint hash = candidate.fingerprints().raw();
        Optional<UUID> upload = Failures.translated(() -> jdbi.withHandle(handle -> BlobUploads.begin(handle, hash)));
        if (upload.isEmpty()) {
            return PreparedContent.alone(content, true);
        }
        try {
            blobs.store().put(hash, content);
            return PreparedContent.inBlobStore(content, upload.get());
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "a large content stays in the database for now: " + e.getMessage());
            Failures.translated(() -> jdbi.withHandle(handle -> {
                BlobUploads.end(handle, upload.get());
                return hash;
            }));
            return PreparedContent.alone(content, true);
        }
    }

    private PreparedContent compress(
            NewSchema candidate,
            @Nullable Predecessor predecessor,
            Function<GlobalId, Optional<SchemaContent>> loader) {
        byte[] content = candidate.content().bytes();
        SchemaContent base = predecessor == null || !predecessor.takes(content.length)
                ? null
                : base(candidate.subject(), predecessor, loader);
        if (predecessor == null || base == null) {
            return PreparedContent.alone(content, false);
        }
        byte[] delta = ContentCodec.compressAgainst(base.bytes(), content);
        if ((long) delta.length * CERTAINLY_WORTHWHILE <= content.length) {
            return PreparedContent.against(predecessor, content, delta);
        }
        PreparedContent alone = PreparedContent.alone(content, false);
        return isWorthwhile(delta, alone) ? PreparedContent.against(predecessor, content, delta) : alone;
    }

    private @Nullable SchemaContent base(
            Subject subject, Predecessor predecessor, Function<GlobalId, Optional<SchemaContent>> loader) {
        Recent found = recent.getIfPresent(subject);
        return found != null && found.is(predecessor) ? found.content() : load(predecessor.id(), loader);
    }

    /** Null if there is none to store another against. */
    private static @Nullable SchemaContent load(GlobalId id, Function<GlobalId, Optional<SchemaContent>> loader) {
        try {
            return loader.apply(id).orElse(null);
        } catch (ContentDamaged e) {
            // That is no reason to refuse the next version, which does better without it.
            LOG.log(Level.ERROR, e.getMessage());
            return null;
        }
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
    void inserted(Subject subject, SchemaSummary schema, SchemaContent content) {
        recent.put(subject, new Recent(schema.globalId(), schema.fingerprints().raw(), content));
    }

    /**
     * A content that was read, from the blob store if that has it.
     *
     * @throws ContentDamaged it is not what it was, or gone
     */
    SchemaContent decode(StoredContent stored, Fingerprint hash) {
        return new SchemaContent(
                switch (stored.encoding()) {
                    case RAW, ZSTD, DICTIONARY, DELTA -> stored.decode(hash);
                    case BLOB -> fetch(hash, hash);
                    case ARCHIVE -> extract(Objects.requireNonNull(stored.archive()), hash);
                });
    }

    /** @param content for which the object is needed */
    private byte[] fetch(Fingerprint object, Fingerprint content) {
        return place().store()
                .get(object)
                .orElseThrow(() -> damaged(content, "the object " + object + " is not there", null));
    }

    private byte[] extract(Fingerprint archive, Fingerprint hash) {
        try {
            return checked(archive, Archive.find(archives.get(archive, object -> fetch(object, hash)), hash), hash);
        } catch (IOException e) {
            throw damaged(hash, "the archive " + archive + " cannot be read", e);
        }
    }

    /**
     * Reads these contents of an archive.
     *
     * @throws ContentDamaged one of them is not what it was, or not there
     */
    void unpack(Fingerprint archive, Set<Fingerprint> wanted, Archive.Reader reader) {
        Set<Fingerprint> missing = new HashSet<>(wanted);
        Fingerprint any = wanted.iterator().next();
        try {
            Archive.readAll(fetch(archive, any), (hash, content) -> {
                if (missing.remove(hash)) {
                    reader.read(hash, checked(archive, Optional.of(content), hash));
                }
            });
        } catch (IOException e) {
            throw damaged(any, "the archive " + archive + " cannot be read", e);
        }
        for (Fingerprint hash : missing) {
            throw damaged(hash, "the archive " + archive + " lacks it", null);
        }
    }

    private byte[] checked(Fingerprint archive, Optional<byte[]> found, Fingerprint hash) {
        byte[] content = found.orElseThrow(() -> damaged(hash, "the archive " + archive + " lacks it", null));
        if (!Fingerprint.sha256(content).equals(hash)) {
            throw damaged(hash, "the archive " + archive + " has something else in its place", null);
        }
        return content;
    }

    /**
     * Removes objects that are needed no more, as far as that can be done now; what is left is removed by the next sweep.
     *
     * @param objects to which a row has referred that is gone
     */
    void discard(List<Fingerprint> objects) {
        for (Fingerprint object : objects) {
            try {
                jdbi.useHandle(handle -> {
                    if (BlobUploads.beginRemoval(handle, object, BlobUploads.MAX_UPLOAD)) {
                        BlobUploads.finishRemoval(handle, object, place().store()::delete);
                    }
                });
            } catch (JdbiException | RegistryException e) {
                LOG.log(Level.WARNING, "the object " + object + " is left for the next sweep: " + e.getMessage());
            }
        }
    }

    private ContentDamaged damaged(Fingerprint hash, String how, @Nullable Throwable cause) {
        return new ContentDamaged(hash, place().store().toString(), how, cause);
    }

    private BlobPlace place() {
        if (place == null) {
            throw new StorageUnavailable(
                    "the content is in a blob store, and this server was not told of any",
                    new IllegalStateException("no blob store"));
        }
        return place;
    }
}
