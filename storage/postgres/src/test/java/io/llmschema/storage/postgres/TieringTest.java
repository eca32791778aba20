package io.llmschema.storage.postgres;

import static io.llmschema.storage.postgres.ContentRoom.COLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.postgres.ContentMaintenance.Tiered;
import io.llmschema.testkit.SchemaExamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cold contents on their way into archives and back, while others read and register. */
@Timeout(180)
class TieringTest {
    private static final int VERSIONS = 150;

    /** Small contents stay in their rows here. */
    private final ContentRoom room = ContentRoom.open(1024 * 1024);

    @AfterEach
    void close() {
        room.close();
    }

    private Tiered tier() {
        return room.maintenance().tier(COLD, false, (_, _) -> {});
    }

    private boolean isArchived(SchemaSummary schema) {
        return room.encoding(schema) == Encoding.ARCHIVE;
    }

    private void awaitBack(SchemaSummary schema) {
        room.await(schema + " is back", () -> !isArchived(schema));
    }

    @Test
    void dryRun_changesNothing_andReportsTheSame() {
        room.history("orders", VERSIONS);
        room.age();
        List<Long> progress = new ArrayList<>();
        Tiered would = room.maintenance().tier(COLD, true, (done, total) -> progress.add(total - done));

        assertThat(progress).containsExactly(0L);
        assertThat(room.count("contents WHERE encoding = 5")).isZero();
        assertThat(room.count("archives")).isZero();
        assertThat(room.objects()).isEmpty();
        assertThat(tier()).isEqualTo(would);
        assertThat(would.subjects()).isEqualTo(1);
        assertThat(would.contents()).isEqualTo(VERSIONS - 3);
        assertThat(would.archivedBytes()).isLessThan(would.bytes());
    }

    @Test
    void coldVersions_comeBackAsTheyWere_andIntoTheTable() {
        List<SchemaSummary> history = room.history("orders", VERSIONS);
        room.age();
        tier();

        assertThat(history.subList(0, VERSIONS - 3)).allMatch(this::isArchived);
        assertThat(history.subList(VERSIONS - 3, VERSIONS)).noneMatch(this::isArchived);
        assertThat(room.count("blob_uploads")).isZero();
        assertThat(room.objects()).hasSize(1);
        room.assertAllReadable();
        // Not all fit into the queue of those that come back.
        for (SchemaSummary schema : history) {
            room.await(schema + " is back", () -> {
                boolean isBack = !isArchived(schema);
                if (!isBack) {
                    room.read(schema);
                }
                return isBack;
            });
        }
        assertThat(room.count("archives")).isZero();
        room.maintenance().sweep(Duration.ZERO, false, (_, _) -> {});
        assertThat(room.objects()).isEmpty();
        room.assertAllReadable();
    }

    @Test
    void secondRun_movesAgainWhatCameBack() {
        List<SchemaSummary> history = room.history("orders", 20);
        room.age();
        assertThat(tier().contents()).isEqualTo(17);
        assertThat(tier()).isEqualTo(Tiered.NOTHING);
        for (SchemaSummary schema : history.subList(0, 5)) {
            room.read(schema);
            awaitBack(schema);
        }

        assertThat(tier().contents()).isEqualTo(5);
        assertThat(history.subList(0, 17)).allMatch(this::isArchived);
        room.assertAllReadable();
    }

    @Test
    void whatIsNeeded_staysInTheTable() {
        List<SchemaSummary> history = room.history("orders", 20);
        SchemaSummary read = history.get(4);
        SchemaSummary shared = history.get(5);
        SchemaSummary sharedAndCold = history.get(6);
        SchemaSummary latest = history.get(7);
        room.register("hot", new String(room.read(shared), StandardCharsets.UTF_8));
        room.register("cold", new String(room.read(sharedAndCold), StandardCharsets.UTF_8));
        room.history("cold", 5);
        room.age();
        room.execute("""
                INSERT INTO schema_access_log (tenant, schema_id, bucket, access_count, response_time_ns, last_accessed_at)
                SELECT tenant, id, now(), 1, 1, now() - interval '10 days' FROM schemas WHERE id = ?
                """, read.id().uuid());
        room.execute(
                "UPDATE subjects SET latest_id = ? WHERE name = 'orders'",
                latest.id().uuid());

        assertThat(tier().contents()).isEqualTo(20 - 3 - 3 + 2);
        assertThat(List.of(read, shared, latest)).noneMatch(this::isArchived);
        assertThat(history.subList(17, 20)).noneMatch(this::isArchived);
        assertThat(isArchived(sharedAndCold)).isTrue();
        room.assertAllReadable();
    }

    @Test
    void dependentsOfWhatIsArchived_areStoredAnew() {
        List<SchemaSummary> history = room.history("orders", 10);
        assertThat(room.encoding(history.getLast())).isEqualTo(Encoding.DELTA);
        room.age();
        tier();

        assertThat(room.encoding(history.get(7))).isEqualTo(Encoding.DICTIONARY);
        assertThat(history.subList(7, 10)).noneMatch(this::isArchived);
        room.memory.delete(room.archiveOf(history.getFirst()));
        for (SchemaSummary schema : history.subList(7, 10)) {
            assertThat(room.read(schema)).isEqualTo(room.content(schema));
        }
    }

    @Test
    void damagedContent_stays_andStopsNoOtherSubject() {
        List<SchemaSummary> history = room.history("orders", 8);
        List<SchemaSummary> others = room.history("payments", 8);
        room.age();
        SchemaSummary damaged = history.get(3);
        room.flip(damaged);

        Tiered tiered = tier();

        assertThat(tiered.damaged()).isPositive();
        assertThat(isArchived(damaged)).isFalse();
        assertThat(others.subList(0, 5)).allMatch(this::isArchived);
        assertThat(others).allMatch(schema -> Arrays.equals(room.read(schema), room.content(schema)));
    }

    @Test
    void blobStoreThatIsAway_leavesAllAsItWas() {
        List<SchemaSummary> history = room.history("orders", 20);
        room.age();
        room.blobs.fall();

        assertThatThrownBy(this::tier).isInstanceOf(StorageUnavailable.class).hasMessageContaining("it is away");
        assertThat(history).noneMatch(this::isArchived);
        assertThat(room.count("archives")).isZero();
        assertThat(room.count("blob_uploads")).isZero();
        room.assertAllReadable();
        room.blobs.recover();
        assertThat(tier().contents()).isEqualTo(17);
    }

    @Test
    void read_ofAnArchivedVersion_whileTheBlobStoreIsAway_isRefused() {
        List<SchemaSummary> history = room.history("orders", 20);
        room.age();
        tier();
        room.blobs.fall();

        assertThatThrownBy(() -> room.read(history.getFirst())).isInstanceOf(StorageUnavailable.class);
        assertThat(room.read(history.getLast())).isEqualTo(room.content(history.getLast()));
    }

    /** When the newest versions have been purged, the last one that is left may lie in an archive. */
    @Test
    void registration_afterAnArchivedVersion_asksNothingOfTheBlobStore() {
        List<SchemaSummary> history = room.history("orders", 10);
        room.age();
        tier();
        history.subList(7, 10).forEach(room::purge);
        room.blobs.fall();

        SchemaSummary schema = room.register("orders", room.text(20));
        assertThat(room.encoding(schema)).isEqualTo(Encoding.DICTIONARY);
        room.blobs.recover();
        room.assertAllReadable();
    }

    /** Two tenants may have the same contents, and so the same archive. */
    @Test
    void archiveOfTwoTenants_isKeptAsLongAsOneNeedsIt() {
        List<SchemaSummary> one = room.history("orders", 8);
        SchemaExamples others = SchemaExamples.ofFreshTenant();
        List<SchemaSummary> two = one.stream()
                .map(schema -> room.register(
                        others.schema("orders", new String(room.content(schema), StandardCharsets.UTF_8))))
                .toList();
        room.age();
        assertThat(tier().contents()).isEqualTo(10);
        assertThat(room.objects()).hasSize(1);

        for (SchemaSummary schema : one.subList(0, 5)) {
            room.read(schema);
            awaitBack(schema);
        }
        room.maintenance().sweep(Duration.ZERO, false, (_, _) -> {});
        assertThat(two.subList(0, 5)).allMatch(this::isArchived);
        room.assertAllReadable();
    }

    @Test
    void readsRegistrationsPurgesAndTiering_atTheSameTime_loseNothing() throws Exception {
        List<SchemaSummary> known = new CopyOnWriteArrayList<>(room.history("orders", 40));
        room.history("shared", 3);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> threads = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Random readers = new Random(room.random.nextLong());
            for (int i = 0; i < 2; i++) {
                threads.add(executor.submit(() -> {
                    while (!isOver.get()) {
                        SchemaSummary schema = known.get(readers.nextInt(known.size()));
                        byte[] bytes = room.registered.get(schema);
                        if (bytes != null) {
                            assertThat(room.read(schema)).isEqualTo(bytes);
                        }
                    }
                }));
            }
            threads.add(executor.submit(() -> {
                Random random = new Random(room.random.nextLong());
                while (!isOver.get()) {
                    SchemaSummary schema = known.get(random.nextInt(known.size()));
                    // Another subject shares it, for which others wait with this one's content locked.
                    String text = new String(room.content(schema), StandardCharsets.UTF_8);
                    SchemaSummary shared = room.register("shared" + random.nextInt(3), text);
                    if (random.nextBoolean()) {
                        room.purge(shared);
                    }
                }
            }));
            threads.add(executor.submit(() -> {
                for (int i = 0; i < 150; i++) {
                    SchemaSummary schema = room.register("orders", room.changed(room.text(20)));
                    known.add(schema);
                    if (i % 10 == 0) {
                        room.purge(room.register("orders", room.text(5)));
                    }
                }
                isOver.set(true);
            }));
            int rounds = 0;
            while (!isOver.get() || rounds < 20) {
                room.age();
                try {
                    tier();
                } catch (RolledBack e) {
                    System.out.println("rolled back: " + e.getMessage());
                }
                if (rounds++ % 3 == 0) {
                    room.maintenance().sweep(Duration.ZERO, false, (_, _) -> {});
                }
            }
            System.out.println(rounds + " rounds of tiering");
            isOver.set(true);
            for (Future<?> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
        } finally {
            isOver.set(true);
        }
        room.assertAllReadable();
        assertThat(room.maintenance().verify((_, _) -> {}).damaged()).isZero();
        assertThat(room.storage.getSchema(
                        new SchemaKey.ByVersion(room.examples.subject("orders"), new VersionSelector.Latest())))
                .isPresent();
    }
}
