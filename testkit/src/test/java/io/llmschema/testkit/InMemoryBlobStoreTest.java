package io.llmschema.testkit;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.InMemoryBlobStore;

class InMemoryBlobStoreTest extends BlobStoreContract {
    private final InMemoryBlobStore store = new InMemoryBlobStore();

    @Override
    protected BlobStore createStore() {
        return store;
    }

    @Override
    protected void overwrite(Fingerprint hash, byte[] bytes) {
        store.overwrite(hash, bytes);
    }
}
