package io.llmschema.systemtests.content;

import io.llmschema.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Schemas of any size, no two alike. Used by one thread. */
final class Texts {
    private static final int LARGE_BYTES = 3 * Site.INLINE_BYTES;

    private final Random random;

    private Texts(long seed) {
        this.random = new Random(seed);
    }

    /** From a seed that is printed. */
    static Texts of(Class<?> test) {
        long seed = new Random().nextLong();
        System.out.println(test.getSimpleName() + " seed " + seed);
        return new Texts(seed);
    }

    Random random() {
        return random;
    }

    /** One that stays in the database. */
    String small() {
        return text(Site.INLINE_BYTES / 5);
    }

    /** One that belongs into the blob store. */
    String large() {
        return text(LARGE_BYTES);
    }

    String text(int bytes) {
        byte[] noise = new byte[bytes / 2];
        random.nextBytes(noise);
        return "{\"title\" : \"" + HexFormat.of().formatHex(noise) + "\"}";
    }

    static Fingerprint hash(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a content, as SQL. */
    static String sql(String text) {
        return "'\\x" + hash(text) + "'::bytea";
    }
}
