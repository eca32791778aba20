package io.llmschema.http;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.PagePosition;
import io.llmschema.model.RegistryException.InvalidValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A place in a list as text for clients, who may not look into it.
 *
 * <p>A format byte, the number of keys, each key, and at the end the first eight bytes of a SHA-256 over all that and the identity of
 * the list. So a cursor that was cut, changed, or taken from another list is refused rather than answered with the wrong items. It is
 * a checksum, not a secret: a cursor grants nothing that the list itself does not.
 */
final class Cursor {
    private static final int FORMAT = 1;
    private static final int CHECKSUM_BYTES = 8;

    private Cursor() {}

    static String encode(PagePosition position, String listIdentity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeByte(position.keys().size());
            for (String key : position.keys()) {
                out.writeUTF(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always written", e);
        }
        byte[] payload = bytes.toByteArray();
        bytes.writeBytes(checksum(payload, listIdentity));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static PagePosition decode(String cursor, String listIdentity) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            int length = bytes.length - CHECKSUM_BYTES;
            if (length < 2) {
                throw invalid(cursor);
            }
            byte[] payload = Arrays.copyOf(bytes, length);
            byte[] checksum = Arrays.copyOfRange(bytes, length, bytes.length);
            if (payload[0] != FORMAT || !Arrays.equals(checksum, checksum(payload, listIdentity))) {
                throw invalid(cursor);
            }
            return new PagePosition(keys(payload));
        } catch (IllegalArgumentException | IOException e) {
            throw invalid(cursor);
        }
    }

    private static List<String> keys(byte[] payload) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload, 1, payload.length - 1))) {
            int count = in.readUnsignedByte();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                keys.add(in.readUTF());
            }
            return keys;
        }
    }

    private static byte[] checksum(byte[] payload, String listIdentity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(payload);
        bytes.writeBytes(listIdentity.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(Fingerprint.sha256(bytes.toByteArray()).toBytes(), CHECKSUM_BYTES);
    }

    private static InvalidValue invalid(String cursor) {
        return new InvalidValue(
                "cursor",
                cursor,
                "it is not the 'next' of a page of this list; ask for the list again without a cursor");
    }
}
