package io.llmschema.server;

import io.llmschema.storage.ChangeLog;
import io.llmschema.storage.redis.RedisConfig;
import io.llmschema.storage.redis.RedisSchemaCache;
import io.llmschema.storage.tiered.CacheLimits;
import io.llmschema.storage.tiered.CaffeineSchemaCache;
import io.llmschema.storage.tiered.TieredSchemaCache;
import io.llmschema.testkit.RedisServer;
import java.time.Duration;
import java.util.UUID;

/** One real Redis for all tests of this JVM, and both tiers over it. */
final class TestServers {
    /** So that a busy machine is not taken for a Redis in trouble. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final RedisServer REDIS = start();

    private TestServers() {}

    private static RedisServer start() {
        RedisServer server = RedisServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    static RedisConfig redis() {
        return RedisConfig.of(REDIS.url()).withCommandTimeout(PATIENCE).withPrefix("test-" + UUID.randomUUID());
    }

    /** Both tiers, the second ready for use. */
    static TieredSchemaCache tiers(RedisConfig config, ChangeLog log) {
        RedisSchemaCache slow = new RedisSchemaCache(config, log);
        if (!slow.awaitTrusted(PATIENCE)) {
            throw new IllegalStateException("Redis does not come up");
        }
        return new TieredSchemaCache(new CaffeineSchemaCache(CacheLimits.DEFAULT), slow);
    }
}
