package io.llmschema.testkit;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.Health;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store of objects that can be away, or slow. It counts what it is asked, also while it is away. */
public final class FailingBlobStore implements BlobStore {
    private final BlobStore store;
    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean isAway;

    public FailingBlobStore(BlobStore store) {
        this.store = store;
    }

    /** From now on every question and change is refused with {@link StorageUnavailable}. */
    public void fall() {
        isAway = true;
    }

    /** From now on it answers again. */
    public void recover() {
        isAway = false;
    }

    /** From now on every question and change waits until the latch is open, and fails only then if it is to fail. */
    public void hold(CountDownLatch open) {
        held = open;
    }

    /** How often anything was asked of it or done to it, checks left out. */
    public int calls() {
        return calls.get();
    }

    /** How often something was put. */
    public int puts() {
        return puts.get();
    }

    /** How often an object's bytes were asked for. */
    public int gets() {
        return gets.get();
    }

    private BlobStore answering() {
        calls.incrementAndGet();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted", e);
        }
        if (isAway) {
            throw new StorageUnavailable("it is away", new IllegalStateException("a test has sent it away"));
        }
        return store;
    }

    @Override
    public void put(Fingerprint hash, byte[] bytes) {
        puts.incrementAndGet();
        answering().put(hash, bytes);
    }

    @Override
    public Optional<byte[]> get(Fingerprint hash) {
        gets.incrementAndGet();
        return answering().get(hash);
    }

    @Override
    public boolean exists(Fingerprint hash) {
        return answering().exists(hash);
    }

    @Override
    public void delete(Fingerprint hash) {
        answering().delete(hash);
    }

    @Override
    public BlobPage list(@Nullable Fingerprint after, int limit) {
        return answering().list(after, limit);
    }

    @Override
    public Optional<URI> downloadUrl(Fingerprint hash, Duration validFor) {
        return answering().downloadUrl(hash, validFor);
    }

    @Override
    public Health check() {
        return isAway ? new Health(false, "it is away") : store.check();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "failing " + store;
    }
}
