package io.llmschema.testkit;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;
import org.junit.jupiter.api.Test;

/**
 * That a store answers as {@link InMemoryStorage} does, whatever is done to it in whatever order.
 *
 * <p>{@code -Dhistories=} sets how many random histories are tried, {@code -Dseed=} repeats the one that failed.
 */
public abstract class StorageHistoryContract {
    private static final int HISTORIES = Integer.getInteger("histories", 20);
    private static final int STEPS = 60;

    /** The store to test, called once for each test, which closes it. It may hold anything of other tenants. */
    protected abstract StorageBackend createStorage();

    @Test
    void randomHistory_isTheSameInMemory() {
        Long replayed = Long.getLong("seed");
        long firstSeed = replayed == null ? System.nanoTime() : replayed;
        int histories = replayed == null ? HISTORIES : 1;
        try (StorageBackend storage = createStorage()) {
            for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
                StorageHistories.compare(new InMemoryStorage(new JsonContainment()), storage, seed, STEPS);
            }
        }
    }
}
