package io.llmschema.server;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.redis.RedisConfig;
import io.llmschema.storage.redis.RedisInvalidations;
import io.llmschema.storage.tiered.CacheLimits;
import io.llmschema.storage.tiered.CachingStorage;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.StorageBackendContract;

/** The whole stack as a server has it, over a store in memory. */
class CachingOverRedisTest extends StorageBackendContract {
    @Override
    protected StorageBackend createStorage() {
        InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
        RedisConfig redis = TestServers.redis();
        return new CachingStorage(
                storage,
                TestServers.tiers(redis, storage),
                CacheLimits.DEFAULT,
                new RedisInvalidations(redis),
                CachingStorage.DEFAULT_STALENESS_BOUND);
    }
}
