package io.llmschema.storage.tiered;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.StorageBackendContract;
import java.time.InstantSource;

class CountingStorageTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        return new CountingStorage(
                new InMemoryStorage(new JsonContainment()),
                new AccessCounts(AccessCounts.DEFAULT_MAX_SCHEMAS, InstantSource.system()));
    }
}
