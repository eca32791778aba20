package io.llmschema.server;

import io.llmschema.storage.postgres.ContentMaintenance.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long work has come, for the person who waits: a bar on a terminal, else a line every few seconds. */
sealed interface MaintenanceProgress extends Progress, AutoCloseable {
    @Override
    void close();

    static MaintenanceProgress of(String what, PrintWriter err) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new Bar(what, err)
                : new Lines(what, err);
    }

    /** A bar that is drawn over itself. */
    final class Bar implements MaintenanceProgress {
        private static final int WIDTH = 100;
        private static final int REDRAW_MILLIS = 250;

        private final PrintWriter err;
        private final ProgressBar bar;

        Bar(String what, PrintWriter err) {
            this.err = err;
            this.bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(0)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                    .build();
        }

        private void draw(String line) {
            err.print("\r" + line);
            err.flush();
        }

        @Override
        public void reached(long done, long total) {
            bar.maxHint(total);
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
            err.println();
        }
    }

    /** For a log. */
    final class Lines implements MaintenanceProgress {
        private static final Duration INTERVAL = Duration.ofSeconds(5);

        private final String what;
        private final PrintWriter err;
        private long nextLine = System.nanoTime() + INTERVAL.toNanos();

        Lines(String what, PrintWriter err) {
            this.what = what;
            this.err = err;
        }

        @Override
        public void reached(long done, long total) {
            if (System.nanoTime() - nextLine >= 0) {
                nextLine = System.nanoTime() + INTERVAL.toNanos();
                err.printf(Locale.ROOT, "%,d of %,d %s%n", done, total, what);
                err.flush();
            }
        }

        @Override
        public void close() {}
    }
}
