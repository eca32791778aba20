package io.llmschema.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmschema.model.SchemaId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Versions that schemas were compared with, or that were registered, a moment ago: the next one of the same subject is compared with them. Whole,
 * with what they refer to; that never changes, so nothing here is ever outdated. What is said of a version's state may be, and is not looked at.
 */
final class RecentVersions {
    /** What their texts have together at most. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** That one takes beside its text. */
    private static final int OVERHEAD_BYTES = 1024;

    private final Cache<SchemaId, OldVersion> versions = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((SchemaId _, OldVersion version) ->
                    Math.clamp(OVERHEAD_BYTES + Admission.bytes(version.source()), 0, Integer.MAX_VALUE))
            .executor(Runnable::run)
            .build();

    void add(OldVersion version) {
        versions.put(version.summary().id(), version);
    }

    /** The version with that id: at hand, or else from the loader. */
    Optional<OldVersion> get(SchemaId id, Supplier<Optional<OldVersion>> loader) {
        OldVersion there = versions.getIfPresent(id);
        if (there != null) {
            return Optional.of(there);
        }
        Optional<OldVersion> loaded = loader.get();
        loaded.ifPresent(this::add);
        return loaded;
    }
}
