package io.llmschema.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The order in which rows are sent: as they stand in their file, except that a row waits here until a row of every subject it
 * needs has gone before it.
 *
 * <p>So whatever goes out needs only what went out earlier, and whoever sends it may wait for that without ever waiting for
 * something that is still to be read. Rows of one subject keep their order: behind one that waits, the others wait too. What is
 * held is bounded; when the bound is passed, or needs run in a circle, rows go as they are and the registry says what is missing.
 * Used by one thread.
 */
final class ImportOrder {
    /** The most text that waiting rows may hold. */
    static final long MAX_HELD_CHARS = 64L << 20;

    /** The most rows that may wait. */
    static final int MAX_HELD_ROWS = 20_000;

    private final Predicate<String> comesInThisRun;
    private final long maxHeldChars;
    private final Set<String> gone = new HashSet<>();
    private final Map<String, Deque<ImportRow>> heldBySubject = new HashMap<>();
    private final Map<String, Set<String>> waitersByNeed = new HashMap<>();
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();
    private long heldChars;
    private int heldRows;

    ImportOrder(Predicate<String> comesInThisRun, long maxHeldChars) {
        this.comesInThisRun = comesInThisRun;
        this.maxHeldChars = maxHeldChars;
    }

    /** The rows that may go now, in their order: this one and those that waited for it, or none. */
    List<ImportRow> accept(ImportRow row) {
        List<ImportRow> ready = new ArrayList<>();
        if (waiting.contains(row.subject()) || !missing(row).isEmpty()) {
            hold(row);
        } else {
            release(row, ready);
        }
        while (heldChars > maxHeldChars || heldRows > MAX_HELD_ROWS) {
            releaseOldest(ready);
        }
        return ready;
    }

    /** What still waits when there is nothing more to come. */
    List<ImportRow> drain() {
        List<ImportRow> ready = new ArrayList<>();
        while (!waiting.isEmpty()) {
            releaseOldest(ready);
        }
        return ready;
    }

    private List<String> missing(ImportRow row) {
        return row.needs().stream()
                .filter(need -> !gone.contains(need) && comesInThisRun.test(need))
                .toList();
    }

    private void hold(ImportRow row) {
        heldBySubject
                .computeIfAbsent(row.subject(), subject -> new ArrayDeque<>())
                .add(row);
        waiting.add(row.subject());
        missing(row)
                .forEach(need -> waitersByNeed
                        .computeIfAbsent(need, n -> new LinkedHashSet<>())
                        .add(row.subject()));
        heldChars += row.weight();
        heldRows++;
    }

    private void releaseOldest(List<ImportRow> ready) {
        release(unhold(waiting.getFirst()), ready);
    }

    private ImportRow unhold(String subject) {
        Deque<ImportRow> held = heldBySubject.getOrDefault(subject, new ArrayDeque<>());
        ImportRow row = held.remove();
        if (held.isEmpty()) {
            heldBySubject.remove(subject);
            waiting.remove(subject);
        }
        heldChars -= row.weight();
        heldRows--;
        return row;
    }

    /** Iterative, since a chain of imports may be longer than a stack is deep. */
    private void release(ImportRow first, List<ImportRow> ready) {
        Deque<ImportRow> releasing = new ArrayDeque<>(List.of(first));
        while (!releasing.isEmpty()) {
            ImportRow row = releasing.remove();
            ready.add(row);
            gone.add(row.subject());
            Set<String> woken = new LinkedHashSet<>(waitersByNeed.getOrDefault(row.subject(), Set.of()));
            waitersByNeed.remove(row.subject());
            woken.add(row.subject());
            woken.forEach(subject -> unholdReady(subject, releasing));
        }
    }

    private void unholdReady(String subject, Deque<ImportRow> releasing) {
        while (heldBySubject.containsKey(subject)
                && missing(heldBySubject.get(subject).element()).isEmpty()) {
            releasing.add(unhold(subject));
        }
    }
}
