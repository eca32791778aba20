package io.llmschema.storage.tiered;

import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRecord;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hand that writes what came of this node's validations into the validation log, in batches, and keeps the log in order; in the
 * background, from its start until it is closed.
 *
 * <p>When the log cannot be written, records are kept and written later, as long as there is room. Then new ones are dropped rather than
 * old ones, because dropping what is new takes no more than not adding it; the log says how many that were.
 */
public final class ValidationRecorder implements AutoCloseable {
    public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofSeconds(5);

    /** How often the log is kept in order. */
    public static final Duration MAINTENANCE_INTERVAL = Duration.ofMinutes(5);

    /** The most that waits here to be written: records, and each field in which one failed. Up to 20 MB if all are as long as they may be. */
    static final int MAX_WAITING = 50_000;

    /** So much is written without waiting for the end of the interval. */
    private static final int PLENTY = MAX_WAITING / 4;

    private final ValidationLog log;
    private final Troubles troubles = new Troubles(System.getLogger(ValidationRecorder.class.getName()));
    private final Queue<ValidationRecord> queue = new ConcurrentLinkedQueue<>();

    /** The weight of what is in the queue and in the batch, or is about to be refused. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final LongAdder dropped = new LongAdder();

    /** Taken from the queue and not written yet. Used by the flushing thread only, and by others when that has ended. */
    private final List<ValidationRecord> batch = new ArrayList<>();

    private long droppedBefore;
    private final Rounds flushing;
    private final Rounds maintaining;

    private ValidationRecorder(ValidationLog log, Duration flushInterval, Duration maintenanceInterval) {
        this.log = log;
        this.flushing = Rounds.start("validation-flush", flushInterval, Rounds.Extra.LAST, this::flush);
        this.maintaining =
                Rounds.start("validation-maintenance", maintenanceInterval, Rounds.Extra.FIRST, this::maintain);
    }

    /** Starts to write what is added, at intervals of this length. */
    public static ValidationRecorder start(ValidationLog log, Duration flushInterval) {
        return start(log, flushInterval, MAINTENANCE_INTERVAL);
    }

    static ValidationRecorder start(ValidationLog log, Duration flushInterval, Duration maintenanceInterval) {
        return new ValidationRecorder(log, flushInterval, maintenanceInterval);
    }

    /** Has a validation remembered, a little later. Never waits and never throws; safe for any number of threads. */
    public void add(ValidationRecord record) {
        int weight = weight(record);
        int all = waiting.addAndGet(weight);
        if (all > MAX_WAITING) {
            waiting.addAndGet(-weight);
            dropped.increment();
            return;
        }
        queue.add(record);
        if (all >= PLENTY && all - weight < PLENTY) {
            flushing.wake();
        }
    }

    /** How much of a store's work and of this node's memory a record takes. */
    private static int weight(ValidationRecord record) {
        return 1 + record.fields().size();
    }

    /** Writes what was added, in batches; at the first trouble it stops, and what is left waits for the next time. */
    private void flush() {
        tellWhatWasDropped();
        boolean isMore = true;
        while (isMore && fillBatch()) {
            // Behind a batch that was not full, there is next to nothing by now.
            isMore = batch.size() == ValidationLog.MAX_BATCH;
            isMore &= writeBatch();
        }
    }

    /** Returns whether there is anything in it. */
    private boolean fillBatch() {
        while (batch.size() < ValidationLog.MAX_BATCH) {
            ValidationRecord next = queue.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return !batch.isEmpty();
    }

    /** Returns whether the batch is gone. */
    private boolean writeBatch() {
        try {
            log.record(batch);
        } catch (StorageUnavailable | RolledBack e) {
            troubles.tell(
                    "flush", Level.WARNING, "validations cannot be recorded now, and are kept: " + e.getMessage());
            return false;
        } catch (RuntimeException e) {
            // It will not pass. Kept, this batch would be in the way of all that come after it.
            troubles.tell("defect", Level.ERROR, "%d validations cannot be recorded: %s".formatted(batch.size(), e));
        }
        waiting.addAndGet(-batch.stream().mapToInt(ValidationRecorder::weight).sum());
        batch.clear();
        return true;
    }

    private void tellWhatWasDropped() {
        long now = dropped.sum();
        if (now > droppedBefore) {
            troubles.tell(
                    "dropped",
                    Level.WARNING,
                    (now - droppedBefore) + " validations were not recorded: more came than could be written");
            droppedBefore = now;
        }
    }

    /** How many validations were never recorded because too many were waiting. */
    public long dropped() {
        return dropped.sum();
    }

    private void maintain() {
        try {
            log.maintain();
        } catch (RuntimeException e) {
            troubles.tell(
                    "maintenance", Level.WARNING, "the validation log cannot be kept in order now: " + e.getMessage());
        }
    }

    /** Writes what was added so far, if the log can be written now, and ends. What is added afterwards is lost. */
    @Override
    public void close() {
        flushing.close();
        maintaining.close();
        if (flushing.hasEnded() && !(batch.isEmpty() && queue.isEmpty())) {
            troubles.tell("lost", Level.WARNING, (batch.size() + queue.size()) + " validations were not recorded");
        }
    }
}
