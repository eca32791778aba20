package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.postgres.ContentMaintenance.Orphan;
import io.llmschema.storage.postgres.ContentMaintenance.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a sweep takes all that nobody refers to, and nothing else. */
@Timeout(120)
class SweepTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final ContentRoom room = ContentRoom.open(ContentRoom.INLINE_BYTES);

    @AfterEach
    void close() {
        room.close();
    }

    private List<Orphan> sweep(Duration grace) {
        return room.maintenance().sweep(grace, false, (_, _) -> {});
    }

    private Fingerprint putOrphan() {
        byte[] bytes = ContentRoom.bytes(room.noise(100));
        Fingerprint hash = Fingerprint.sha256(bytes);
        room.memory.put(hash, bytes);
        return hash;
    }

    @Test
    void orphan_isRemoved_onceItIsOldEnough() {
        Fingerprint orphan = putOrphan();

        assertThat(sweep(DAY)).isEmpty();
        assertThat(room.maintenance().sweep(Duration.ZERO, true, (_, _) -> {}))
                .containsExactly(new Orphan(orphan, 100));
        assertThat(room.objects()).containsExactly(orphan);
        assertThat(sweep(Duration.ZERO)).containsExactly(new Orphan(orphan, 100));
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("blob_removals")).isZero();
    }

    @Test
    void whatARowRefersTo_isNeverRemoved() {
        SchemaSummary inStore = room.register("one", room.text(50));
        room.blobs.fall();
        SchemaSummary awaiting = room.register("two", room.text(50));
        room.blobs.recover();
        // As if a mover had put it and died.
        room.memory.put(awaiting.fingerprints().raw(), room.content(awaiting));
        for (int i = 0; i < 5; i++) {
            room.register("small", room.noise(200));
        }
        room.age();
        assertThat(room.maintenance()
                        .tier(ContentRoom.COLD, false, (_, _) -> {})
                        .archives())
                .isEqualTo(1);

        assertThat(sweep(Duration.ZERO)).isEmpty();
        assertThat(room.objects()).hasSize(3).contains(inStore.fingerprints().raw());
        room.assertAllReadable();
    }

    @Test
    void runningUpload_protectsItsObject_howeverOldThatIs() {
        Fingerprint object = putOrphan();
        UUID upload = room.jdbi
                .withHandle(handle -> BlobUploads.begin(handle, object))
                .orElseThrow();

        assertThat(sweep(Duration.ZERO)).isEmpty();
        assertThat(room.objects()).containsExactly(object);
        room.execute("UPDATE blob_uploads SET started_at = now() - interval '2 hours' WHERE id = ?", upload);
        assertThat(sweep(Duration.ZERO)).hasSize(1);
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("blob_uploads")).isZero();
    }

    @Test
    void removalWhoseProcessDied_isFinished() {
        Fingerprint object = putOrphan();
        room.execute("INSERT INTO blob_removals (hash) VALUES (?)", (Object) object.toBytes());

        sweep(DAY);
        assertThat(room.objects()).isEmpty();
        assertThat(room.count("blob_removals")).isZero();
    }

    /** If it were finished by the other one, the object could be put anew, and be removed then. */
    @Test
    void removalThatIsUnderWay_isLeftToWhoeverDoesIt() throws Exception {
        String text = room.text(50);
        NewSchema candidate = room.examples.schema("orders", text);
        Fingerprint object = candidate.fingerprints().raw();
        room.memory.put(object, ContentRoom.bytes(text));
        CountDownLatch open = new CountDownLatch(1);
        SchemaSummary schema;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> removal = threads.submit(() -> room.jdbi.useHandle(handle -> {
                assertThat(BlobUploads.beginRemoval(handle, object, BlobUploads.MAX_UPLOAD))
                        .isTrue();
                BlobUploads.finishRemoval(handle, object, hash -> {
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    room.memory.delete(hash);
                });
            }));
            try {
                room.await("it has begun", () -> room.count("blob_removals") == 1);
                room.await(
                        "it has locked its note",
                        () -> room.count("(SELECT FROM blob_removals FOR UPDATE SKIP LOCKED) AS free") == 0);
                assertThat(sweep(Duration.ZERO)).isEmpty();
                assertThat(room.count("blob_removals")).isEqualTo(1);
                schema = room.register(candidate);
                assertThat(room.row(schema).awaitsBlob()).isTrue();
            } finally {
                open.countDown();
            }
            removal.get(20, TimeUnit.SECONDS);
        }

        room.await("it is in the store", () -> room.encoding(schema) == Encoding.BLOB);
        room.assertAllReadable();
    }

    @Test
    void registrationsPurgesAndSweeps_atTheSameTime_neverLeaveARowWithoutItsObject() throws Exception {
        List<String> texts = List.of(room.text(30), room.text(30), room.text(30));
        List<Future<?>> threads = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                String subject = "subject" + i;
                Random random = new Random(room.random.nextLong());
                threads.add(executor.submit(() -> {
                    for (int round = 0; round < 40; round++) {
                        try {
                            SchemaSummary schema = room.register(subject, texts.get(random.nextInt(texts.size())));
                            if (random.nextInt(10) > 0) {
                                room.purge(schema);
                            }
                        } catch (RolledBack e) {
                            System.out.println("rolled back: " + e.getMessage());
                        }
                    }
                }));
            }
            threads.add(executor.submit(() -> {
                for (int round = 0; round < 60; round++) {
                    sweep(Duration.ZERO);
                }
            }));
            for (int round = 0; round < 60; round++) {
                sweep(Duration.ZERO);
            }
            for (Future<?> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
        }
        room.await("nothing waits", () -> room.count("contents WHERE awaits_blob") == 0);
        sweep(Duration.ZERO);

        Verified verified = room.maintenance().verify((_, _) -> {});
        assertThat(verified.damages()).isEmpty();
        assertThat(verified.inBlobs()).isEqualTo(room.count("contents"));
        assertThat(room.count("blob_removals")).isZero();
        room.assertAllReadable();
    }
}
