package io.llmschema.storage.redis;

import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.RedisCluster;
import io.llmschema.testkit.SchemaCacheContract;
import org.junit.jupiter.api.AfterAll;

class RedisClusterSchemaCacheTest extends SchemaCacheContract {
    private static final RedisCluster CLUSTER = RedisCluster.start();

    @Override
    protected SchemaCache createCache() {
        return TestRedis.trusted(TestRedis.patient(CLUSTER.url()), TestRedis.quiet());
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }
}
