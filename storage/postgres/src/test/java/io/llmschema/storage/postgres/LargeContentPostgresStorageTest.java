package io.llmschema.storage.postgres;

import io.llmschema.storage.InMemoryBlobStore;
import io.llmschema.storage.StorageBackend;
import io.llmschema.testkit.StorageBackendContract;

/** The contract with nearly every content in a blob store. */
class LargeContentPostgresStorageTest extends StorageBackendContract {
    private static final PostgresConfig DATABASE = TestDatabase.ofItsOwn();
    private static final BlobPlace BLOBS = new BlobPlace(new InMemoryBlobStore(), 1);

    @Override
    protected StorageBackend createStorage() {
        return PostgresStorage.open(DATABASE, BLOBS);
    }
}
