package io.llmschema.storage.redis;

import io.lettuce.core.KeyValue;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.storage.ChangeLog;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.storage.redis.RedisKeys.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second tier: copies in Redis, which all nodes share.
 *
 * <p>Beside each entry stands a <em>floor</em>: what is known about its subject (for the other keys: its version or content), namely
 * the revisions of the last change and the last alteration, and a random incarnation. An entry says which incarnation it was made
 * under, and how new it is. It counts only if the floor is there, is of that incarnation, and is not above it ({@link
 * RedisKeys#markFor} says which of the two revisions is meant).
 *
 * <ul>
 *   <li>{@link #get} reads both in one step. Where no floor is, it makes one <em>before</em> it calls the loader, so that every change
 *       from then on meets it.
 *   <li>A fill is taken only if that same floor is there still and is not above it.
 *   <li>{@link #apply} raises the floors that are there. Where none is, nothing counts, so nothing is to be done.
 * </ul>
 *
 * <p>So nothing that Redis loses (by a restart, {@code FLUSHALL}, eviction, expiry) can make an old answer count; all it makes is misses.
 * What is left is that Redis cannot be told of a change. Then it is not trusted until it was: see {@link RedisTrust}. As long as it
 * is not, every call goes to the loader at once and at no cost. So trouble costs those that were waiting for Redis when it began one
 * {@link RedisConfig#commandTimeout()}, and nobody after them anything.
 *
 * <p>The loader must see every change of which {@link #apply} was told before the loader was called: it must not ask a replica that lags
 * behind.
 */
public final class RedisSchemaCache implements SchemaCache {
    /** The most bytes of a content that is kept; larger ones would keep all others waiting on their way. */
    static final int MAX_CONTENT_BYTES = 512 * 1024;

    /** The most KiB of contents that are on their way to Redis; beyond, entries are not kept. */
    static final int MAX_FILLS_IN_FLIGHT_KIB = 16 * 1024;

    /** The most answers that are asked for at a time. */
    static final int MAX_ASKED_AT_ONCE = 64;

    private static final int KIB = 1024;

    /** How much longer a floor lives than the entries that go by it, at least. */
    private static final Duration FLOOR_MARGIN = Duration.ofMinutes(1);

    private final RedisConfig config;
    private final RedisKeys keys;
    private final RedisTrust trust;
    private final Troubles troubles;
    private final Semaphore fills = new Semaphore(MAX_FILLS_IN_FLIGHT_KIB);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bypasses = new LongAdder();
    private final LongAdder declinedFills = new LongAdder();
    private final LongAdder droppedFills = new LongAdder();
    private final byte[] entryTtl;
    private final byte[] floorTtl;

    /**
     * A cache that connects in the background, and answers from Redis once that has succeeded.
     *
     * @param changeLog of the store behind it; asked by a thread of its own when Redis was out of reach
     */
    public RedisSchemaCache(RedisConfig config, ChangeLog changeLog) {
        this.config = config;
        this.keys = new RedisKeys(config.prefix());
        this.troubles = new Troubles(config.address());
        this.trust = new RedisTrust(config, keys, changeLog, troubles);
        this.entryTtl = milliseconds(config.ttl());
        this.floorTtl = milliseconds(config.ttl().plus(FLOOR_MARGIN));
        trust.start();
    }

    private static byte[] milliseconds(Duration time) {
        return RedisKeys.bytes(Long.toString(time.toMillis()));
    }

    /**
     * What Redis had.
     *
     * @param kept the answer, if there is one that is not outdated
     * @param incarnation of the floor by which an answer may be kept; null if none may
     */
    private record Look(
            @Nullable Seen<Schema> kept, @Nullable Long incarnation) {
        static final Look NOTHING = new Look(null, null);
    }

    @Override
    public Seen<Schema> get(
            SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader) {
        RedisLink link = trust.trusted();
        Place place = link == null ? null : keys.placeOf(key).orElse(null);
        if (link == null || place == null) {
            bypasses.increment();
            return loader.apply(key);
        }
        Look look = look(link, Map.of(key, place)).getOrDefault(key, Look.NOTHING);
        Seen<Schema> kept = look.kept();
        if (kept != null && isAdmissible.test(kept)) {
            hits.increment();
            return kept;
        }
        misses.increment();
        Seen<Schema> loaded = loader.apply(key);
        keep(key, place, look, loaded);
        return loaded;
    }

    @Override
    public Map<SchemaKey, Seen<Schema>> getAll(
            Collection<? extends SchemaKey> asked,
            Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader) {
        Set<SchemaKey> missing = new LinkedHashSet<>(asked);
        Map<SchemaKey, Place> places = new LinkedHashMap<>();
        missing.forEach(key -> keys.placeOf(key).ifPresent(place -> places.put(key, place)));
        Map<SchemaKey, Look> looks = lookInParts(places);
        Map<SchemaKey, Seen<Schema>> answers = new HashMap<>();
        looks.forEach((key, look) -> {
            if (look.kept() != null) {
                answers.put(key, look.kept());
            }
        });
        bypasses.add(missing.size() - looks.size());
        hits.add(answers.size());
        misses.add(looks.size() - answers.size());
        missing.removeAll(answers.keySet());
        if (missing.isEmpty()) {
            return answers;
        }
        Map<SchemaKey, Seen<Schema>> loaded = loader.apply(missing);
        loaded.forEach((key, seen) -> {
            Place place = places.get(key);
            if (place != null) {
                keep(key, place, looks.getOrDefault(key, Look.NOTHING), seen);
            }
        });
        answers.putAll(loaded);
        return answers;
    }

    /** What Redis has of the answers that stand there, as far as it is trusted; the others are left out. */
    private Map<SchemaKey, Look> lookInParts(Map<SchemaKey, Place> places) {
        Map<SchemaKey, Look> looks = new HashMap<>();
        Map<SchemaKey, Place> part = new LinkedHashMap<>();
        for (Map.Entry<SchemaKey, Place> each : places.entrySet()) {
            part.put(each.getKey(), each.getValue());
            if (part.size() == MAX_ASKED_AT_ONCE || looks.size() + part.size() == places.size()) {
                RedisLink link = trust.trusted();
                if (link == null) {
                    return looks;
                }
                part.keySet().forEach(key -> looks.put(key, Look.NOTHING));
                looks.putAll(look(link, part));
                part.clear();
            }
        }
        return looks;
    }

    /** What Redis has of the answers that stand there; what is not known in time is left out. */
    private Map<SchemaKey, Look> look(RedisLink link, Map<SchemaKey, Place> places) {
        Map<SchemaKey, Look> looks = new HashMap<>();
        long deadline = System.nanoTime() + config.commandTimeout().toNanos();
        try {
            Map<SchemaKey, Future<List<KeyValue<byte[], byte[]>>>> found = new LinkedHashMap<>();
            places.forEach((key, place) -> found.put(key, link.commands().mget(place.entry(), place.floor())));
            Map<SchemaKey, Future<byte[]>> opened = new LinkedHashMap<>();
            for (Map.Entry<SchemaKey, Place> each : places.entrySet()) {
                SchemaKey key = each.getKey();
                Place place = each.getValue();
                List<KeyValue<byte[], byte[]>> answer = await(found.get(key), deadline);
                Optional<Floor> floor = value(answer.getLast()).flatMap(Floor::parse);
                if (floor.isPresent()) {
                    looks.put(key, look(key, place, value(answer.getFirst()), floor.get()));
                } else {
                    opened.put(key, open(link, place));
                }
            }
            for (Map.Entry<SchemaKey, Future<byte[]>> each : opened.entrySet()) {
                byte[] floor = await(each.getValue(), deadline);
                looks.put(
                        each.getKey(),
                        new Look(
                                null, Floor.parse(floor).map(Floor::incarnation).orElse(null)));
            }
        } catch (InterruptedException e) {
            // The caller's affair, not Redis's.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            failed(link, e);
        }
        return looks;
    }

    private static Look look(SchemaKey key, Place place, Optional<byte[]> entry, Floor floor) {
        Seen<Schema> kept = entry.flatMap(bytes -> SchemaCodec.decodeEntry(place.entry(), bytes))
                .filter(found -> found.incarnation() == floor.incarnation())
                .map(SchemaCodec.Entry::seen)
                .filter(seen -> seen.revision() >= floor.revision(RedisKeys.markFor(key, seen)))
                .orElse(null);
        return new Look(kept, floor.incarnation());
    }

    private CompletableFuture<byte[]> open(RedisLink link, Place place) {
        Floor floor = Floor.of(ThreadLocalRandom.current().nextLong());
        return Script.OPEN.run(link.commands(), new byte[][] {place.floor()}, floor.toBytes(), floorTtl);
    }

    private static Optional<byte[]> value(KeyValue<byte[], byte[]> answer) {
        return answer.hasValue() ? Optional.of(answer.getValue()) : Optional.empty();
    }

    private static <T> T await(@Nullable Future<T> answer, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Objects.requireNonNull(answer).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Sends an answer to Redis, if there is room on the way, and does not wait for it. */
    private void keep(SchemaKey key, Place place, Look look, Seen<Schema> loaded) {
        RedisLink link = trust.trusted();
        Long incarnation = look.incarnation();
        if (link == null || incarnation == null) {
            return;
        }
        // By the size of its content, so that nobody makes the bytes of what is too large to be sent.
        int contentSize = loaded.found().map(schema -> schema.content().size()).orElse(0);
        int kib = contentSize / KIB + 1;
        if (contentSize > MAX_CONTENT_BYTES || !fills.tryAcquire(kib)) {
            droppedFills.increment();
            return;
        }
        CompletableFuture<Long> sent;
        try {
            sent = put(link, key, place, new SchemaCodec.Entry(incarnation, loaded));
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var _ = sent.orTimeout(config.commandTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((taken, failure) -> {
                    fills.release(kib);
                    if (failure != null) {
                        failed(link, failure);
                    } else if (taken == 0) {
                        declinedFills.increment();
                    }
                });
    }

    private CompletableFuture<Long> put(RedisLink link, SchemaKey key, Place place, SchemaCodec.Entry entry) {
        return Script.PUT.run(
                link.commands(),
                new byte[][] {place.entry(), place.floor()},
                Floor.bytes(entry.incarnation()),
                Floor.bytes(entry.seen().revision()),
                RedisKeys.bytes(
                        Integer.toString(RedisKeys.markFor(key, entry.seen()).offset())),
                SchemaCodec.encode(place.entry(), entry),
                entryTtl,
                floorTtl);
    }

    private void failed(RedisLink link, Throwable failure) {
        // Commands that were given up because another one failed are not counted again.
        if (Troubles.isFull(failure) || trust.distrust(link)) {
            troubles.count(failure);
        }
    }

    /** Always nothing: Redis is somebody else. */
    @Override
    public Optional<Seen<Schema>> peek(SchemaKey key) {
        return Optional.empty();
    }

    @Override
    public void apply(List<SubjectChange> changes) {
        if (!changes.isEmpty()) {
            trust.deliver(keys.raises(changes));
        }
    }

    @Override
    public void clear() {
        trust.clear();
    }

    public RedisCacheStatistics statistics() {
        return new RedisCacheStatistics(
                hits.sum(),
                misses.sum(),
                bypasses.sum(),
                declinedFills.sum(),
                droppedFills.sum(),
                troubles.failures(),
                trust.timesSuspect(),
                trust.trusted() != null);
    }

    /** Waits until Redis is trusted, for so long at most; whether it is. */
    public boolean awaitTrusted(Duration atMost) {
        return trust.awaitTrusted(atMost);
    }

    @Override
    public void close() {
        trust.close();
    }

    @Override
    public String toString() {
        return "Redis[" + config.address() + "]";
    }
}
