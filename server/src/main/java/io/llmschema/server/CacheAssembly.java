package io.llmschema.server;

import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaId;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.PopularSchema;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.storage.redis.RedisConfig;
import io.llmschema.storage.redis.RedisInvalidations;
import io.llmschema.storage.redis.RedisSchemaCache;
import io.llmschema.storage.tiered.CachingStorage;
import io.llmschema.storage.tiered.CaffeineSchemaCache;
import io.llmschema.storage.tiered.TieredSchemaCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** The caches of a server, joined as it was told. */
final class CacheAssembly {
    private static final Logger LOG = System.getLogger(CacheAssembly.class.getName());

    private CacheAssembly() {}

    /** @throws IllegalArgumentException the URL of Redis is not well-formed */
    static CachingStorage caching(PostgresStorage storage, CacheConfig config) {
        CaffeineSchemaCache fast = new CaffeineSchemaCache(config.limits());
        if (config.redisUrl() == null) {
            return caching(storage, fast, InvalidationChannel.none(), config);
        }
        RedisConfig redis = RedisConfig.of(config.redisUrl())
                // Two registries may be told of one Redis; what they keep must not meet there.
                .withPrefix(RedisConfig.DEFAULT_PREFIX + "-" + storage.identity())
                .withTtl(config.limits().ttl())
                .withCommandTimeout(config.redisTimeout());
        SchemaCache tiers = new TieredSchemaCache(fast, new RedisSchemaCache(redis, storage));
        return caching(storage, tiers, new RedisInvalidations(redis), config);
    }

    private static CachingStorage caching(
            ObservableStorage storage, SchemaCache schemas, InvalidationChannel channel, CacheConfig config) {
        return new CachingStorage(heard(storage), schemas, config.limits(), channel, config.stalenessBound());
    }

    /** The store itself, unless a test wants to see what happens when nobody hears of its changes. */
    private static ObservableStorage heard(ObservableStorage storage) {
        if (!Boolean.getBoolean(DeafStorage.PROPERTY)) {
            return storage;
        }
        LOG.log(Level.WARNING, DeafStorage.PROPERTY + " is set: answers are outdated. It is for tests only.");
        return DeafStorage.of(storage);
    }

    /** Loads what was read most. When that cannot be, the server starts cold. */
    static void warm(CachingStorage storage, AccessLog accessLog, CacheConfig config) {
        try {
            List<SchemaId> popular = config.warmSchemas() == 0
                    ? List.of()
                    : accessLog.popular(config.warmSchemas()).stream()
                            .map(PopularSchema::id)
                            .toList();
            int warmed = storage.warm(popular, config.warmTime());
            LOG.log(Level.DEBUG, "loaded {0} of the {1} most read schemas", warmed, popular.size());
        } catch (RegistryException e) {
            LOG.log(Level.WARNING, "the most read schemas were not loaded: " + e.getMessage());
        }
    }
}
