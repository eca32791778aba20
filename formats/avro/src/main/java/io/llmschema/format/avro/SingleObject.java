package io.llmschema.format.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The header of the single-object encoding: a marker of two bytes, and the schema's fingerprint in eight, the lowest byte first.
 *
 * @param fingerprint CRC-64-AVRO of the schema's Parsing Canonical Form
 */
record SingleObject(long fingerprint) {
    static final int LENGTH = 10;

    private static final byte FIRST = (byte) 0xC3;
    private static final byte SECOND = 0x01;

    static Optional<SingleObject> of(byte[] document) {
        if (document.length < LENGTH || document[0] != FIRST || document[1] != SECOND) {
            return Optional.empty();
        }
        return Optional.of(new SingleObject(
                ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN).getLong(2)));
    }

    /** Absent where the schema is too deep for the library to write it out. */
    static Optional<Long> fingerprint(Schema schema) {
        try {
            return Optional.of(SchemaNormalization.parsingFingerprint64(schema));
        } catch (RuntimeException | StackOverflowError e) {
            // The library recurses through named types, and thousands may follow each other.
            return Optional.empty();
        }
    }

    String refusal(Optional<Long> expected, String ofBareDatum) {
        return "the document begins as a single object (C3 01), but its fingerprint %016x is not that of this schema%s; and as a bare datum, %s"
                .formatted(fingerprint, expected.map(", %016x"::formatted).orElse(""), ofBareDatum);
    }
}
