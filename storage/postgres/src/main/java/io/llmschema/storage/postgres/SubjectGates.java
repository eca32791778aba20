package io.llmschema.storage.postgres;

import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Subject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A fixed set of locks, one of which every change to a subject passes before it takes a connection.
 *
 * <p>The row lock in the database keeps changes to one subject apart. But whoever waits for it holds a connection, and a crowd at one
 * subject would hold them all. The gates let one of them through at a time, so the crowd costs one connection. They are no part of
 * correctness: other nodes do not know them.
 */
final class SubjectGates {
    /** Two subjects share a gate with this probability's inverse. */
    private static final int GATES = 256;

    private final ReentrantLock[] gates =
            Stream.generate(() -> new ReentrantLock(true)).limit(GATES).toArray(ReentrantLock[]::new);
    private final Duration wait;

    /** @param wait how long to wait at a gate before the change is refused */
    SubjectGates(Duration wait) {
        this.wait = wait;
    }

    <R> R through(Subject subject, Supplier<R> change) {
        return through(subject, change, change);
    }

    /**
     * Lets one change through.
     *
     * @param change what is done if the gate was open
     * @param changeAfterAnother what is done if another change was let through first, which may well have been to the same subject
     */
    <R> R through(Subject subject, Supplier<R> change, Supplier<R> changeAfterAnother) {
        ReentrantLock gate = gates[Math.floorMod(subject.hashCode(), GATES)];
        boolean isOpen;
        try {
            // Not without a time: that would overtake those who wait.
            isOpen = gate.tryLock(0, TimeUnit.NANOSECONDS);
            if (!isOpen && !gate.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageUnavailable(
                        "too many changes to subject '" + subject + "' at once", new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("the server is stopping", e);
        }
        try {
            return (isOpen ? change : changeAfterAnother).get();
        } finally {
            gate.unlock();
        }
    }
}
