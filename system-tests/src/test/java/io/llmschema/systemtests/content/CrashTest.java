package io.llmschema.systemtests.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.systemtests.content.Hold.Step;
import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at every step between a large content's way into the blob store and the commit of its row: the version is there, with
 * its content, or not at all.
 *
 * <p>A frozen S3 or a trigger that waits stops the server where it is to be killed; it has no code for that.
 */
final class CrashTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Texts TEXTS = Texts.of(CrashTest.class);
    private static final String AWAITING = "contents WHERE awaits_blob";

    private static Machines machines;
    private static Registry withBucket;
    private static Registry withFolder;
    private static int subjects;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        machines = Machines.start(folder);
        withBucket = new Registry(machines.site("crash-bucket"));
        withFolder = new Registry(machines.siteWithFolder("crash-folder"));
        for (Registry registry : new Registry[] {withBucket, withFolder}) {
            for (int i = 0; i < 3; i++) {
                registry.register("before-large-" + i, TEXTS.large());
                registry.register("before-small", TEXTS.small());
            }
        }
    }

    @AfterAll
    static void end() throws IOException {
        try (Machines _ = machines;
                Registry _ = withBucket;
                Registry _ = withFolder) {
            machines.s3().thaw();
        }
    }

    /**
     * A registration that is cut off, and what must be left of it.
     *
     * @param outcome what came of it, for whoever has to find out why a test fails; most never get an answer
     */
    private record Victim(Registry registry, String subject, String content, AtomicReference<String> outcome) {
        static Victim of(Registry registry) {
            return new Victim(registry, "victim-" + subjects++, TEXTS.large(), new AtomicReference<>("no answer yet"));
        }

        Thread begin() {
            Client client = registry.client();
            return Thread.ofVirtual().start(() -> {
                try {
                    outcome.set(client.register(subject, content).toString());
                } catch (UncheckedIOException e) {
                    outcome.set("no answer: " + e.getCause());
                }
            });
        }

        private String row() {
            return "contents WHERE raw_hash = " + Texts.sql(content);
        }

        /** The server is dead: what is there now, and after its successor has started. */
        void check(boolean isThere, int orphans) throws IOException, SQLException {
            assertThat(registry.server().isAlive()).isFalse();
            registry.site().terminateBackends();
            assertThat(registry.site().count(row())).isEqualTo(isThere ? 1 : 0);
            registry.checkWhole();
            // Either the sweep comes first, or the registration, which takes the orphan over.
            boolean isSweptFirst = registry == withBucket;
            if (isSweptFirst) {
                assertThat(registry.sweep()).isEqualTo(orphans);
            }
            registry.startAgain();
            registry.checkContents();
            Client.Answer found = registry.client().get("/api/v1/subjects/" + subject + "/versions/latest");
            if (isThere) {
                assertThat(registry.client()
                                .content(found.json().path("id").asString())
                                .text())
                        .isEqualTo(content);
            } else {
                assertThat(found.status()).isEqualTo(404);
            }
            registry.register(subject, content);
            registry.site().awaitNone(AWAITING, registry.server());
            registry.checkContents();
            registry.checkWhole();
            assertThat(registry.sweep()).isZero();
            assertThat(registry.site().objects()).contains(Texts.hash(content));
            registry.checkContents();
        }
    }

    private static void killAt(Step step, Registry registry, int orphans) throws Exception {
        Victim victim = Victim.of(registry);
        try (Hold hold = Hold.at(step, registry.site())) {
            Thread sent = victim.begin();
            hold.await(registry.server());
            registry.server().kill();
            sent.join();
        }
        victim.check(false, orphans);
    }

    @Test
    void beforePut_bucket() throws Exception {
        Victim victim = Victim.of(withBucket);
        machines.s3().freeze();
        try {
            Thread sent = victim.begin();
            withBucket
                    .site()
                    .awaitSome("blob_uploads WHERE hash = " + Texts.sql(victim.content()), withBucket.server());
            Eventually.until(
                    TIMEOUT, () -> Sockets.isSomethingSent(machines.s3().endpoint()), () -> "the object is under way");
            withBucket.server().kill();
            sent.join();
        } finally {
            machines.s3().thaw();
        }
        awaitQuietS3();
        boolean isPut = withBucket.site().objects().contains(Texts.hash(victim.content()));
        System.out.println("CrashTest: a put whose sender was killed was " + (isPut ? "done" : "not done"));
        victim.check(false, isPut ? 1 : 0);
    }

    /** What was sent before is still done, or not. */
    private static void awaitQuietS3() {
        Eventually.until(
                TIMEOUT, () -> !Sockets.isAnyoneConnected(machines.s3().endpoint()), () -> "S3 is through with it");
    }

    @Test
    void beforeNote_bucket() throws Exception {
        killAt(Step.NOTE_OF_UPLOAD, withBucket, 0);
    }

    @Test
    void beforeNote_folder() throws Exception {
        killAt(Step.NOTE_OF_UPLOAD, withFolder, 0);
    }

    @Test
    void betweenPutAndInsert_bucket() throws Exception {
        killAt(Step.INSERT, withBucket, 1);
    }

    @Test
    void betweenPutAndInsert_folder() throws Exception {
        killAt(Step.INSERT, withFolder, 1);
    }

    @Test
    void betweenInsertAndCommit_bucket() throws Exception {
        killAt(Step.COMMIT_OF_INSERT, withBucket, 1);
    }

    @Test
    void betweenInsertAndCommit_folder() throws Exception {
        killAt(Step.COMMIT_OF_INSERT, withFolder, 1);
    }

    @Test
    void betweenInsertAndCommit_thatPostgresStillDoes() throws Exception {
        Victim victim = Victim.of(withBucket);
        try (Hold hold = Hold.at(Step.COMMIT_OF_INSERT, withBucket.site())) {
            Thread sent = victim.begin();
            hold.await(withBucket.server());
            withBucket.server().kill();
            sent.join();
            hold.letGo();
            withBucket.site().awaitSome(victim.row(), withBucket.server());
        }
        victim.check(true, 0);
    }

    @Test
    void afterCommit_bucket() throws Exception {
        killAfterCommit(withBucket);
    }

    @Test
    void afterCommit_folder() throws Exception {
        killAfterCommit(withFolder);
    }

    private static void killAfterCommit(Registry registry) throws Exception {
        Victim victim = Victim.of(registry);
        Thread sent = victim.begin();
        Eventually.until(
                TIMEOUT,
                () -> registry.site().count(victim.row()) > 0,
                () -> "the row is there; the client had " + victim.outcome() + "\n"
                        + registry.server().output());
        registry.server().kill();
        sent.join();
        victim.check(true, 0);
    }

    @Test
    void moverBetweenPutAndUpdate() throws Exception {
        killMoverAt(Step.MOVE);
    }

    @Test
    void moverBeforeCommit() throws Exception {
        killMoverAt(Step.COMMIT_OF_MOVE);
    }

    private static void killMoverAt(Step step) throws Exception {
        Registry registry = withBucket;
        Victim victim = Victim.of(registry);
        machines.s3().stop();
        boolean isRestarted = false;
        try (Hold hold = Hold.at(step, registry.site())) {
            registry.register(victim.subject(), victim.content());
            assertThat(registry.site().count(victim.row() + " AND awaits_blob")).isEqualTo(1);
            // The trap is there before S3 is: the mover looks by its own clock.
            machines.s3().restart();
            isRestarted = true;
            hold.await(registry.server());
            registry.server().kill();
        } finally {
            if (!isRestarted) {
                machines.s3().restart();
            }
        }
        assertThat(registry.site().count(victim.row() + " AND awaits_blob")).isEqualTo(1);
        assertThat(registry.site().objects()).contains(Texts.hash(victim.content()));
        victim.check(true, 0);
    }

    @Test
    void tieringBetweenPutAndUpdate() throws Exception {
        killTieringAt(Step.ARCHIVAL);
    }

    @Test
    void tieringBeforeCommit() throws Exception {
        killTieringAt(Step.COMMIT_OF_ARCHIVAL);
    }

    private static void killTieringAt(Step step) throws Exception {
        Registry registry = withBucket;
        String subject = "tiered-" + subjects++;
        for (int i = 0; i < 4; i++) {
            registry.register(subject, TEXTS.small());
        }
        String archived = "contents WHERE encoding = 5";
        try (Hold hold = Hold.at(step, registry.site());
                ServerProcess tiering = registry.maintain("tier")) {
            hold.await(tiering);
            tiering.kill();
        }
        assertThat(registry.site().count(archived)).isZero();
        registry.checkWhole();
        assertThat(registry.sweep()).isEqualTo(1);
        registry.checkContents();
        assertThat(registry.site().count("archives")).isZero();

        try (ServerProcess tiering = registry.maintain("tier")) {
            assertThat(tiering.awaitExit()).as(tiering.output()).isZero();
        }
        assertThat(registry.site().count(archived)).isGreaterThanOrEqualTo(3);
        registry.checkWhole();
        assertThat(registry.sweep()).isZero();
        // Its cache has them; a new one has not, and reads bring them back.
        registry.startAgain();
        registry.checkContents();
        registry.site().awaitNone(archived, registry.server());
        assertThat(registry.sweep()).isPositive();
        assertThat(registry.site().count("archives")).isZero();
    }

    @Test
    void sweepBeforeNote() throws Exception {
        killSweepAt(Step.COMMIT_OF_REMOVAL_NOTE, true);
    }

    @Test
    void sweepAfterDeletion() throws Exception {
        killSweepAt(Step.END_OF_REMOVAL, false);
    }

    /** An object that nobody refers to: of a registration that was cut off. */
    private static Victim orphan(Registry registry) throws Exception {
        Victim victim = Victim.of(registry);
        try (Hold hold = Hold.at(Step.INSERT, registry.site())) {
            Thread sent = victim.begin();
            hold.await(registry.server());
            registry.server().kill();
            sent.join();
        }
        registry.startAgain();
        registry.ageUploads();
        assertThat(registry.site().objects()).contains(Texts.hash(victim.content()));
        return victim;
    }

    private static void killSweepAt(Step step, boolean isThereAfter) throws Exception {
        Registry registry = withFolder;
        Victim victim = orphan(registry);
        try (Hold hold = Hold.at(step, registry.site());
                ServerProcess sweep = registry.maintain("sweep")) {
            hold.await(sweep);
            sweep.kill();
        }
        assertThat(registry.site().objects().contains(Texts.hash(victim.content())))
                .isEqualTo(isThereAfter);
        checkAfterSweepDied(victim);
    }

    /** The sweep has said that it removes an object, and dies; meanwhile a version comes that needs it. */
    @Test
    void sweepBetweenNoteAndDeletion() throws Exception {
        Victim victim = orphan(withBucket);
        try (Hold hold = Hold.at(Step.COMMIT_OF_REMOVAL_NOTE, withBucket.site());
                ServerProcess sweep = withBucket.maintain("sweep")) {
            hold.await(sweep);
            machines.s3().freeze();
            hold.letGo();
            withBucket.site().awaitSome("blob_removals", sweep);
            sweep.kill();
        } finally {
            machines.s3().thaw();
        }
        awaitQuietS3();
        checkAfterSweepDied(victim);
    }

    private static void checkAfterSweepDied(Victim victim) throws Exception {
        Registry registry = victim.registry();
        registry.register(victim.subject(), victim.content());
        registry.awaitPassOfMover(TEXTS);
        registry.checkWhole();
        registry.finishRemovals();
        registry.checkWhole();
        registry.site().awaitNone(AWAITING, registry.server());
        registry.checkWhole();
        assertThat(registry.site().objects()).contains(Texts.hash(victim.content()));
        registry.startAgain();
        registry.checkContents();
        assertThat(registry.sweep()).isZero();
    }
}
