package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 value; its text form is 64 lower-case hexadecimal digits. */
public record Fingerprint(long first, long second, long third, long fourth) {
    public static final int BYTES = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    /** The hash of these bytes. */
    public static Fingerprint sha256(byte[] bytes) {
        try {
            return ofBytes(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The value with these {@value #BYTES} bytes. */
    public static Fingerprint ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a fingerprint has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Fingerprint(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** The value written so; {@link InvalidValue} unless it is 64 hexadecimal digits. */
    public static Fingerprint parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new InvalidValue("hash", hex, "a hash is the 64 hexadecimal digits of a SHA-256");
        }
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
