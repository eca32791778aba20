package io.llmschema.testkit;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;

class InMemoryStorageTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        return new InMemoryStorage(new JsonContainment());
    }
}
