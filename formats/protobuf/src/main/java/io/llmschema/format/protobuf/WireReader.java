package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;

/**
 * Reads the pieces of the wire format from some bytes, as the library does: varints may be longer than they need be, and what does not fit
 * into a number is cut off.
 */
final class WireReader {
    private static final int MAX_VARINT = 10;

    /** Says that the bytes cannot be what they are read as. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final byte[] bytes;
    private int position;
    private int end;

    WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == end;
    }

    /** Lets the bytes end where a part of them does. Returns the end before, to be given back with {@link #endAt}. */
    int narrow(int length) {
        int before = end;
        end = position + length;
        return before;
    }

    void endAt(int offset) {
        end = offset;
    }

    int tag() throws Malformed {
        int start = position;
        int tag = (int) varint();
        if (WireFormat.getTagFieldNumber(tag) == 0) {
            position = start;
            throw new Malformed("a field has the number 0, which there is not");
        }
        return tag;
    }

    long varint() throws Malformed {
        int start = position;
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (position == end) {
                position = start;
                throw new Malformed("the data ends within a number");
            }
            byte next = bytes[position++];
            if (i * 7 < Long.SIZE) {
                value |= (long) (next & 0x7F) << (i * 7);
            }
            if (next >= 0) {
                return value;
            }
        }
        position = start;
        throw new Malformed("a number is longer than " + MAX_VARINT + " bytes");
    }

    /** The length of what follows, all of which is there. */
    int length() throws Malformed {
        int start = position;
        int length = (int) varint();
        if (length < 0 || length > end - position) {
            int left = end - position;
            position = start;
            throw new Malformed(
                    length < 0
                            ? "a length is negative"
                            : "a length of " + length + " bytes reaches beyond the " + left
                                    + " that are left of what it lies in");
        }
        return length;
    }

    void skip(int length) throws Malformed {
        if (length > end - position) {
            throw new Malformed("the data ends within a number of " + length + " bytes");
        }
        position += length;
    }

    /** The wire type that single values of a field have. */
    static int wireType(FieldDescriptor field) {
        return field.getLiteType().getWireType();
    }
}
