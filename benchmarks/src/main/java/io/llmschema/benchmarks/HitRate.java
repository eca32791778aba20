package io.llmschema.benchmarks;

import io.llmschema.model.Schema;
import io.llmschema.storage.Seen;
import io.llmschema.storage.tiered.CacheLimits;
import io.llmschema.storage.tiered.CaffeineSchemaCache;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How many reads of a skewed trace the caches answer, beside what other ways to choose what is kept would, the best possible one
 * included.
 */
public final class HitRate {
    private static final int SCHEMAS = 100_000;
    private static final double SKEW = 0.99;
    private static final int READS = 20_000_000;
    private static final int QUICK_READS = 1_000_000;
    private static final int ENTRIES = CacheLimits.DEFAULT.maxEntries();

    private HitRate() {}

    /** @param args {@code --quick} for a short trace; a seed, to get the same one again */
    public static void main(String[] args) {
        boolean isQuick = args.length > 0 && args[0].equals("--quick");
        String last = args.length == 0 ? "" : args[args.length - 1];
        long seed = last.isEmpty() || last.equals("--quick") ? new SplittableRandom().nextLong() : Long.parseLong(last);
        int[] trace = new ZipfTrace(SCHEMAS, SKEW, seed).reads(isQuick ? QUICK_READS : READS);
        System.out.printf(
                Locale.ROOT,
                "%,d reads of %,d schemas, Zipf(%.2f), seed %d; warm: the second half%n%n",
                trace.length,
                SCHEMAS,
                SKEW,
                seed);
        System.out.println("| what is kept | hits from cold, % | hits when warm, % |");
        System.out.println("|---|--:|--:|");
        print("first tier (Caffeine, %,d)".formatted(ENTRIES), firstTier(trace));
        print("both tiers (the second keeps all)", both(trace));
        print("least recently used, %,d".formatted(ENTRIES), leastRecentlyUsed(trace));
        print("the most popular %,d".formatted(ENTRIES), mostPopular(trace));
        print("best possible (Bélády), %,d".formatted(ENTRIES), Belady.hits(trace, SCHEMAS, ENTRIES));
    }

    private static void print(String name, BitSet hits) {
        int reads = hits.length() - 1;
        int half = reads / 2;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f |%n",
                name,
                100.0 * (hits.cardinality() - 1) / reads,
                100.0 * hits.get(half, reads).cardinality() / (reads - half));
    }

    /** Which reads are hits, with one more bit behind the last read, so that the length is kept. */
    private interface Policy {
        boolean isHit(int schema);
    }

    private static BitSet run(int[] trace, Policy policy) {
        BitSet hits = new BitSet(trace.length + 1);
        for (int i = 0; i < trace.length; i++) {
            hits.set(i, policy.isHit(trace[i]));
        }
        hits.set(trace.length);
        return hits;
    }

    /** The real first tier with its real limits, over contents of the size of an ordinary schema. */
    private static BitSet firstTier(int[] trace) {
        ReadAnswers answers = new ReadAnswers(SCHEMAS);
        try (CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT)) {
            boolean[] isLoaded = {false};
            return run(trace, schema -> {
                isLoaded[0] = false;
                var _ = cache.get(answers.key(schema), _ -> true, _ -> load(answers, schema, isLoaded));
                return !isLoaded[0];
            });
        }
    }

    private static Seen<Schema> load(ReadAnswers answers, int schema, boolean[] isLoaded) {
        isLoaded[0] = true;
        return answers.seen(schema);
    }

    /** What was read once is in the second tier; so only the first read of each goes to the store. */
    private static BitSet both(int[] trace) {
        BitSet known = new BitSet(SCHEMAS);
        return run(trace, schema -> {
            boolean wasKnown = known.get(schema);
            known.set(schema);
            return wasKnown;
        });
    }

    private static BitSet leastRecentlyUsed(int[] trace) {
        Map<Integer, Boolean> kept = new LinkedHashMap<>(2 * ENTRIES, 0.75f, true);
        return run(trace, schema -> {
            if (kept.get(schema) != null) {
                return true;
            }
            if (kept.size() == ENTRIES) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(schema, true);
            return false;
        });
    }

    /** Kept from the start and for ever: the best that can be done without knowing the trace. */
    private static BitSet mostPopular(int[] trace) {
        return run(trace, schema -> schema < ENTRIES);
    }
}
