package io.llmschema.storage.tiered;

import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.testkit.StorageHistoryContract;

class CachingPostgresHistoryTest extends StorageHistoryContract {
    @Override
    protected StorageBackend createStorage() {
        return Stacks.caching(PostgresStorage.open(TestDatabase.config()));
    }
}
