package io.llmschema.storage.tiered;

import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.ObservableStorage;

/** Stores with caches in front of them. */
final class Stacks {
    private Stacks() {}

    static CachingStorage caching(ObservableStorage storage) {
        return new CachingStorage(
                storage,
                new CaffeineSchemaCache(CacheLimits.DEFAULT),
                CacheLimits.DEFAULT,
                InvalidationChannel.none(),
                CachingStorage.DEFAULT_STALENESS_BOUND);
    }
}
