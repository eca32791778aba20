package io.llmschema.storage.tiered;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.StorageBackendContract;

class CachingInMemoryContractTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        return Stacks.caching(new InMemoryStorage(new JsonContainment()));
    }
}
