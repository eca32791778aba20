package io.llmschema.testkit;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;

class InMemoryStorageHistoryTest extends StorageHistoryContract {
    @Override
    protected StorageBackend createStorage() {
        return new InMemoryStorage(new JsonContainment());
    }
}
