package io.llmschema.server;

import io.llmschema.storage.AccessLog;
import io.llmschema.storage.tiered.CacheLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told about its caches.
 *
 * @param redisUrl of the cache that all nodes share, if there is one
 * @param redisTimeout how long it may take for an answer
 * @param limits of what is kept in memory
 * @param stalenessBound how long a node may show what was true before another node changed it
 * @param warmSchemas how many schemas are loaded before the server is ready
 * @param warmTime how long that may take
 */
record CacheConfig(
        @Nullable String redisUrl,
        Duration redisTimeout,
        CacheLimits limits,
        Duration stalenessBound,
        int warmSchemas,
        Duration warmTime) {
    /** Below the time that the change log is kept: a shared cache is mended from it after trouble. */
    static final int MAX_TTL_SECONDS = 5_400;

    static final int MAX_WARM_SCHEMAS = AccessLog.MAX_POPULAR;
}
