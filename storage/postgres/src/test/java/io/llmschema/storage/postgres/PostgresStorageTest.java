package io.llmschema.storage.postgres;

import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.StorageBackendContract;

class PostgresStorageTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }
}
