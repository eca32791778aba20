package io.llmschema.storage.tiered;

import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.testkit.StorageBackendContract;

class CachingPostgresContractTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        return Stacks.caching(PostgresStorage.open(TestDatabase.config()));
    }
}
