package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.storage.Health;
import io.llmschema.storage.StorageBackend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StorageBackend} does, alone or decorated. Extended in one line; the groups of tests are classes of their own.
 */
public abstract class StorageBackendContract {
    /**
     * The store to test, called once for each test, which closes it.
     *
     * <p>It may hold anything of other tenants: each test works for tenants with random names.
     */
    protected abstract StorageBackend createStorage();

    @Test
    void check_isUp() {
        try (StorageBackend storage = createStorage()) {
            Health health = storage.check();

            assertThat(health.isUp()).as(health.detail()).isTrue();
        }
    }

    @Test
    void toString_namesTheStackOnOneLine() {
        try (StorageBackend storage = createStorage()) {
            assertThat(storage.toString()).isNotBlank().doesNotContain("\n", "@");
        }
    }

    @Nested
    class Registrations extends StorageRegistrationContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Placements extends StoragePlacementContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Selections extends StorageSelectionContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Contents extends StorageContentContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Changes extends StorageChangeContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Purges extends StoragePurgeContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Subjects extends StorageSubjectContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Settings extends StorageSettingsContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Listings extends StorageListingContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Searches extends StorageSearchContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Dependencies extends StorageDependencyContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Tenants extends StorageTenantContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Transactions extends StorageTransactionContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }

    @Nested
    class Concurrency extends StorageConcurrencyContract {
        @Override
        StorageBackend createStorage() {
            return StorageBackendContract.this.createStorage();
        }
    }
}
