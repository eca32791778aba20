package io.llmschema.server;

import io.llmschema.http.confluentapi.ConfluentLevel;
import io.llmschema.model.SettingsInForce;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told at its start.
 *
 * @param host the address to listen on
 * @param port 0: any that is free
 * @param dataDir where the embedded PostgreSQL keeps its data
 * @param databaseUrl of a PostgreSQL to use instead of the embedded one, if given
 * @param databasePoolSize the most connections to PostgreSQL
 * @param maxContentBytes the largest schema
 * @param settings what is in force where neither a tenant nor a subject has set anything
 * @param cache what is kept near
 * @param blobs where large and cold contents go
 * @param confluentLevel as which release of Confluent's registry its dialect speaks
 * @param accessFlushSeconds how long reads are counted in memory before they are written
 * @param accessRetentionDays how long counts of reads are kept
 * @param validationFlushSeconds how long results of validations wait in memory before they are written
 * @param validationRetentionDays how long they are kept
 */
record ServerConfig(
        String host,
        int port,
        Path dataDir,
        @Nullable String databaseUrl,
        int databasePoolSize,
        int maxContentBytes,
        SettingsInForce settings,
        CacheConfig cache,
        BlobOptions.BlobConfig blobs,
        ConfluentLevel confluentLevel,
        int accessFlushSeconds,
        int accessRetentionDays,
        int validationFlushSeconds,
        int validationRetentionDays) {
    static final int MIN_CONTENT_BYTES = 1024;
    static final int MAX_CONTENT_BYTES = 64 * 1024 * 1024;
    static final int MAX_POOL_SIZE = 200;
    static final int MAX_ACCESS_FLUSH_SECONDS = 60;
    static final int MAX_ACCESS_RETENTION_DAYS = 3_650;
    static final int DEFAULT_ACCESS_RETENTION_DAYS = 90;
    static final int MAX_VALIDATION_FLUSH_SECONDS = 60;
    static final int MAX_VALIDATION_RETENTION_DAYS = 3_650;
    static final int DEFAULT_VALIDATION_RETENTION_DAYS = 90;

    ServerConfig {
        check("--port", port, 0, 65_535);
        check("--database-pool-size", databasePoolSize, 1, MAX_POOL_SIZE);
        check("--max-content-bytes", maxContentBytes, MIN_CONTENT_BYTES, MAX_CONTENT_BYTES);
        check("--access-flush-seconds", accessFlushSeconds, 1, MAX_ACCESS_FLUSH_SECONDS);
        check("--access-retention-days", accessRetentionDays, 1, MAX_ACCESS_RETENTION_DAYS);
        check("--validation-flush-seconds", validationFlushSeconds, 1, MAX_VALIDATION_FLUSH_SECONDS);
        check("--validation-retention-days", validationRetentionDays, 1, MAX_VALIDATION_RETENTION_DAYS);
    }

    static void check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d; it must be from %d to %d".formatted(option, value, min, max));
        }
    }
}
