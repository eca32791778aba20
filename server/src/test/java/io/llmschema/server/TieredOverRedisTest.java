package io.llmschema.server;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.SchemaCacheContract;

class TieredOverRedisTest extends SchemaCacheContract {
    @Override
    protected SchemaCache createCache() {
        return TestServers.tiers(TestServers.redis(), new InMemoryStorage(new JsonContainment()));
    }
}
