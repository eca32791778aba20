package io.llmschema.storage.tiered;

import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessCount;
import io.llmschema.storage.AccessLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The hand that writes this node's counts into the access log, again and again, and keeps the log in order; in the background, from its
 * start until it is closed.
 *
 * <p>When the log cannot be written, counts are kept and written later: each minute by itself as long as there is room, then all that
 * comes in one.
 */
public final class AccessRecorder implements AutoCloseable {
    public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofSeconds(10);

    /** How often the log is kept in order. */
    public static final Duration MAINTENANCE_INTERVAL = Duration.ofMinutes(5);

    /** The most counts, of a version and minute each, that wait here to be written. */
    static final int MAX_WAITING = 50_000;

    /** What counts wait by. */
    private record Key(SchemaId id, Instant minute) {}

    private final AccessCounts counts;
    private final AccessLog log;
    private final Troubles troubles = new Troubles(System.getLogger(AccessRecorder.class.getName()));

    /** Taken from the counts and not written yet. Used by the flushing thread only. */
    private final Map<Key, AccessCount> waiting = new LinkedHashMap<>();

    private final AtomicLong droppedBefore = new AtomicLong();
    private final Rounds flushing;
    private final Rounds maintaining;

    private AccessRecorder(AccessCounts counts, AccessLog log, Duration flushInterval, Duration maintenanceInterval) {
        this.counts = counts;
        this.log = log;
        this.flushing = Rounds.start("access-flush", flushInterval, Rounds.Extra.LAST, this::flush);
        this.maintaining = Rounds.start("access-maintenance", maintenanceInterval, Rounds.Extra.FIRST, this::maintain);
    }

    /** Starts to write what is counted, at intervals of this length. */
    public static AccessRecorder start(AccessCounts counts, AccessLog log, Duration flushInterval) {
        return start(counts, log, flushInterval, MAINTENANCE_INTERVAL);
    }

    static AccessRecorder start(
            AccessCounts counts, AccessLog log, Duration flushInterval, Duration maintenanceInterval) {
        return new AccessRecorder(counts, log, flushInterval, maintenanceInterval);
    }

    /** Writes what was counted, in batches; at the first trouble it stops, and what is left waits for the next time. */
    private void flush() {
        try {
            takeWhileThereIsRoom();
            while (!waiting.isEmpty()) {
                List<Key> keys =
                        waiting.keySet().stream().limit(AccessLog.MAX_BATCH).toList();
                log.record(keys.stream().map(waiting::get).toList());
                keys.forEach(waiting::remove);
            }
        } catch (RuntimeException e) {
            troubles.tell("flush", Level.WARNING, "reads cannot be recorded now, and are kept: " + e.getMessage());
        }
    }

    private void takeWhileThereIsRoom() {
        if (waiting.size() < MAX_WAITING) {
            counts.take()
                    .forEach(count -> waiting.merge(new Key(count.id(), count.minute()), count, AccessCount::plus));
        }
        long dropped = counts.dropped();
        long before = droppedBefore.getAndSet(dropped);
        if (dropped > before) {
            troubles.tell(
                    "dropped",
                    Level.WARNING,
                    (dropped - before) + " reads were not counted: more versions were read than are counted at a time");
        }
    }

    private void maintain() {
        try {
            log.maintain();
        } catch (RuntimeException e) {
            troubles.tell(
                    "maintenance", Level.WARNING, "the access log cannot be kept in order now: " + e.getMessage());
        }
    }

    /** Writes what was counted so far, if the log can be written now, and ends. */
    @Override
    public void close() {
        flushing.close();
        maintaining.close();
        if (flushing.hasEnded() && !waiting.isEmpty()) {
            troubles.tell(
                    "lost",
                    Level.WARNING,
                    "the counts of %d versions and minutes were not recorded".formatted(waiting.size()));
        }
    }
}
