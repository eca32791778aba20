package io.llmschema.systemtests.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.storage.directory.DirectoryBlobStore;
import io.llmschema.systemtests.recovery.Eventually;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 is away, stopped or silent, and comes back: nothing is refused that is registered, nothing is lost, and all of it gets there. */
final class S3OutageTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** A request that takes as long hangs. */
    private static final Duration HANGING = Duration.ofSeconds(45);

    private static final int BEFORE = 3;
    private static final int DURING = 6;
    private static final Texts TEXTS = Texts.of(S3OutageTest.class);
    private static final String AWAITING = "contents WHERE awaits_blob";

    private static Machines machines;
    private static Registry registry;
    private static int subjects;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        machines = Machines.start(folder);
        registry = new Registry(machines.site("outage"));
    }

    @AfterAll
    static void end() throws IOException {
        try (Machines _ = machines;
                Registry _ = registry) {
            machines.s3().thaw();
        }
    }

    @AfterEach
    void s3IsThere() {
        machines.s3().thaw();
    }

    private static String registerLarge() throws IOException {
        return registry.register("large-" + subjects++, TEXTS.large());
    }

    /** One after the other, and all at once; says how long that took. */
    private static void registerDuring(String trouble) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < DURING; i++) {
            long begin = System.nanoTime();
            String id = registerLarge();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(elapsed).isLessThan(HANGING);
            millis.add(elapsed.toMillis());
            // It lies in the database.
            assertThat(registry.client().content(id).status()).isEqualTo(200);
        }
        System.out.println("S3OutageTest: registrations while S3 is " + trouble + " took, in ms, " + millis);
        Client client = registry.client();
        Map<String, String> contents = new LinkedHashMap<>();
        for (int i = 0; i < DURING; i++) {
            contents.put("large-" + subjects++, TEXTS.large());
        }
        List<Future<Client.Answer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            contents.forEach(
                    (subject, content) -> answers.add(clients.submit(() -> client.register(subject, content))));
        }
        for (Future<Client.Answer> answer : answers) {
            assertThat(answer.get().status()).as("%s", answer.get()).isEqualTo(201);
            assertThat(answer.get().elapsed()).isLessThan(HANGING);
        }
        System.out.println("S3OutageTest: at once, they took, in ms, "
                + answers.stream()
                        .map(it -> it.resultNow().elapsed().toMillis())
                        .toList());
        for (Map.Entry<String, String> content : contents.entrySet()) {
            registry.register(content.getKey(), content.getValue());
        }
    }

    private static void checkAllArrived(int large) throws Exception {
        long begin = System.nanoTime();
        registry.site().awaitNone(AWAITING, registry.server());
        System.out.println("S3OutageTest: everything was in S3 "
                + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms after it was back");
        assertThat(registry.site().count("contents WHERE encoding = 4")).isGreaterThanOrEqualTo(large);
        assertThat(registry.site().objects()).hasSizeGreaterThanOrEqualTo(large);
        registry.checkWhole();
        registry.checkContents();
        // What of it goes is none of these: an archive whose contents were read may be left of another test.
        registry.sweep();
        // Without what this one has in memory.
        registry.startAgain();
        registry.checkContents();
    }

    @Test
    void stoppedInTheMiddle_refusesNothing_andGetsAll() throws Exception {
        for (int i = 0; i < BEFORE; i++) {
            registerLarge();
        }
        machines.s3().stop();
        try {
            registerDuring("stopped");
            assertThat(registry.site().count(AWAITING)).isGreaterThanOrEqualTo(2 * DURING);
        } finally {
            machines.s3().restart();
        }
        registerLarge();
        checkAllArrived(BEFORE + 2 * DURING + 1);
    }

    @Test
    void frozen_refusesNothing_andGetsAll() throws Exception {
        registerLarge();
        machines.s3().freeze();
        registerDuring("frozen");
        machines.s3().thaw();
        registerLarge();
        checkAllArrived(2 * DURING + 2);
    }

    /** A content that only S3 has. */
    private record Remote(String id, String content) {
        static Remote of() throws IOException {
            String content = TEXTS.large();
            Remote remote = new Remote(registry.register("large-" + subjects++, content), content);
            registry.site().awaitNone(AWAITING, registry.server());
            return remote;
        }

        Fingerprint hash() {
            return Texts.hash(content);
        }

        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }

        boolean isServed(Client client) {
            Client.Answer answer = client.content(id);
            return answer.status() == 200 && answer.text().equals(content);
        }
    }

    @Test
    void readsOfWhatOnlyS3Has_areRefusedForNow_unlessTheyAreCached() throws Exception {
        Remote remote = Remote.of();
        assertThat(remote.isServed(registry.client())).isTrue();
        machines.s3().stop();
        try (ServerProcess other = registry.site().start()) {
            Client cold = Client.of(other);
            try {
                checkRefusals("stopped", cold, remote);
            } finally {
                machines.s3().restart();
            }
            awaitServed(cold, remote);
            Remote second = Remote.of();
            assertThat(second.isServed(registry.client())).isTrue();
            machines.s3().freeze();
            checkRefusals("frozen", cold, second);
            machines.s3().thaw();
            awaitServed(cold, second);
        }
    }

    private static void checkRefusals(String trouble, Client cold, Remote remote) throws IOException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Client.Answer refused = cold.content(remote.id());
            assertThat(refused)
                    .matches(it -> it.is(503, "storage-unavailable")
                            && !it.retryAfter().isEmpty());
            assertThat(refused.elapsed()).isLessThan(HANGING);
            millis.add(refused.elapsed().toMillis());
        }
        System.out.println("S3OutageTest: reads while S3 is " + trouble + " were refused after, in ms, " + millis);
        assertThat(remote.isServed(registry.client())).as("it is cached").isTrue();
        // What lies in the database, and all that is known of the version beside its content, is there.
        assertThat(cold.get("/api/v1/subjects").status()).isEqualTo(200);
    }

    private static void awaitServed(Client client, Remote remote) {
        Eventually.until(TIMEOUT, () -> remote.isServed(client), () -> "it is served again");
    }

    /** Once all newer versions are purged, a subject's last content is an archive's, which S3 has. */
    @Test
    void nextVersion_doesNotNeedThatTheLastOneCanBeRead() throws Exception {
        String subject = "tiered-" + subjects++;
        Client client = registry.client();
        registry.register(subject, TEXTS.small());
        String path =
                "/api/v1/schemas/" + client.register(subject, TEXTS.small()).id();
        try (ServerProcess tiering = registry.maintain("tier")) {
            assertThat(tiering.awaitExit()).as(tiering.output()).isZero();
        }
        assertThat(client.delete(path).status()).isBetween(200, 299);
        assertThat(client.delete(path + "?permanent=true").status()).isBetween(200, 299);
        // Without what it has in memory.
        registry.startAgain();
        machines.s3().stop();
        try {
            registry.register(subject, TEXTS.small());
        } finally {
            machines.s3().restart();
        }
        registry.checkContents();
        registry.checkWhole();
    }

    @Test
    void fallback_servesWhatS3CannotGive(@TempDir Path replica) throws Exception {
        Remote remote = Remote.of();
        Remote missing = Remote.of();
        try (DirectoryBlobStore fallback = new DirectoryBlobStore(replica)) {
            fallback.put(remote.hash(), remote.bytes());
        }
        machines.s3().stop();
        try (ServerProcess other = registry.site().start("--blob-fallback-url", replica.toString())) {
            Client client = Client.of(other);
            try {
                Client.Answer served = client.content(remote.id());
                assertThat(served.text()).isEqualTo(remote.content());
                System.out.println("S3OutageTest: the fallback has served after "
                        + served.elapsed().toMillis() + " ms");
                // That nobody has it is not said while one of the two cannot be asked.
                assertThat(client.content(missing.id())).matches(it -> it.is(503, "storage-unavailable"));
            } finally {
                machines.s3().restart();
            }
            awaitServed(client, missing);
        }
    }
}
