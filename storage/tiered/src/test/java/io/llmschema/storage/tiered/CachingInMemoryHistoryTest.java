package io.llmschema.storage.tiered;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.StorageHistoryContract;

class CachingInMemoryHistoryTest extends StorageHistoryContract {
    @Override
    protected StorageBackend createStorage() {
        return Stacks.caching(new InMemoryStorage(new JsonContainment()));
    }
}
