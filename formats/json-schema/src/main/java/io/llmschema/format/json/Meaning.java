package io.llmschema.format.json;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A digest of what a schema accepts, in 128 bits: two that have the same one accept the same.
 *
 * <p>It is keyed anew in every process, so that nobody can make two schemas that have the same one without meaning the same.
 */
record Meaning(long high, long low) {
    static final Meaning NONE = new Meaning(0, 0);

    private static final long HIGH_KEY = ThreadLocalRandom.current().nextLong() | 1;
    private static final long LOW_KEY = ThreadLocalRandom.current().nextLong() | 1;

    static Meaning of(String text) {
        long high = HIGH_KEY;
        long low = LOW_KEY;
        for (int i = 0; i < text.length(); i++) {
            high = mixed(high ^ text.charAt(i)) * HIGH_KEY;
            low = mixed(low + text.charAt(i)) * LOW_KEY;
        }
        return new Meaning(high, low ^ text.length());
    }

    static Meaning of(long number) {
        return new Meaning(mixed(HIGH_KEY ^ number) * HIGH_KEY, mixed(LOW_KEY + number) * LOW_KEY);
    }

    /** Of both, in this order. */
    Meaning then(Meaning next) {
        return new Meaning(
                mixed(high * HIGH_KEY + Long.rotateLeft(next.high, 23) + 0x51ED27),
                mixed(low * LOW_KEY ^ Long.rotateLeft(next.low + 0x9E37, 41)));
    }

    /** Of both, in any order. */
    Meaning with(Meaning other) {
        return new Meaning(high + mixed(other.high ^ LOW_KEY), low + mixed(other.low ^ HIGH_KEY));
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
