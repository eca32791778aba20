package io.llmschema.storage.tiered;

import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessCount;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final int maxSchemas;
    private final InstantSource clock;
    private final LongAdder dropped = new LongAdder();
    private volatile Generation present = new Generation();

    /** @param maxSchemas the most versions that are counted at a time */
    public AccessCounts(int maxSchemas, InstantSource clock) {
        this.maxSchemas = maxSchemas;
        this.clock = clock;
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
        private final LongAdder entered = new LongAdder();
        private final LongAdder left = new LongAdder();

        /** Whether everyone who has entered has left. Left is summed first, so that nobody can be missed who is still inside. */
        boolean isDeserted() {
            long out = left.sum();
            return out == entered.sum();
        }
    }

    /** Counts a read of a version that took so long. */
    public void count(SchemaId id, long nanos) {
        while (!tryCount(present, id, nanos)) {
            Thread.onSpinWait();
        }
    }

    /** Counts, unless the generation has been replaced. */
    private boolean tryCount(Generation generation, SchemaId id, long nanos) {
        generation.entered.increment();
        try {
            // An adder promises no order with what follows, and the argument in this class's header rests on it.
            VarHandle.fullFence();
            if (generation != present) {
                return false;
            }
            long now = clock.millis();
            Cell cell = cell(generation, id);
            if (cell == null) {
                dropped.increment();
                return true;
            }
            cell.nanos.add(Math.max(0, nanos));
            // Of two that come in the same moment either may stay: the time is good to about a millisecond.
            if (cell.lastMillis < now) {
                cell.lastMillis = now;
            }
            cell.reads.increment();
            return true;
        } finally {
            generation.left.increment();
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
        present = new Generation();
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
