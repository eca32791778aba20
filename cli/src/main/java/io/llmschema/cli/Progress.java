package io.llmschema.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far an import, or a stream of documents, has come, for a person to watch; every method may be called by any thread. */
interface Progress extends AutoCloseable {
    /** So many more bytes were read from the disk. */
    void read(long bytes);

    /** One more row is finished. */
    void finishedRow();

    /** Says a sentence without spoiling the picture. */
    void say(String sentence);

    @Override
    void close();

    /** A bar that is drawn over itself, for a terminal. */
    final class Bar implements Progress {
        private static final int WIDTH = 100;
        private static final int REDRAW_MILLIS = 250;

        private final PrintWriter err;
        private final ProgressBar bar;
        private final AtomicLong rows = new AtomicLong();

        Bar(PrintWriter err, String task, long totalBytes) {
            this.err = err;
            this.bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(totalBytes)
                    .setUnit(" KiB", 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                    .build();
        }

        private void draw(String line) {
            synchronized (err) {
                err.print("\r" + line);
                err.flush();
            }
        }

        @Override
        public void read(long bytes) {
            bar.stepBy(bytes);
        }

        @Override
        public void finishedRow() {
            bar.setExtraMessage(String.format(Locale.ROOT, " %,d rows", rows.incrementAndGet()));
        }

        @Override
        public void say(String sentence) {
            synchronized (err) {
                err.print("\r" + " ".repeat(WIDTH) + "\r");
                err.println(sentence);
            }
        }

        @Override
        public void close() {
            bar.close();
            err.println();
        }
    }

    /** A line every few seconds, for a log. */
    final class PlainLines implements Progress {
        private static final Duration INTERVAL = Duration.ofSeconds(5);

        private final PrintWriter err;
        private final long totalBytes;
        private final long start = System.nanoTime();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong nextLine = new AtomicLong(start + INTERVAL.toNanos());

        /** @param totalBytes 0 when nobody knows */
        PlainLines(PrintWriter err, long totalBytes) {
            this.err = err;
            this.totalBytes = totalBytes;
        }

        @Override
        public void read(long more) {
            bytes.addAndGet(more);
        }

        @Override
        public void finishedRow() {
            rows.incrementAndGet();
            long now = System.nanoTime();
            long due = nextLine.get();
            if (now - due >= 0 && nextLine.compareAndSet(due, now + INTERVAL.toNanos())) {
                double seconds = (now - start) / 1e9;
                String share = totalBytes == 0
                        ? ""
                        : String.format(Locale.ROOT, "%3.0f %% read, ", 100.0 * bytes.get() / totalBytes);
                err.printf(
                        Locale.ROOT,
                        "%s%,d rows in %.0f s, %,.0f rows/s%n",
                        share,
                        rows.get(),
                        seconds,
                        rows.get() / seconds);
                err.flush();
            }
        }

        @Override
        public void say(String sentence) {
            err.println(sentence);
            err.flush();
        }

        @Override
        public void close() {}
    }
}
