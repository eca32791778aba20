package io.llmschema.storage;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.BlobPage.Blob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A {@link BlobStore} in the memory of the process: what the port means, as code, and something to test with. */
public final class InMemoryBlobStore implements BlobStore {
    /** By the text of the hash, whose order is that of listings. */
    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();

    private final InstantSource clock;

    private record Stored(byte[] bytes, Instant at) {}

    public InMemoryBlobStore() {
        this(InstantSource.system());
    }

    public InMemoryBlobStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void put(Fingerprint hash, byte[] bytes) {
        BlobChecks.beforePut(hash, bytes);
        objects.putIfAbsent(hash.toString(), new Stored(bytes.clone(), clock.instant()));
    }

    @Override
    public Optional<byte[]> get(Fingerprint hash) {
        return Optional.ofNullable(objects.get(hash.toString()))
                .map(stored -> BlobChecks.afterGet(hash, stored.bytes().clone(), toString()));
    }

    @Override
    public boolean exists(Fingerprint hash) {
        return objects.containsKey(hash.toString());
    }

    @Override
    public void delete(Fingerprint hash) {
        objects.remove(hash.toString());
    }

    /** Lets an object have these bytes from now on, whatever its name says, as a failing disk does. */
    public void overwrite(Fingerprint hash, byte[] bytes) {
        objects.put(hash.toString(), new Stored(bytes.clone(), clock.instant()));
    }

    @Override
    public BlobPage list(@Nullable Fingerprint after, int limit) {
        BlobChecks.limit(limit);
        List<Blob> found = (after == null ? objects : objects.tailMap(after.toString(), false))
                .entrySet().stream()
                        .limit(limit + 1L)
                        .map(entry -> new Blob(
                                Fingerprint.parse(entry.getKey()),
                                entry.getValue().bytes().length,
                                entry.getValue().at()))
                        .toList();
        return BlobPage.of(found, limit);
    }

    @Override
    public Optional<URI> downloadUrl(Fingerprint hash, Duration validFor) {
        return Optional.empty();
    }

    @Override
    public Health check() {
        return new Health(true, objects.size() + " objects in memory");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the memory of this process";
    }
}
