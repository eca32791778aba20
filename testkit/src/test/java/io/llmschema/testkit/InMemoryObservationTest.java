package io.llmschema.testkit;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.ObservableStorage;

class InMemoryObservationTest extends ObservableStorageContract {
    @Override
    protected ObservableStorage createStorage() {
        return new InMemoryStorage(new JsonContainment());
    }
}
