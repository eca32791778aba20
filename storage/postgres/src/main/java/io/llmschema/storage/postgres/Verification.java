package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.postgres.ContentMaintenance.Damage;
import io.llmschema.storage.postgres.ContentMaintenance.Progress;
import io.llmschema.storage.postgres.ContentMaintenance.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads every content, whatever tier has it, and compares its hash with the one that was taken when it was registered. */
final class Verification {
    /** The most damages that are told one by one. */
    static final int MAX_DAMAGES = 1_000;

    /** The most versions that are named for each. */
    private static final int MAX_VERSIONS = 10;

    private static final int BATCH = 500;

    private static final String PAGE = """
            SELECT c.tenant, c.global_id, c.raw_hash FROM contents c
            WHERE (c.global_id, c.tenant) > (:id, :tenant) ORDER BY c.global_id, c.tenant LIMIT :batch
            """;

    private static final String VERSIONS = "SELECT " + Rows.SUMMARY_COLUMNS + PostgresReader.FROM_SCHEMAS
            + "WHERE s.tenant = :tenant AND s.global_id = :id ORDER BY s.created_at, s.id LIMIT :limit";

    private final Jdbi jdbi;
    private final Contents contents;
    private final List<Damage> damages = new ArrayList<>();
    private long inRows;
    private long inBlobs;
    private long inArchives;
    private long bytes;
    private long damaged;

    Verification(Jdbi jdbi, Contents contents) {
        this.jdbi = jdbi;
        this.contents = contents;
    }

    private record Item(GlobalId id, Fingerprint hash) {}

    Verified verify(Progress progress) {
        long total = inDatabase(handle -> handle.createQuery("SELECT count(*) FROM contents")
                .mapTo(Long.class)
                .one());
        long done = 0;
        List<Item> page;
        @Nullable Item last = null;
        do {
            page = page(last);
            for (Item item : page) {
                verify(item);
                progress.reached(++done, Math.max(done, total));
            }
            last = page.isEmpty() ? null : page.getLast();
        } while (page.size() == BATCH);
        return new Verified(inRows, inBlobs, inArchives, bytes, List.copyOf(damages), damaged);
    }

    private List<Item> page(@Nullable Item after) {
        return inDatabase(handle -> handle.createQuery(PAGE)
                .bind("tenant", after == null ? "" : after.id().tenant().value())
                .bind("id", after == null ? 0 : after.id().value())
                .bind("batch", BATCH)
                .map((row, _) -> new Item(
                        new GlobalId(new TenantId(row.getString("tenant")), row.getInt("global_id")),
                        Fingerprint.ofBytes(row.getBytes("raw_hash"))))
                .list());
    }

    private void verify(Item item) {
        // Removed for good since the page was read: then there is nothing to verify.
        stored(item).ifPresent(stored -> verify(item, stored));
    }

    private void verify(Item item, StoredContent stored) {
        try {
            bytes += contents.decode(stored, item.hash()).size();
            count(stored);
        } catch (ContentDamaged e) {
            // What was moved elsewhere, or removed for good, is not to be found where it lay.
            StoredContent now = stored(item).orElse(null);
            if (now == null) {
                return;
            }
            if (!now.liesAs(stored)) {
                verify(item, now);
                return;
            }
            count(stored);
            damaged++;
            if (damages.size() < MAX_DAMAGES) {
                damages.add(new Damage(item.hash(), e.where(), e.how(), versions(item.id())));
            }
        }
    }

    private Optional<StoredContent> stored(Item item) {
        return inDatabase(handle -> new PostgresSelection(handle).stored(item.id()));
    }

    private void count(StoredContent stored) {
        switch (stored.encoding()) {
            case RAW, ZSTD, DICTIONARY, DELTA -> inRows++;
            case BLOB -> inBlobs++;
            case ARCHIVE -> inArchives++;
        }
    }

    private List<SchemaSummary> versions(GlobalId id) {
        return inDatabase(handle -> handle.createQuery(VERSIONS)
                .bind("tenant", id.tenant().value())
                .bind("id", id.value())
                .bind("limit", MAX_VERSIONS)
                .map((row, _) -> Rows.summary(row))
                .list());
    }

    private <R> R inDatabase(Function<Handle, R> question) {
        return Failures.translated(() -> jdbi.withHandle(question::apply));
    }
}
