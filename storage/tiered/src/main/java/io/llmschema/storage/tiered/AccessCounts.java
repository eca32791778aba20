package io.llmschema.storage.tiered;

import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The reads of this node since they were last taken, by version.
 *
 * <p>Safe for any number of threads. A read is counted with a look-up and a few additions, without a lock, and for a version that was
 * counted before without making an object; counting never throws. At most so many versions are counted at a time as is said; reads of
 * others are only counted as dropped.
 *
 * <p>No read is lost or counted twice, however counting and taking race. All reads are counted into a generation, which taking
 * replaces by a new one. A counter enters the generation, looks whether it is still the present one, counts, and leaves. Either it sees
 * that the generation was replaced, and goes to the new one; or who replaced it sees it enter, and waits until it has left.
 */
public final class AccessCounts {
    /** The most versions that are counted between two flushes, unless told otherwise; each takes some 200 bytes. */
    public static final int DEFAULT_MAX_SCHEMAS = 50_000;

    private static final long DESERTION_PAUSE_NANOS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int DOORS = 16;
    private static final int LONGS_PER_CACHE_LINE = 8;

    private final int maxSchemas;
    private final InstantSource clock;
    private final LongAdder dropped = new LongAdder();
    private volatile Generation present;

    /** @param maxSchemas the most versions that are counted at a time */
    public AccessCounts(int maxSchemas, InstantSource clock) {
        this.maxSchemas = maxSchemas;
        this.clock = clock;
        this.present = new Generation(clock.millis());
    }

    /** What was read of one version. */
    private static final class Cell {
        private final LongAdder reads = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private volatile long lastMillis;
    }

    /** What was read between two takings. */
    private static final class Generation {
        private final Map<SchemaId, Cell> cells = new ConcurrentHashMap<>();
        private final AtomicInteger size = new AtomicInteger();
        /** How many are inside, by door; a thread leaves by the door it came through. Doors lie in cache lines of their own. */
        private final AtomicLongArray inside = new AtomicLongArray(DOORS * LONGS_PER_CACHE_LINE);

        private final long startMillis;
        private final long startNanos = System.nanoTime();

        private Generation(long startMillis) {
            this.startMillis = startMillis;
        }

        /** Returns the door. */
        int enter() {
            int door = (int) (Thread.currentThread().threadId() % DOORS) * LONGS_PER_CACHE_LINE;
            inside.getAndIncrement(door);
            return door;
        }

        void leave(int door) {
            inside.getAndDecrement(door);
        }

        /** Whether nobody is inside who entered before the generation was replaced. Who enters later goes away uncounted. */
        boolean isDeserted() {
            for (int door = 0; door < inside.length(); door += LONGS_PER_CACHE_LINE) {
                if (inside.get(door) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** The time of day at that reading of {@link System#nanoTime}, without asking the clock again. */
        long millisAt(long nanoTime) {
            return startMillis + (nanoTime - startNanos) / NANOS_PER_MILLI;
        }
    }

    /** Counts a read of a version that took so long and ends now. */
    public void count(SchemaId id, long nanos) {
        count(id, nanos, clock.millis());
    }

    /** Counts a read of a version between two readings of {@link System#nanoTime}. */
    void countBetween(SchemaId id, long start, long end) {
        count(id, end - start, present.millisAt(end));
    }

    private void count(SchemaId id, long nanos, long millis) {
        while (!tryCount(present, id, nanos, millis)) {
            Thread.onSpinWait();
        }
    }

    /** Counts, unless the generation has been replaced. */
    private boolean tryCount(Generation generation, SchemaId id, long nanos, long millis) {
        int door = generation.enter();
        try {
            if (generation != present) {
                return false;
            }
            Cell cell = cell(generation, id);
            if (cell == null) {
                dropped.increment();
                return true;
            }
            cell.nanos.add(Math.max(0, nanos));
            // Of two that come in the same moment either may stay: the time is good to about a millisecond.
            if (cell.lastMillis < millis) {
                cell.lastMillis = millis;
            }
            cell.reads.increment();
            return true;
        } finally {
            generation.leave(door);
        }
    }

    /** The cell of a version; absent: there are too many already. */
    private @Nullable Cell cell(Generation generation, SchemaId id) {
        Cell there = generation.cells.get(id);
        if (there != null) {
            return there;
        }
        if (generation.size.incrementAndGet() > maxSchemas) {
            generation.size.decrementAndGet();
            return generation.cells.get(id);
        }
        Cell made = new Cell();
        Cell first = generation.cells.putIfAbsent(id, made);
        if (first != null) {
            generation.size.decrementAndGet();
            return first;
        }
        return made;
    }

    /**
     * Takes all that was counted since it was last taken; it is counted no more here.
     *
     * <p>The reads of a version all count for the minute of the last of them. So they are taken several times a minute.
     */
    public synchronized List<AccessCount> take() {
        Generation past = present;
        present = new Generation(clock.millis());
        while (!past.isDeserted()) {
            // What is waited for is a few additions by threads that never block meanwhile.
            LockSupport.parkNanos(DESERTION_PAUSE_NANOS);
        }
        List<AccessCount> taken = new ArrayList<>(past.cells.size());
        past.cells.forEach((id, cell) -> {
            Instant last = Instant.ofEpochMilli(cell.lastMillis);
            taken.add(new AccessCount(
                    id,
                    last.truncatedTo(ChronoUnit.MINUTES),
                    cell.reads.sum(),
                    Duration.ofNanos(cell.nanos.sum()),
                    last));
        });
        return taken;
    }

    /** How many reads were never counted because they were of too many versions. */
    public long dropped() {
        return dropped.sum();
    }
}
