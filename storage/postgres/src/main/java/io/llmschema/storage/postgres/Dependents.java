package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.TenantId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The contents that are stored against others, for when those leave the table. */
final class Dependents {
    private static final String IDS = """
            SELECT global_id FROM contents
            WHERE tenant = :tenant AND base_id = ANY (:bases) AND NOT global_id = ANY (:bases)
            ORDER BY global_id FOR UPDATE
            """;

    private static final String ONE = "SELECT c.raw_hash, c.size, " + StoredContent.columns(Integer.MAX_VALUE)
            + " FROM contents c WHERE c.tenant = :tenant AND c.global_id = :id";

    private static final String STORE = """
            UPDATE contents SET encoding = :encoding, content = :content, base_id = NULL, depth = 0, chain_bytes = size, archive = NULL,
                awaits_blob = false
            WHERE tenant = :tenant AND global_id = :id
            """;

    private Dependents() {}

    /**
     * Stores what is stored against any of these contents anew, by itself. These must be locked, so that nothing more is stored against
     * them meanwhile.
     */
    static void storeAlone(Handle handle, TenantId tenant, Collection<Integer> bases) {
        List<Integer> dependents = handle.createQuery(IDS)
                .bind("tenant", tenant.value())
                .bindArray("bases", Integer.class, bases)
                .mapTo(Integer.class)
                .list();
        for (int dependent : dependents) {
            GlobalId id = new GlobalId(tenant, dependent);
            byte[] content = handle.createQuery(ONE)
                    .bind("tenant", tenant.value())
                    .bind("id", dependent)
                    .map((row, _) -> StoredContent.of(row).decode(Fingerprint.ofBytes(row.getBytes("raw_hash"))))
                    .one();
            storeAlone(handle, id, content);
        }
    }

    /** Stores a content in its row, by itself, whatever was there before. */
    static void storeAlone(Handle handle, GlobalId id, byte[] content) {
        ContentCodec.Frame frame = ContentCodec.compress(content);
        handle.createUpdate(STORE)
                .bind("encoding", frame.encoding().number())
                .bind("content", frame.bytes())
                .bind("tenant", id.tenant().value())
                .bind("id", id.value())
                .execute();
    }
}
