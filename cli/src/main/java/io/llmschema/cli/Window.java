package io.llmschema.cli;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The bound on rows that have been read and are not finished: on their number, and on the text they hold in memory. */
final class Window {
    /** Rows read ahead; enough that subjects with many rows do not leave the others without work. */
    static final int MAX_ROWS = 512;

    /** Text read ahead, in units of {@link #UNIT_CHARS}: 64 Mi characters. */
    private static final int MAX_UNITS = 16_384;

    private static final int UNIT_CHARS = 4_096;

    private final Semaphore rows = new Semaphore(MAX_ROWS);
    private final Semaphore units = new Semaphore(MAX_UNITS);

    /** Waits until there is room for the row. */
    void enter(ImportRow row) {
        rows.acquireUninterruptibly();
        units.acquireUninterruptibly(unitsOf(row));
    }

    void leave(ImportRow row) {
        units.release(unitsOf(row));
        rows.release();
    }

    private static int unitsOf(ImportRow row) {
        return (int) Math.min(MAX_UNITS, row.weight() / UNIT_CHARS + 1);
    }

    /** Waits until all rows have left; false if that takes longer than said. */
    boolean awaitEmpty(Duration longest) {
        try {
            boolean isEmpty = rows.tryAcquire(MAX_ROWS, longest.toNanos(), TimeUnit.NANOSECONDS);
            if (isEmpty) {
                rows.release(MAX_ROWS);
            }
            return isEmpty;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
