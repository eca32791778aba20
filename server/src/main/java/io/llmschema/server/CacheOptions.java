package io.llmschema.server;

import io.llmschema.storage.tiered.CacheLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the command line that are about caches. */
final class CacheOptions {
    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description =
                    "A Redis 7 or Valkey that all nodes share as a second cache, as redis://user:password@host:6379,"
                            + " rediss:// with TLS, or redis-cluster://host1:6379,host2:6379. Without it, each node has its own"
                            + " cache only.")
    private @Nullable String redisUrl;

    @Option(
            names = "--redis-timeout-millis",
            paramLabel = "MILLIS",
            defaultValue = "50",
            description = "How long Redis may take for an answer before it is left out (default: ${DEFAULT-VALUE}).")
    private int redisTimeoutMillis;

    @Option(
            names = "--cache-entries",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The most answers that are kept in memory (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--cache-bytes",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description = "The most memory that they take, roughly (default: ${DEFAULT-VALUE}).")
    private long bytes;

    @Option(
            names = "--cache-ttl-seconds",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long an answer is kept, here and in Redis (default: ${DEFAULT-VALUE}).")
    private int ttlSeconds;

    @Option(
            names = "--cache-idle-seconds",
            paramLabel = "SECONDS",
            defaultValue = "1800",
            description = "How long an answer is kept that nobody asks for (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(
            names = "--staleness-bound-millis",
            paramLabel = "MILLIS",
            defaultValue = "1000",
            description = "How long a node may show what was true before another node changed it; a node that hears"
                    + " nothing for so long asks the database (default: ${DEFAULT-VALUE}).")
    private int stalenessBoundMillis;

    @Option(
            names = "--warm-schemas",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many of the most read schemas are loaded before the server is ready (default:"
                    + " ${DEFAULT-VALUE}).")
    private int warmSchemas;

    @Option(
            names = "--warm-seconds",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "The longest that may take (default: ${DEFAULT-VALUE}).")
    private int warmSeconds;

    CacheConfig config() {
        ServerConfig.check("--redis-timeout-millis", redisTimeoutMillis, 1, 10_000);
        ServerConfig.check("--cache-entries", entries, 1, 10_000_000);
        if (bytes < 1) {
            throw new IllegalArgumentException("--cache-bytes is %d; it must be above zero".formatted(bytes));
        }
        ServerConfig.check("--cache-ttl-seconds", ttlSeconds, 1, CacheConfig.MAX_TTL_SECONDS);
        ServerConfig.check("--cache-idle-seconds", idleSeconds, 1, CacheConfig.MAX_TTL_SECONDS);
        ServerConfig.check("--staleness-bound-millis", stalenessBoundMillis, 100, 60_000);
        ServerConfig.check("--warm-schemas", warmSchemas, 0, CacheConfig.MAX_WARM_SCHEMAS);
        ServerConfig.check("--warm-seconds", warmSeconds, 0, 300);
        return new CacheConfig(
                redisUrl,
                Duration.ofMillis(redisTimeoutMillis),
                new CacheLimits(entries, bytes, Duration.ofSeconds(ttlSeconds), Duration.ofSeconds(idleSeconds)),
                Duration.ofMillis(stalenessBoundMillis),
                warmSchemas,
                Duration.ofSeconds(warmSeconds));
    }
}
