package io.llmschema.storage.tiered;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The first tier: schemas in the memory of this node.
 *
 * <p>A version is one object whatever key leads to it, as long as it does not change; so what others make of it (a rendered answer)
 * is made once.
 */
public final class CaffeineSchemaCache implements SchemaCache {
    /** An entry, its key, and the records of a summary. */
    private static final int OVERHEAD_BYTES = 1_500;

    /** A content is there twice: by itself, and in the answer that was rendered from it, where it is a little longer. */
    private static final double COPIES_OF_CONTENT = 2.2;

    private final CacheLimits limits;
    private final Copies<SchemaKey, Schema> copies;
    private final Cache<SchemaId, Schema> versions =
            Caffeine.newBuilder().weakValues().build();

    public CaffeineSchemaCache(CacheLimits limits) {
        this.limits = limits;
        this.copies = new Copies<>(
                limits,
                (_, seen) -> bytes(seen),
                CaffeineSchemaCache::owner,
                (floor, key, seen) -> floor.admits(key, seen));
    }

    private static int bytes(Seen<Schema> seen) {
        return seen.found()
                .map(schema -> OVERHEAD_BYTES
                        + (int) (COPIES_OF_CONTENT * schema.content().size()))
                .orElse(OVERHEAD_BYTES);
    }

    private static Owner owner(SchemaKey key) {
        return switch (key) {
            case SchemaKey.ById(var id) -> new Owner.OfVersion(id);
            case SchemaKey.ByGlobalId(var id) -> new Owner.OfContent(id);
            case SchemaKey.ByVersion(var subject, var _) -> new Owner.OfSubject(subject);
            case SchemaKey.ByFingerprint _, SchemaKey.ByGuid _ -> throw new IllegalArgumentException("not kept");
        };
    }

    /** What a hash or guid leads to may change with any registration of the tenant, so it is always asked anew. */
    private static boolean isKept(SchemaKey key) {
        return !(key instanceof SchemaKey.ByFingerprint || key instanceof SchemaKey.ByGuid);
    }

    @Override
    public Seen<Schema> get(
            SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader) {
        if (!isKept(key)) {
            return loader.apply(key);
        }
        Seen<Schema> there = copies.find(key, isAdmissible);
        return there != null ? there : copies.load(key, isAdmissible, (asked, _) -> shared(loader.apply(asked)));
    }

    /** The same with a slower cache behind it, which is told what would be of no use here. */
    Seen<Schema> get(
            SchemaKey key,
            Predicate<? super Seen<Schema>> isAdmissible,
            SchemaCache slower,
            Function<SchemaKey, Seen<Schema>> loader) {
        if (!isKept(key)) {
            return loader.apply(key);
        }
        Seen<Schema> there = copies.find(key, isAdmissible);
        return there != null
                ? there
                : copies.load(key, isAdmissible, (asked, isUsable) -> shared(slower.get(asked, isUsable, loader)));
    }

    /** With the object that stands for that state of the version already, if there is one. */
    private Seen<Schema> shared(Seen<Schema> seen) {
        Schema loaded = seen.found().orElse(null);
        if (loaded == null) {
            return seen;
        }
        Schema known = versions.asMap().merge(loaded.summary().id(), loaded, CaffeineSchemaCache::newer);
        return new Seen<>(known, seen.revision(), seen.shown(), seen.complete());
    }

    private static Schema newer(Schema known, Schema loaded) {
        return known.summary().revision() == loaded.summary().revision() ? known : loaded;
    }

    @Override
    public Map<SchemaKey, Seen<Schema>> getAll(
            Collection<? extends SchemaKey> keys,
            Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader) {
        Map<SchemaKey, Seen<Schema>> all = new HashMap<>();
        Map<SchemaKey, Copies<SchemaKey, Schema>.Place> places = new HashMap<>();
        List<SchemaKey> missing = new ArrayList<>();
        for (SchemaKey key : keys) {
            peek(key).ifPresentOrElse(seen -> all.put(key, seen), () -> missing.add(key));
        }
        if (missing.isEmpty()) {
            return all;
        }
        missing.stream().filter(CaffeineSchemaCache::isKept).forEach(key -> places.put(key, copies.place(key)));
        List<SchemaKey> outdated = keep(loader.apply(missing), places, all);
        if (!outdated.isEmpty()) {
            keep(loader.apply(outdated), places, all);
        }
        return all;
    }

    /** Returns what has been outdated since it was loaded. */
    private List<SchemaKey> keep(
            Map<SchemaKey, Seen<Schema>> loaded,
            Map<SchemaKey, Copies<SchemaKey, Schema>.Place> places,
            Map<SchemaKey, Seen<Schema>> all) {
        List<SchemaKey> outdated = new ArrayList<>();
        loaded.forEach((key, answer) -> {
            Seen<Schema> seen = shared(answer);
            var place = places.get(key);
            if (place != null && !place.offer(seen)) {
                outdated.add(key);
            }
            all.put(key, seen);
        });
        return outdated;
    }

    /** A place for what the key, an id or a subject's {@code latest}, is about to lead to. */
    Copies<SchemaKey, Schema>.Place place(SchemaKey key) {
        return copies.place(key);
    }

    /** Keeps an answer, unless it has been outdated since its place was taken. */
    void offer(Copies<SchemaKey, Schema>.Place place, Seen<Schema> seen) {
        place.offer(shared(seen));
    }

    @Override
    public Optional<Seen<Schema>> peek(SchemaKey key) {
        return isKept(key) ? copies.peek(key) : Optional.empty();
    }

    @Override
    public void apply(List<SubjectChange> changes) {
        copies.apply(changes);
    }

    /** Whether anyone has asked for a version of that subject by its name, of late. */
    boolean serves(Subject subject) {
        return copies.holds(new Owner.OfSubject(subject));
    }

    @Override
    public void clear() {
        copies.clear();
    }

    public CacheStatistics statistics() {
        return copies.statistics();
    }

    @Override
    public void close() {
        clear();
    }

    @Override
    public String toString() {
        return "Caffeine[" + limits.maxEntries() + "]";
    }
}
