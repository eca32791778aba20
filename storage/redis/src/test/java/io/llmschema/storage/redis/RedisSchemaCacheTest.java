package io.llmschema.storage.redis;

import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.SchemaCacheContract;

class RedisSchemaCacheTest extends SchemaCacheContract {
    @Override
    protected SchemaCache createCache() {
        return TestRedis.trusted(TestRedis.patient(TestRedis.shared().url()), TestRedis.quiet());
    }
}
