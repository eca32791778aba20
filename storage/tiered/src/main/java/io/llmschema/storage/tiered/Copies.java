package io.llmschema.storage.tiered;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.tiered.Floor.Owner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies of answers, kept in memory, each loaded once however many ask for it.
 *
 * <p><b>Why no copy is ever older than a change that was applied.</b> A copy holds the {@link Floor} of what it answers about, and is
 * compared with it at every read. Whoever loads takes hold of the floor first. A change raises the floor. So if the load saw the
 * state before the change, its answer is below the floor by the time the change has been applied, wherever it is then: on its
 * way, in the map, or about to be put there. Who waits for the load of another compares its answer in the same way, and loads again if
 * that load began too early.
 */
final class Copies<K, T> {
    /** How often a caller waits for the load of another that then turns out too old, before it loads for itself. */
    private static final int MAX_JOINED = 3;

    /** Where an answer comes from that is not at hand. */
    @FunctionalInterface
    interface Source<K, T> {
        /** @param isAdmissible what the caller can use; need not be asked of what is loaded from the store itself */
        Seen<T> load(K key, Predicate<Seen<T>> isAdmissible);
    }

    /** Whether an answer is not below a floor. */
    @FunctionalInterface
    interface Admission<K> {
        boolean admits(Floor floor, K key, Seen<?> seen);
    }

    /** An answer, the floor it was loaded above, and the era it was loaded in. */
    record Copy<T>(Seen<T> seen, Floor floor, long era) {}

    private final ConcurrentMap<K, Copy<T>> copies;
    private final ConcurrentMap<K, CompletableFuture<Seen<T>>> flights = new ConcurrentHashMap<>();
    private final Floors floors;
    private final Function<K, Owner> owner;
    private final Admission<K> admission;
    /** Ends when all is forgotten, so that what is on its way then is forgotten too. */
    private final AtomicLong era = new AtomicLong();

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();

    /**
     * @param bytes how much memory an answer takes, roughly
     * @param owner what a question is about
     */
    Copies(CacheLimits limits, Weigher<K, Seen<T>> bytes, Function<K, Owner> owner, Admission<K> admission) {
        this(bounded(limits, bytes), new Floors(), owner, admission);
    }

    /** The same over any maps, for those who look at every order in which its steps can happen. */
    Copies(ConcurrentMap<K, Copy<T>> copies, Floors floors, Function<K, Owner> owner, Admission<K> admission) {
        this.copies = copies;
        this.floors = floors;
        this.owner = owner;
        this.admission = admission;
    }

    private static <K, T> ConcurrentMap<K, Copy<T>> bounded(CacheLimits limits, Weigher<K, Seen<T>> bytes) {
        // One bound for both: an entry weighs at least its share, so that there are never more than maxEntries.
        int share = Math.clamp(limits.maxBytes() / limits.maxEntries(), 1, Integer.MAX_VALUE);
        return Caffeine.newBuilder()
                .maximumWeight((long) share * limits.maxEntries())
                .weigher((K key, Copy<T> copy) -> Math.max(share, bytes.weigh(key, copy.seen())))
                .expireAfterWrite(limits.ttl())
                .expireAfterAccess(limits.tti())
                .build()
                .asMap();
    }

    Seen<T> get(K key, Predicate<? super Seen<T>> isAdmissible, Source<K, T> source) {
        Seen<T> there = find(key, isAdmissible);
        return there != null ? there : load(key, isAdmissible, source);
    }

    /** What is at hand; absent: nothing that can be used. Makes no object. */
    @Nullable
    Seen<T> find(K key, Predicate<? super Seen<T>> isAdmissible) {
        Copy<T> copy = copies.get(key);
        if (copy != null && isValid(key, copy) && isAdmissible.test(copy.seen())) {
            hits.increment();
            return copy.seen();
        }
        misses.increment();
        return null;
    }

    private boolean isValid(K key, Copy<T> copy) {
        return copy.era() == era.get() && admission.admits(copy.floor(), key, copy.seen());
    }

    /** What the source answers, or one that somebody else asks at this moment. */
    Seen<T> load(K key, Predicate<? super Seen<T>> isAdmissible, Source<K, T> source) {
        Floor floor = floors.of(owner.apply(key));
        Predicate<Seen<T>> isUsable = seen -> admission.admits(floor, key, seen) && isAdmissible.test(seen);
        for (int joined = 0; joined < MAX_JOINED; joined++) {
            CompletableFuture<Seen<T>> flight = new CompletableFuture<>();
            CompletableFuture<Seen<T>> other = flights.putIfAbsent(key, flight);
            if (other == null) {
                return fly(key, flight, floor, isUsable, source);
            }
            Seen<T> seen = result(other);
            if (isUsable.test(seen)) {
                return seen;
            }
        }
        return loadAndKeep(key, floor, isUsable, source);
    }

    private Seen<T> fly(
            K key, CompletableFuture<Seen<T>> flight, Floor floor, Predicate<Seen<T>> isUsable, Source<K, T> source) {
        try {
            // Another load may have ended between the look and the start of this one.
            Copy<T> copy = copies.get(key);
            Seen<T> seen = copy != null && copy.era() == era.get() && isUsable.test(copy.seen())
                    ? copy.seen()
                    : loadAndKeep(key, floor, isUsable, source);
            flight.complete(seen);
            return seen;
        } catch (RuntimeException | Error e) {
            flight.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, flight);
        }
    }

    private static <T> Seen<T> result(CompletableFuture<Seen<T>> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            // Why the other could not load it is why this one cannot.
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Seen<T> loadAndKeep(K key, Floor floor, Predicate<Seen<T>> isUsable, Source<K, T> source) {
        loads.increment();
        long now = era.get();
        Seen<T> seen = source.load(key, isUsable);
        keep(key, new Copy<>(seen, floor, now));
        return seen;
    }

    private void keep(K key, Copy<T> copy) {
        if (isValid(key, copy)) {
            copies.put(key, copy);
        }
    }

    /** A place for an answer that is about to be loaded elsewhere. */
    final class Place {
        private final K key;
        private final Floor floor;
        private final long begun = era.get();

        private Place(K key) {
            this.key = key;
            this.floor = floors.of(owner.apply(key));
        }

        /** Keeps the answer, unless a newer one is kept; false if it has been outdated since the place was taken. */
        boolean offer(Seen<T> seen) {
            Copy<T> copy = new Copy<>(seen, floor, begun);
            if (!isValid(key, copy)) {
                return false;
            }
            // Whoever asked meanwhile may have been shown a newer one.
            copies.merge(
                    key,
                    copy,
                    (there, offered) ->
                            isValid(key, there) && there.seen().revision() >= seen.revision() ? there : offered);
            return true;
        }
    }

    /** To be taken before the answer is loaded. */
    Place place(K key) {
        return new Place(key);
    }

    /** The floor below which no answer to that question is. */
    Floor floor(K key) {
        return floors.of(owner.apply(key));
    }

    Optional<Seen<T>> peek(K key) {
        @Nullable Copy<T> copy = copies.get(key);
        return copy != null && isValid(key, copy) ? Optional.of(copy.seen()) : Optional.empty();
    }

    void apply(List<SubjectChange> changes) {
        floors.raise(changes);
    }

    /** Outdates all that is owned so. */
    void count(Owner owned) {
        floors.count(owned);
    }

    /** Whether anything is kept, or being loaded, of what is owned so. */
    boolean holds(Owner owned) {
        return floors.holds(owned);
    }

    void clear() {
        era.incrementAndGet();
        // Who asks from now on does not join a load that began before.
        flights.clear();
        copies.clear();
    }

    CacheStatistics statistics() {
        return new CacheStatistics(hits.sum(), misses.sum(), loads.sum(), copies.size());
    }
}
