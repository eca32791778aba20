package io.llmschema.storage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The history of an {@link InMemoryStorage}: the last {@value #CAPACITY} transactions. Guarded by its lock. */
final class InMemoryChangeLog {
    private static final int CAPACITY = 10_000;

    /** What a transaction did. */
    private record Entry(List<SubjectChange> changes, ChangePosition position, long nanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private ChangePosition end = ChangePosition.START;
    private boolean isCut;

    /** @param position behind the changes, and behind that of the call before */
    void append(List<SubjectChange> changes, ChangePosition position) {
        lock.lock();
        try {
            entries.addLast(new Entry(List.copyOf(changes), position, System.nanoTime()));
            if (entries.size() > CAPACITY) {
                entries.removeFirst();
                isCut = true;
            }
            end = position;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    ChangeFeed follow() {
        return new Feed();
    }

    Changes recent(Duration age, int limit) {
        lock.lock();
        try {
            long from = System.nanoTime() - age.toNanos();
            Map<Object, SubjectChange> bySubject = new LinkedHashMap<>();
            entries.stream()
                    .filter(entry -> entry.nanos() >= from)
                    .flatMap(entry -> entry.changes().stream())
                    .forEach(change -> bySubject.merge(change.subject(), change, SubjectChange::merge));
            boolean isComplete = bySubject.size() <= limit && !isCut;
            return new Changes(
                    isComplete ? List.copyOf(bySubject.values()) : List.of(), end, System.nanoTime(), isComplete);
        } finally {
            lock.unlock();
        }
    }

    /** Reads the log from where it ended at the first call. */
    private final class Feed implements ChangeFeed {
        private ChangePosition told = ChangePosition.START;
        private boolean isOpen;

        @Override
        public Changes next(Duration atMost) {
            lock.lock();
            try {
                if (!isOpen) {
                    isOpen = true;
                    told = end;
                    return new Changes(List.of(), end, System.nanoTime(), true);
                }
                awaitMore(atMost.toNanos());
                List<SubjectChange> changes = new ArrayList<>();
                entries.stream()
                        .filter(entry -> entry.position().compareTo(told) > 0)
                        .forEach(entry -> changes.addAll(entry.changes()));
                boolean isComplete = end.value() - told.value() <= CAPACITY;
                told = end;
                return new Changes(changes, end, System.nanoTime(), isComplete);
            } finally {
                lock.unlock();
            }
        }

        private void awaitMore(long atMostNanos) {
            long left = atMostNanos;
            try {
                while (end.equals(told) && left > 0) {
                    left = grown.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                // Who is interrupted is answered at once, and finds out by itself.
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}
    }
}
