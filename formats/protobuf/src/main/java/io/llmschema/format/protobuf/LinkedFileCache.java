package io.llmschema.format.protobuf;

import io.llmschema.model.SchemaContent;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Recently linked files, because many schemas refer to the same ones, and a reference is given as a text again and again.
 *
 * <p>A file is found by its path and text. What it was linked to is kept with it: whoever takes it out compares that with what the
 * path means now. Bounded by {@link #MAX_KEPT_BYTES} of text, least recently used first. One lock guards everything; nothing is
 * linked while it is held.
 */
final class LinkedFileCache {
    /** How much text is kept at most; its descriptors take about ten times as much memory. */
    static final long MAX_KEPT_BYTES = 8L << 20;

    record Key(String path, SchemaContent content) {
        int size() {
            return path.length() + content.size();
        }
    }

    record Kept(LinkedFile file, Imports imports) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final long maxBytes;
    private long bytes;

    LinkedFileCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Optional<Kept> find(Key key) {
        lock.lock();
        try {
            return Optional.ofNullable(kept.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a file in place of what was kept for the key. */
    void put(Key key, Kept file) {
        lock.lock();
        try {
            if (kept.put(key, file) == null) {
                bytes += key.size();
            }
            var eldest = kept.entrySet().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                bytes -= eldest.next().getKey().size();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    long keptBytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
