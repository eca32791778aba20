package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.fail;

import io.llmschema.model.RegistryException.StorageUnavailable;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A log that keeps what it is given, and does not answer while a test says so. Guarded by its lock, so looked into by conditions that
 * are waited for, or when nobody writes to it any more.
 *
 * @param <T> what is recorded
 */
abstract class BrokenLog<T> {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition happened = lock.newCondition();
    private final List<List<T>> batches = new ArrayList<>();
    private volatile boolean isBroken;
    private int refusals;
    private int maintenances;

    void setBroken(boolean isItNow) {
        isBroken = isItNow;
    }

    /** Waits until something is so, which is asked whenever something has happened. */
    void await(BooleanSupplier condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    fail("not within %d s: %s".formatted(PATIENCE_SECONDS, this));
                }
                left = happened.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    private void answer(Runnable work) {
        lock.lock();
        try {
            if (isBroken) {
                refusals++;
                throw new StorageUnavailable("it is broken", new ConnectException());
            }
            work.run();
        } finally {
            happened.signalAll();
            lock.unlock();
        }
    }

    public void record(Collection<T> batch) {
        answer(() -> batches.add(List.copyOf(batch)));
    }

    List<List<T>> batches() {
        return batches;
    }

    List<T> recorded() {
        return batches.stream().flatMap(List::stream).toList();
    }

    int refusals() {
        return refusals;
    }

    int maintenances() {
        return maintenances;
    }

    public boolean maintain() {
        answer(() -> maintenances++);
        return true;
    }

    @Override
    public String toString() {
        return "batches %s, %d refusals, %d maintenances"
                .formatted(batches.stream().map(List::size).toList(), refusals, maintenances);
    }
}
