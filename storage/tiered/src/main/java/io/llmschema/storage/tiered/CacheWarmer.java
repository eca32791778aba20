package io.llmschema.storage.tiered;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SubjectChange;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Asks for what is likely to be asked for next, in the background: after a registration, the new version, what is the latest now, and
 * what the new version refers to.
 *
 * <p>It never holds anyone up: what it cannot do at once is queued, and what does not fit is left out.
 */
final class CacheWarmer implements AutoCloseable {
    private static final int MAX_QUEUED = 1_000;

    /** What asks the caches, and fills them. */
    @FunctionalInterface
    interface Reader {
        Optional<Schema> read(SchemaKey key);
    }

    private final BlockingQueue<SubjectChange> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final Reader reader;
    private final Thread thread;

    /** Beside the interrupt, which whoever is asked might take for its own. */
    private volatile boolean isClosed;

    CacheWarmer(Reader reader) {
        this.reader = reader;
        this.thread = Thread.ofVirtual().name("cache-warmer").start(this::run);
    }

    /** Has the versions read that have come to a subject. */
    void warm(SubjectChange addition) {
        if (!addition.versions().isEmpty()) {
            queue.offer(addition);
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                read(queue.take());
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    private void read(SubjectChange addition) {
        try {
            Subject subject = addition.subject();
            reader.read(new SchemaKey.ByVersion(subject, VersionSelector.LATEST));
            for (SubjectChange.Version version : addition.versions()) {
                reader.read(new SchemaKey.ById(version.id()))
                        .ifPresent(schema -> schema.summary().references().forEach(this::readTarget));
            }
        } catch (RuntimeException e) {
            // Whoever asks for it later will be told why it cannot be had.
            System.getLogger(CacheWarmer.class.getName()).log(System.Logger.Level.DEBUG, "not warmed", e);
        }
    }

    private void readTarget(SchemaReference reference) {
        reader.read(new SchemaKey.ByVersion(reference.subject(), new VersionSelector.Exact(reference.version())));
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
