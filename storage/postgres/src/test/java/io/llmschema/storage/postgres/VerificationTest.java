package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.postgres.ContentMaintenance.Damage;
import io.llmschema.storage.postgres.ContentMaintenance.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That damage is found wherever it is, and named. */
@Timeout(120)
class VerificationTest {
    private static final int LARGE = 200 * 1024;

    private final ContentRoom room = ContentRoom.open(LARGE);

    @AfterEach
    void close() {
        room.close();
    }

    private Verified verify() {
        return room.maintenance().verify((_, _) -> {});
    }

    /** One content of each encoding. */
    private List<SchemaSummary> ofEachEncoding() {
        List<SchemaSummary> cold = room.history("cold", 5);
        room.age();
        room.maintenance().tier(ContentRoom.COLD, false, (_, _) -> {});
        String text = room.text(50);
        List<SchemaSummary> schemas = List.of(
                room.register("raw", room.noise(50)),
                room.register("zstd", room.text(2_500)),
                room.register("orders", text),
                room.register("orders", room.changed(text)),
                room.register("large", room.noise(LARGE + 1)),
                cold.getFirst());
        assertThat(schemas)
                .extracting(room::encoding)
                .containsExactly(
                        Encoding.RAW,
                        Encoding.ZSTD,
                        Encoding.DICTIONARY,
                        Encoding.DELTA,
                        Encoding.BLOB,
                        Encoding.ARCHIVE);
        return schemas;
    }

    @Test
    void cleanStore_isCounted_withNoDamage_andTheProgressReachesTheTotal() {
        ofEachEncoding();
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        Verified verified = room.maintenance().verify((reached, total) -> {
            done.add(reached);
            totals.add(total);
        });

        long bytes = room.registered.values().stream()
                .mapToLong(content -> content.length)
                .sum();
        assertThat(verified).isEqualTo(new Verified(7, 1, 2, bytes, List.of(), 0));
        assertThat(done).hasSize(10).isSorted().endsWith(10L);
        assertThat(totals).endsWith(10L);
    }

    @Test
    void flippedByte_ofAnyEncoding_isNamed_withItsVersionsAndItsPlace_andNeverReadAsOtherContent() {
        List<SchemaSummary> schemas = ofEachEncoding();
        for (SchemaSummary schema : schemas) {
            Encoding encoding = room.encoding(schema);
            boolean isInRow = room.row(schema).isInRow();
            SchemaSummary twin = room.register("twin", new String(room.content(schema), StandardCharsets.UTF_8));
            Runnable repair = damage(schema, encoding);

            Verified verified = verify();
            assertThat(verified.damaged()).as(encoding.toString()).isPositive();
            Damage damage = verified.damages().stream()
                    .filter(one -> one.hash().equals(schema.fingerprints().raw()))
                    .findFirst()
                    .orElseThrow();
            assertThat(damage.where()).isEqualTo(isInRow ? "the database" : room.memory.toString());
            assertThat(damage.versions()).extracting(SchemaSummary::id).contains(schema.id(), twin.id());
            assertThatThrownBy(() -> room.readElsewhere(schema)).isInstanceOf(ContentDamaged.class);
            repair.run();
            assertThat(verify().damaged()).isZero();
            assertThat(room.read(schema)).isEqualTo(room.content(schema));
        }
    }

    /** Flips a byte, and returns what flips it back. */
    private Runnable damage(SchemaSummary schema, Encoding encoding) {
        return switch (encoding) {
            case RAW, ZSTD, DICTIONARY, DELTA -> {
                room.flip(schema);
                yield () -> room.flip(schema);
            }
            case BLOB -> damage(schema.fingerprints().raw());
            case ARCHIVE -> damage(room.archiveOf(schema));
        };
    }

    private Runnable damage(Fingerprint object) {
        byte[] before = room.memory.get(object).orElseThrow();
        room.flip(object);
        return () -> room.memory.overwrite(object, before);
    }

    @Test
    void objectThatIsGone_isDamage() {
        List<SchemaSummary> schemas = ofEachEncoding();
        room.memory.delete(schemas.get(4).fingerprints().raw());
        room.memory.delete(room.archiveOf(schemas.get(5)));

        Verified verified = verify();
        assertThat(verified.damaged()).isEqualTo(3);
        assertThat(verified.damages()).allMatch(damage -> damage.where().equals(room.blobs.toString()));
        assertThat(verified.damages()).allMatch(damage -> damage.how().contains("is not there"));
        assertThat(verified.inBlobs()).isEqualTo(1);
        assertThat(verified.inArchives()).isEqualTo(2);
    }

    @Test
    void blobStoreThatIsAway_isNoDamage() {
        ofEachEncoding();
        room.blobs.fall();

        assertThatThrownBy(this::verify).isInstanceOf(StorageUnavailable.class);
    }
}
