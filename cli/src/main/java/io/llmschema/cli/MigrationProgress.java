package io.llmschema.cli;

import io.llmschema.cli.migrate.Watcher;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How far a migration has come, as lines for a person or a log: one every few seconds. */
final class MigrationProgress implements Watcher {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime() + INTERVAL.toNanos());
    private volatile String work = "";
    private volatile long pieces;

    MigrationProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void say(String sentence) {
        err.println(sentence);
        err.flush();
    }

    @Override
    public void begin(String nextWork, long nextPieces) {
        work = nextWork;
        pieces = nextPieces;
        done.set(0);
    }

    @Override
    public void advance() {
        long count = done.incrementAndGet();
        long now = System.nanoTime();
        long due = nextLine.get();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + INTERVAL.toNanos())) {
            say(Units.count(count) + " of " + Units.count(pieces) + " " + work);
        }
    }
}
