package io.llmschema.storage.postgres;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.llmschema.model.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Many contents as one object: a zstd frame with a long window, in which a version is little more than what it changed.
 *
 * <p>In the frame, all numbers big-endian: the {@link #MAGIC} line, how many there are (4 bytes), for each its SHA-256 (32 bytes) and its
 * length (4 bytes), and then the contents one after the other.
 */
final class Archive {
    /** The most bytes of the contents of one archive: to have one of them, half of those before it must be decompressed on average. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** The most contents of one archive. */
    static final int MAX_CONTENTS = 1_000;

    private static final byte[] MAGIC = "llmschema archive 1\n".getBytes(StandardCharsets.US_ASCII);

    /** Archives are written once, by a command that nobody waits for. */
    private static final int LEVEL = 15;

    /** So that all of an archive is within the window. */
    private static final int WINDOW_LOG = 25;

    private Archive() {}

    record Entry(Fingerprint hash, byte[] content) {}

    static byte[] pack(List<Entry> entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(
                new ZstdOutputStream(packed, LEVEL).setLong(WINDOW_LOG).setChecksum(true))) {
            out.write(MAGIC);
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.write(entry.hash().toBytes());
                out.writeInt(entry.content().length);
            }
            for (Entry entry : entries) {
                out.write(entry.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Of a content: what its bytes should hash to, and how many there are. */
    private record Header(Fingerprint hash, int bytes) {}

    /**
     * The content with that hash, empty if it is not among them; whether it has that hash is for the caller to see.
     *
     * @throws IOException the object is no archive
     */
    static Optional<byte[]> find(byte[] object, Fingerprint hash) throws IOException {
        try (DataInputStream in = open(object)) {
            long before = 0;
            int length = -1;
            for (Header header : headers(in)) {
                if (header.hash().equals(hash)) {
                    length = header.bytes();
                } else if (length < 0) {
                    before += header.bytes();
                }
            }
            if (length < 0) {
                return Optional.empty();
            }
            in.skipNBytes(before);
            return Optional.of(in.readNBytes(length));
        }
    }

    /** Takes the contents of an archive, one after the other, with the hashes that they should have. */
    @FunctionalInterface
    interface Reader {
        void read(Fingerprint hash, byte[] content);
    }

    /**
     * All contents, of which only one is in memory at a time.
     *
     * @throws IOException the object is no archive, or is damaged
     */
    static void readAll(byte[] object, Reader reader) throws IOException {
        try (DataInputStream in = open(object)) {
            for (Header header : headers(in)) {
                reader.read(header.hash(), in.readNBytes(header.bytes()));
            }
        }
    }

    private static DataInputStream open(byte[] object) throws IOException {
        return new DataInputStream(new ZstdInputStream(new ByteArrayInputStream(object)).setLongMax(WINDOW_LOG));
    }

    private static List<Header> headers(DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("it does not begin as an archive does");
        }
        int count = in.readInt();
        if (count < 0 || count > MAX_CONTENTS) {
            throw new IOException("it says that it has " + count + " contents");
        }
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] hash = new byte[Fingerprint.BYTES];
            in.readFully(hash);
            int bytes = in.readInt();
            if (bytes < 0) {
                throw new IOException("it says that a content has " + bytes + " bytes");
            }
            headers.add(new Header(Fingerprint.ofBytes(hash), bytes));
        }
        return headers;
    }
}
