package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That nothing is left of a content that is removed for good, wherever it lay, and nothing missing of others. */
@Timeout(120)
class PurgedContentTest {
    private final ContentRoom room = ContentRoom.open(10_000);

    @AfterEach
    void close() {
        room.close();
    }

    private void tier() {
        room.age();
        room.maintenance().tier(ContentRoom.COLD, false, (_, _) -> {});
    }

    @Test
    void baseOfOthers_leavesThemReadable() {
        List<SchemaSummary> history = room.history("orders", 6);
        assertThat(room.encoding(history.get(3))).isEqualTo(Encoding.DELTA);

        room.purge(history.get(2));
        assertThat(room.encoding(history.get(3))).isEqualTo(Encoding.DICTIONARY);
        room.assertAllReadable();
        room.purge(history.getFirst());
        room.purge(history.get(4));
        room.assertAllReadable();
        assertThat(room.count("contents")).isEqualTo(3);
    }

    @Test
    void objectOfALargeContent_isGoneAtOnce_unlessAnotherRowRefersToIt() {
        String text = room.text(500);
        SchemaSummary one = room.register("one", text);
        SchemaSummary other = room.register(room.examples
                .in("other")
                .text(text)
                .references(room.examples.reference("one", "1.0.0"))
                .build());
        assertThat(other.globalId()).isNotEqualTo(one.globalId());
        SchemaSummary third = room.register("third", text);
        assertThat(room.objects()).hasSize(1);

        room.purge(other);
        room.purge(one);
        assertThat(room.objects()).hasSize(1);
        room.assertAllReadable();
        room.purge(third);
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("contents")).isZero();
        assertThat(room.count("blob_removals")).isZero();
    }

    @Test
    void contentOfAnArchive_isInNoRowNorObject_andItsNeighboursAreReadable() throws IOException {
        List<SchemaSummary> history = new ArrayList<>(room.history("orders", 5));
        String secret = "the secret " + room.noise(40);
        SchemaSummary purged = room.register("orders", room.text(20) + secret);
        history.addAll(room.history("orders", 5));
        tier();
        Fingerprint archive = room.archiveOf(purged);
        assertThat(Archive.find(
                        room.memory.get(archive).orElseThrow(),
                        purged.fingerprints().raw()))
                .isPresent();

        room.purge(purged);
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("archives")).isZero();
        assertThat(room.count("contents WHERE encoding = 5")).isZero();
        assertThat(history).allSatisfy(schema -> assertThat(room.read(schema)).isEqualTo(room.content(schema)));
        tier();
        assertThat(room.count("contents WHERE encoding = 5")).isPositive();
        for (Fingerprint object : room.objects()) {
            assertThat(Archive.find(
                            room.memory.get(object).orElseThrow(),
                            purged.fingerprints().raw()))
                    .isEmpty();
        }
        assertThat(room.count("contents WHERE raw_hash = decode('"
                        + purged.fingerprints().raw() + "', 'hex')"))
                .isZero();
        room.assertAllReadable();
    }

    @Test
    void purge_ofAnArchivedVersion_whileTheBlobStoreIsAway_changesNothing() {
        List<SchemaSummary> history = room.history("orders", 8);
        tier();
        SchemaSummary schema = history.getFirst();
        room.storage.deleteSchema(schema.id(), room.examples.now());
        room.blobs.fall();

        assertThatThrownBy(() -> room.storage.purgeSchema(schema.id())).isInstanceOf(StorageUnavailable.class);
        room.blobs.recover();
        assertThat(room.encoding(schema)).isEqualTo(Encoding.ARCHIVE);
        assertThat(room.read(history.get(1))).isEqualTo(room.content(history.get(1)));
        room.storage.purgeSchema(schema.id());
        room.registered.remove(schema);
        room.assertAllReadable();
    }

    /** Each purge wants the contents that the others have locked. */
    @Test
    void purgesOfOneArchive_fromManySubjects_allSucceed() throws Exception {
        List<SchemaSummary> history = room.history("orders", 9);
        List<SchemaSummary> moved = new ArrayList<>();
        for (SchemaSummary schema : history.subList(0, 6)) {
            String subject = "subject" + moved.size();
            moved.add(room.register(subject, new String(room.content(schema), StandardCharsets.UTF_8)));
            for (int i = 0; i < 3; i++) {
                room.register(subject, room.noise(100));
            }
        }
        tier();
        history.subList(0, 6).forEach(schema -> {
            room.storage.deleteSchema(schema.id(), room.examples.now());
            room.storage.purgeSchema(schema.id());
            room.registered.remove(schema);
        });
        assertThat(moved).allMatch(schema -> room.encoding(schema) == Encoding.ARCHIVE);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> purges = new ArrayList<>();
            for (SchemaSummary schema : moved) {
                purges.add(threads.submit(() -> room.purge(schema)));
            }
            for (Future<?> purge : purges) {
                purge.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("contents WHERE encoding = 5")).isZero();
        room.assertAllReadable();
    }
}
