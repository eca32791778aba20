package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.cli.RegistryFailure.Unreachable;
import io.llmschema.cli.RowOutcome.Failed;
import io.llmschema.cli.RowOutcome.Skipped;
import io.llmschema.cli.Tally.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of an import: it reads sources one after the other and sends their rows, those of one subject in their order, those of
 * different subjects side by side.
 *
 * <p>The thread that calls {@link #run} reads. Each row gets a virtual thread, which waits for the row before it of the same
 * subject and for the rows it needs, then for one of the few permits to send. {@link ImportOrder} guarantees that it waits only
 * for rows that went before, {@link Window} bounds how many there are.
 */
final class ImportRun {
    /** How long rows in flight may take to finish after an interruption. */
    static final Duration MAX_FAREWELL = Duration.ofSeconds(20);

    private final RowSender sender;
    private final RunOutline outline;
    private final Semaphore permits;
    private final Window window = new Window();
    private final Interruption interruption;
    private final Progress progress;
    private final BadRows badRows;
    private final AtomicReference<Optional<Unreachable>> lost = new AtomicReference<>(Optional.empty());

    /** What has come of the last row of each subject; only the reading thread looks at the map. */
    private final Map<String, CompletableFuture<RowOutcome>> lastOf = new HashMap<>();

    /**
     * What came of a run.
     *
     * @param lost why the registry was given up, if it was
     */
    record Result(List<Counts> sources, Counts total, Optional<Unreachable> lost, boolean isInterrupted) {
        Result {
            sources = List.copyOf(sources);
        }

        ExitCode exit() {
            if (isInterrupted) {
                return ExitCode.INTERRUPTED;
            }
            if (lost.isPresent()) {
                return ExitCode.UNREACHABLE;
            }
            if (total.different() > 0) {
                return ExitCode.DIFFERENT;
            }
            return total.rejected() + total.failed() > 0 ? ExitCode.REFUSED : ExitCode.OK;
        }
    }

    /** @param concurrency how many rows are sent at a time */
    ImportRun(
            RowSender sender,
            RunOutline outline,
            int concurrency,
            Interruption interruption,
            Progress progress,
            BadRows badRows) {
        this.sender = sender;
        this.outline = outline;
        this.permits = new Semaphore(concurrency, true);
        this.interruption = interruption;
        this.progress = progress;
        this.badRows = badRows;
    }

    Result run(List<ImportSource> sources) {
        List<Counts> counts = new ArrayList<>();
        for (ImportSource source : sources) {
            if (!isOver()) {
                Tally tally = new Tally(source.name());
                read(source, tally);
                counts.add(tally.counts());
            }
        }
        Counts total = counts.stream().reduce(Counts.none("total"), Counts::plus);
        return new Result(counts, total, lost.get(), interruption.isRequested());
    }

    private boolean isOver() {
        return interruption.isRequested() || lost.get().isPresent();
    }

    private void read(ImportSource source, Tally tally) {
        long start = System.nanoTime();
        try (ImportSource.Rows rows = source.open(progress::read)) {
            ImportOrder order = new ImportOrder(outline::has, ImportOrder.MAX_HELD_CHARS);
            try {
                Optional<ImportRow> row = rows.next();
                while (row.isPresent() && !isOver()) {
                    order.accept(row.get()).forEach(ready -> dispatch(ready, tally));
                    row = rows.next();
                }
            } catch (IOException e) {
                dispatch(new Unreadable(rows.place(), "", "the file cannot be read further: " + e.getMessage()), tally);
            }
            order.drain().forEach(ready -> dispatch(ready, tally));
        } catch (IOException e) {
            ImportRow.Place place = new ImportRow.Place(source.name(), 0);
            dispatch(new Unreadable(place, "", "the file cannot be read: " + e.getMessage()), tally);
        }
        awaitRowsInFlight();
        tally.took(Duration.ofNanos(System.nanoTime() - start));
    }

    private void awaitRowsInFlight() {
        Duration slice = Duration.ofMillis(200);
        // In slices, since an interruption that comes while we wait turns patience into a bounded farewell.
        boolean isEmpty = window.awaitEmpty(slice);
        while (!isEmpty && !interruption.isRequested()) {
            isEmpty = window.awaitEmpty(slice);
        }
        if (!isEmpty) {
            window.awaitEmpty(MAX_FAREWELL);
        }
    }

    private void dispatch(ImportRow row, Tally tally) {
        window.enter(row);
        CompletableFuture<RowOutcome> previous = lastOf.getOrDefault(row.subject(), done());
        Map<String, CompletableFuture<RowOutcome>> needed = new HashMap<>();
        row.needs().stream().filter(lastOf::containsKey).forEach(need -> needed.put(need, lastOf.get(need)));
        CompletableFuture<RowOutcome> outcome = new CompletableFuture<>();
        lastOf.put(row.subject(), outcome);
        Thread.startVirtualThread(() -> {
            RowOutcome result = new Failed("internal", "the row was not finished");
            try {
                previous.join();
                Map<String, RowOutcome> results = new HashMap<>();
                needed.forEach((need, future) -> results.put(need, future.join()));
                result = send(row, results);
            } finally {
                tally.add(result);
                badRows.add(row.place(), row.subject(), result);
                outcome.complete(result);
                progress.finishedRow();
                window.leave(row);
            }
        });
    }

    private static CompletableFuture<RowOutcome> done() {
        return CompletableFuture.completedFuture(new Skipped());
    }

    private RowOutcome send(ImportRow row, Map<String, RowOutcome> needed) {
        permits.acquireUninterruptibly();
        try {
            return isOver() ? new Skipped() : sender.send(row, needed);
        } catch (Unreachable unreachable) {
            lost.compareAndSet(Optional.empty(), Optional.of(unreachable));
            return new Skipped();
        } catch (RuntimeException e) {
            // A fault of this program must not take the other rows with it, nor let those behind this one wait for
            // ever.
            return new Failed("internal", e.toString());
        } finally {
            permits.release();
        }
    }
}
