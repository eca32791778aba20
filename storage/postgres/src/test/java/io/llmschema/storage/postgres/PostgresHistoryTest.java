package io.llmschema.storage.postgres;

import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.StorageHistoryContract;

class PostgresHistoryTest extends StorageHistoryContract {
    @Override
    protected StorageBackend createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }
}
