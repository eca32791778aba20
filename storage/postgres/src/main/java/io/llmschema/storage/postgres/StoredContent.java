package io.llmschema.storage.postgres;

import com.github.luben.zstd.ZstdException;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A content as it lies in its row, with all that is needed to have it back.
 *
 * @param bytes null if it is in the blob store
 * @param archive the hash of the archive that has it; null: none does
 * @param chain for a {@link Encoding#DELTA}: the contents it needs, the first one first, each as its encoding (2 bytes), its length before and
 *     after encoding (4 bytes each) and its bytes; numbers are big-endian
 */
record StoredContent(
        Encoding encoding,
        int size,
        byte @Nullable [] bytes,
        byte @Nullable [] chain,
        @Nullable Fingerprint archive) {
    private static final String CHAIN = """
            (WITH RECURSIVE link AS (
                SELECT 1 AS step, b.base_id, b.encoding, b.size, b.content
                FROM contents b WHERE b.tenant = c.tenant AND b.global_id = c.base_id
                UNION ALL
                SELECT link.step + 1, b.base_id, b.encoding, b.size, b.content
                FROM link JOIN contents b ON b.tenant = c.tenant AND b.global_id = link.base_id
            )
            SELECT string_agg(
                int2send(link.encoding) || int4send(link.size) || int4send(length(link.content)) || link.content, ''::bytea
                ORDER BY link.step DESC)
            FROM link)""";

    /** What {@link #of} reads, of {@code contents c}; null where the content is larger than that. */
    static String columns(int maxBytes) {
        String isSmall = "c.size <= " + maxBytes;
        return "c.encoding, c.archive, CASE WHEN " + isSmall + " THEN c.content END AS content, CASE WHEN c.encoding = "
                + Encoding.DELTA.number() + " AND " + isSmall + " THEN " + CHAIN + " END AS chain";
    }

    /** The content of a row that was read with {@link #columns} and the content's size. */
    static StoredContent of(ResultSet row) throws SQLException {
        byte[] archive = row.getBytes("archive");
        return new StoredContent(
                Encoding.of(row.getInt("encoding")),
                row.getInt("size"),
                row.getBytes("content"),
                row.getBytes("chain"),
                archive == null ? null : Fingerprint.ofBytes(archive));
    }

    /** Whether there is nothing more of it in the database; what is too large is not read on the way. */
    boolean isComplete() {
        return bytes != null || encoding == Encoding.BLOB || encoding == Encoding.ARCHIVE;
    }

    /** Whether it lies where the other one does. */
    boolean liesAs(StoredContent other) {
        return encoding == other.encoding && Objects.equals(archive, other.archive);
    }

    /**
     * The content itself.
     *
     * @throws ContentDamaged what is stored does not have the hash
     */
    byte[] decode(Fingerprint hash) {
        if (bytes == null) {
            throw new IllegalStateException("the bytes are not here");
        }
        try {
            byte[] content = ContentCodec.decompress(encoding, bytes, size, base());
            if (!Fingerprint.sha256(content).equals(hash)) {
                throw damaged(hash, "what is stored has another hash", null);
            }
            return content;
        } catch (ZstdException e) {
            throw damaged(hash, "it cannot be decompressed", e);
        }
    }

    private static ContentDamaged damaged(Fingerprint hash, String how, @Nullable ZstdException cause) {
        return new ContentDamaged(hash, "the database", how, cause);
    }

    private byte @Nullable [] base() {
        if (chain == null) {
            return null;
        }
        ByteBuffer links = ByteBuffer.wrap(chain);
        byte @Nullable [] base = null;
        while (links.hasRemaining()) {
            Encoding linked = Encoding.of(links.getShort());
            int linkedSize = links.getInt();
            byte[] stored = new byte[links.getInt()];
            links.get(stored);
            base = ContentCodec.decompress(linked, stored, linkedSize, base);
        }
        return base;
    }
}
