package io.llmschema.storage.postgres;

import io.llmschema.model.GlobalId;
import org.jspecify.annotations.Nullable;

/**
 * A content in the form that it will be stored in.
 *
 * @param bytes null if it is in the blob store
 * @param base what it was compressed against; null: nothing
 * @param depth how many contents must be read before it can be
 * @param chainBytes how many bytes they and it are together
 * @param awaitsBlob whether it should be in the blob store, but is not yet
 */
record PreparedContent(
        Encoding encoding,
        byte @Nullable [] bytes,
        @Nullable GlobalId base,
        int depth,
        int chainBytes,
        boolean awaitsBlob) {
    static PreparedContent alone(byte[] content, boolean awaitsBlob) {
        ContentCodec.Frame frame = ContentCodec.compress(content);
        return new PreparedContent(frame.encoding(), frame.bytes(), null, 0, content.length, awaitsBlob);
    }

    static PreparedContent inBlobStore(byte[] content) {
        return new PreparedContent(Encoding.BLOB, null, null, 0, content.length, false);
    }
}
