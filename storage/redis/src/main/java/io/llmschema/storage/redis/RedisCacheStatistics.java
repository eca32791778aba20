package io.llmschema.storage.redis;

/**
 * What a {@link RedisSchemaCache} has done since it was made. Each number is of about the same moment.
 *
 * @param hits answers that Redis had
 * @param misses answers that it had not, or that could not be used
 * @param bypasses answers for which it was not asked, because it is not trusted or they are not kept there
 * @param declinedFills answers that it did not take, because they may have been outdated when they came
 * @param droppedFills answers that it was not given, because they are too large or too many were on their way
 * @param failures how often Redis failed or was late, was full, or could not be reached; commands given up for that reason are not counted
 * @param timesSuspect how often it was trusted no more
 * @param isTrusted whether it is trusted now
 */
public record RedisCacheStatistics(
        long hits,
        long misses,
        long bypasses,
        long declinedFills,
        long droppedFills,
        long failures,
        long timesSuspect,
        boolean isTrusted) {}
