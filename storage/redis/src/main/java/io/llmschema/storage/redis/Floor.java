package io.llmschema.storage.redis;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What is known about one subject, version or content: no answer about it is older than this.
 *
 * <p>In Redis: a byte that says the version, and three numbers of 8 bytes, big-endian.
 *
 * @param incarnation a random number that it was made with; a floor that was lost and made again has another, so that entries and
 *     fills which go by the old one count no more
 * @param any the revision of the last change of which this floor was told; 0 if there was none
 * @param altered the same for the last alteration
 */
record Floor(long incarnation, long any, long altered) {
    static final byte VERSION = 1;
    static final int BYTES = 1 + 3 * Long.BYTES;

    /** A floor's two revisions; the number is the place in its bytes, counted from 1. */
    enum Mark {
        ANY(1 + 1 + Long.BYTES),
        ALTERED(1 + 1 + 2 * Long.BYTES);

        private final int offset;

        Mark(int offset) {
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    /** One that was told of nothing yet. */
    static Floor of(long incarnation) {
        return new Floor(incarnation, 0, 0);
    }

    /** The floor that these bytes are; nothing if they are none. */
    static Optional<Floor> parse(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return Optional.of(new Floor(in.getLong(), in.getLong(), in.getLong()));
    }

    long revision(Mark mark) {
        return switch (mark) {
            case ANY -> any;
            case ALTERED -> altered;
        };
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(incarnation)
                .putLong(any)
                .putLong(altered)
                .array();
    }

    static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** How far a floor is to be raised. */
    record Raise(long any, long altered) {
        Raise max(Raise other) {
            return new Raise(Math.max(any, other.any), Math.max(altered, other.altered));
        }
    }
}
