package io.llmschema.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a schema: UTF-8, byte for byte as it was registered.
 *
 * <p>Immutable by agreement: whoever makes one gives the array away, and whoever reads {@link #bytes()} does not write to it, so
 * that the read path copies nothing.
 */
public final class SchemaContent {
    private final byte[] bytes;

    public SchemaContent(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SchemaContent of(String text) {
        return new SchemaContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchemaContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SchemaContent[" + bytes.length + " bytes]";
    }
}
