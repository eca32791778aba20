package io.llmschema.storage.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A record being written: a byte that says its version, its fields, and at the end a checksum. Used by one thread. */
final class RecordWriter {
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private byte[] bytes;
    private int length;

    /** @param sizeHint about how many bytes it will have */
    RecordWriter(byte version, int sizeHint) {
        bytes = new byte[sizeHint + 1];
        writeByte(version);
    }

    private ByteBuffer reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        ByteBuffer place = ByteBuffer.wrap(bytes, length, count);
        length = needed;
        return place;
    }

    void writeByte(int value) {
        reserve(1).put((byte) value);
    }

    void writeInt(int value) {
        reserve(Integer.BYTES).putInt(value);
    }

    void writeLong(long value) {
        reserve(Long.BYTES).putLong(value);
    }

    /** A number that is not negative and mostly small: seven bits in each byte, the highest bit on all but the last. */
    void writeSize(int value) {
        int rest = value;
        while (rest > 0x7F) {
            writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    void writeBytes(byte[] value) {
        writeSize(value.length);
        reserve(value.length).put(value);
    }

    void writeText(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void writeTextIfAny(@Nullable String value) {
        writeByte(value == null ? 0 : 1);
        if (value != null) {
            writeText(value);
        }
    }

    /** The record with its checksum, which holds in that place only. */
    byte[] seal(byte[] place) {
        int checksum = checksum(place, bytes, length);
        writeInt(checksum);
        return Arrays.copyOf(bytes, length);
    }

    /** Of the place where a record stands, and of the record's first bytes. */
    static int checksum(byte[] place, byte[] record, int length) {
        CRC32C crc = new CRC32C();
        crc.update(place);
        crc.update(record, 0, length);
        return (int) crc.getValue();
    }

    /** How many bytes of a record of that size are not its checksum. */
    static int withoutChecksum(int size) {
        return size - CHECKSUM_BYTES;
    }
}
