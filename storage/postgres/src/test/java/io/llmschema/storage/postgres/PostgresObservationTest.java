package io.llmschema.storage.postgres;

import io.llmschema.storage.ObservableStorage;
import io.llmschema.testkit.ObservableStorageContract;

class PostgresObservationTest extends ObservableStorageContract {
    @Override
    protected ObservableStorage createStorage() {
        return PostgresStorage.open(TestDatabase.config());
    }
}
