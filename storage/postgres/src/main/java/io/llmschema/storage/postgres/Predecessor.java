package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The content of a subject's last version, for the next one to be stored against.
 *
 * @param hash of its bytes: after a restore the number may be that of another content than before
 * @param depth how many contents must be read before it can be
 * @param chainBytes how many bytes they and it are together
 */
record Predecessor(GlobalId id, Fingerprint hash, int depth, int chainBytes) {
    /** The most contents that must be read to have one, beside itself. */
    static final int MAX_DEPTH = 15;

    /** The most bytes that must be decompressed to have a content, or as many times its own size as below, if that is more. */
    static final int MAX_CHAIN_BYTES = 3 * 1024 * 1024;

    static final int MAX_CHAIN_SIZES = 4;

    /** What {@link #of} reads; contents that are not in their rows, or will not be, are none. */
    static final String COLUMNS =
            "p.tenant AS base_tenant, p.global_id AS base_id, p.raw_hash AS base_hash, p.depth AS base_depth, greatest(p.chain_bytes, p.size) AS base_chain_bytes";

    /**
     * Of the subject {@code :subject}. The newest version is a question of its own, not a join: where PostgreSQL knows nothing of a new
     * table yet, it would look through all of a tenant's contents for the one to join.
     */
    static final String JOIN = """
            LEFT JOIN contents p ON p.tenant = :tenant AND p.content IS NOT NULL AND NOT p.awaits_blob AND p.global_id = (
                SELECT v.global_id FROM schemas v
                WHERE v.tenant = :tenant AND v.subject = :subject ORDER BY v.ordinal DESC LIMIT 1)
            """;

    static Optional<Predecessor> of(ResultSet row) throws SQLException {
        String tenant = row.getString("base_tenant");
        return tenant == null
                ? Optional.empty()
                : Optional.of(new Predecessor(
                        new GlobalId(new TenantId(tenant), row.getInt("base_id")),
                        Fingerprint.ofBytes(row.getBytes("base_hash")),
                        row.getInt("base_depth"),
                        row.getInt("base_chain_bytes")));
    }

    /** Whether a content of that size may be stored against it: if not, it begins a new chain. */
    boolean takes(int size) {
        long most = Math.max(MAX_CHAIN_BYTES, (long) MAX_CHAIN_SIZES * size);
        return depth < MAX_DEPTH && (long) chainBytes + size <= most;
    }
}
