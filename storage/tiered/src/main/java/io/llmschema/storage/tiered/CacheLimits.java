package io.llmschema.storage.tiered;

import java.time.Duration;

/**
 * How much is kept in the memory of a node, and for how long.
 *
 * @param maxEntries the most answers
 * @param maxBytes the most memory that they take together, roughly
 * @param ttl how long an answer is kept after it was loaded
 * @param tti how long an answer is kept that nobody asks for
 */
public record CacheLimits(int maxEntries, long maxBytes, Duration ttl, Duration tti) {
    public static final CacheLimits DEFAULT =
            new CacheLimits(10_000, 64L * 1024 * 1024, Duration.ofHours(1), Duration.ofMinutes(30));

    public CacheLimits {
        if (maxEntries < 1 || maxBytes < 1 || !ttl.isPositive() || !tti.isPositive()) {
            throw new IllegalArgumentException("the limits of a cache are above zero");
        }
    }
}
