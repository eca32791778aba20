package io.llmschema.storage.tiered;

import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.SchemaCacheContract;

/** The pair, with a second first tier as the slow one; over Redis it is tested in the server's room. */
class TieredSchemaCacheTest extends SchemaCacheContract {
    @Override
    protected SchemaCache createCache() {
        return new TieredSchemaCache(
                new CaffeineSchemaCache(CacheLimits.DEFAULT), new CaffeineSchemaCache(CacheLimits.DEFAULT));
    }
}
