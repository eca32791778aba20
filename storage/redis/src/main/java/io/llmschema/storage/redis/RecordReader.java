package io.llmschema.storage.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A record being read, as {@link RecordWriter} wrote it.
 *
 * <p>Every field that is not there, or cannot be, is a {@link RuntimeException}, which {@link #read} turns into nothing.
 */
final class RecordReader {
    private final ByteBuffer rest;

    private RecordReader(ByteBuffer rest) {
        this.rest = rest;
    }

    /**
     * What was written there; nothing if the bytes are of another version, or of another place, or not whole.
     *
     * @param fields reads all of them
     */
    static <T> Optional<T> read(byte version, byte[] place, byte[] bytes, Function<RecordReader, T> fields) {
        int length = RecordWriter.withoutChecksum(bytes.length);
        if (length < 1 || bytes[0] != version) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.wrap(bytes);
        if (record.getInt(length) != RecordWriter.checksum(place, bytes, length)) {
            return Optional.empty();
        }
        try {
            RecordReader reader = new RecordReader(record.limit(length).position(1));
            T value = fields.apply(reader);
            return reader.rest.hasRemaining() ? Optional.empty() : Optional.of(value);
        } catch (RuntimeException e) {
            // Written by another make of this program, with the right checksum: as good as not there.
            return Optional.empty();
        }
    }

    byte readByte() {
        return rest.get();
    }

    boolean readFlag() {
        return switch (readByte()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("neither yes nor no");
        };
    }

    int readInt() {
        return rest.getInt();
    }

    long readLong() {
        return rest.getLong();
    }

    /** A size that what is left of the record can have: everything that is counted takes a byte at least. */
    int readSize() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = readByte();
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0 && shift < Integer.SIZE);
        if (next < 0 || value > rest.remaining()) {
            throw new IllegalArgumentException("longer than the record");
        }
        return (int) value;
    }

    byte[] readBytes() {
        return readBytes(readSize());
    }

    byte[] readBytes(int count) {
        byte[] value = new byte[count];
        rest.get(value);
        return value;
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    @Nullable
    String readTextIfAny() {
        return readFlag() ? readText() : null;
    }

    <T> List<T> readList(Supplier<T> element) {
        int size = readSize();
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }
}
