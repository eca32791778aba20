package io.llmschema.storage.postgres;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A content in the form that it will be stored in.
 *
 * @param bytes null if it is in the blob store
 * @param base what it was compressed against; null: nothing
 * @param depth how many contents must be read before it can be
 * @param chainBytes how many bytes they and it are together
 * @param awaitsBlob whether it should be in the blob store, but is not yet
 * @param upload the note that was left before it was put into the blob store; null: it was not
 */
record PreparedContent(
        Encoding encoding,
        byte @Nullable [] bytes,
        @Nullable Predecessor base,
        int depth,
        int chainBytes,
        boolean awaitsBlob,
        @Nullable UUID upload) {
    static PreparedContent alone(byte[] content, boolean awaitsBlob) {
        ContentCodec.Frame frame = ContentCodec.compress(content);
        return new PreparedContent(frame.encoding(), frame.bytes(), null, 0, content.length, awaitsBlob, null);
    }

    static PreparedContent against(Predecessor base, byte[] content, byte[] delta) {
        return new PreparedContent(
                Encoding.DELTA, delta, base, base.depth() + 1, base.chainBytes() + content.length, false, null);
    }

    static PreparedContent inBlobStore(byte[] content, UUID upload) {
        return new PreparedContent(Encoding.BLOB, null, null, 0, content.length, false, upload);
    }
}
