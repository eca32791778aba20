package io.llmschema.storage.tiered;

import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.SchemaCacheContract;

class CaffeineSchemaCacheTest extends SchemaCacheContract {
    @Override
    protected SchemaCache createCache() {
        return new CaffeineSchemaCache(CacheLimits.DEFAULT);
    }
}
