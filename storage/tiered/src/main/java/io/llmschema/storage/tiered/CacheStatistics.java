package io.llmschema.storage.tiered;

/**
 * What a cache has done since it was made.
 *
 * @param hits answers that were at hand
 * @param misses answers that were not
 * @param loads questions passed on, fewer than misses where several asked the same at once
 * @param entries kept now
 */
public record CacheStatistics(long hits, long misses, long loads, long entries) {}
