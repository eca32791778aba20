package io.llmschema.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.testkit.S3Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server of its own, which the tests send away. */
class S3TroubleTest {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint HASH = Fingerprint.sha256(BYTES);
    private static final long POLL_NANOS = 2_000_000;

    private final S3Server server = TestS3.started();
    private final S3Config config = TestS3.fresh(server).withLimits(TestS3.SHORT);
    private final S3BlobStore store = new S3BlobStore(config);

    @AfterEach
    void end() {
        store.close();
        server.thaw();
        server.close();
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(StorageUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TestS3.HANGING);
    }

    private void assertEverythingUnavailable() {
        byte[] large = new byte[S3BlobStore.PART_BYTES + 1];
        new Random(1).nextBytes(large);
        assertUnavailable(() -> store.put(HASH, BYTES));
        assertUnavailable(() -> store.put(Fingerprint.sha256(large), large));
        assertUnavailable(() -> store.get(HASH));
        assertUnavailable(() -> store.exists(HASH));
        // Of another object: a server that goes on may still do what it was asked before.
        assertUnavailable(() -> store.delete(Fingerprint.sha256(large)));
        assertUnavailable(() -> store.list(null, 10));
        long start = System.nanoTime();
        assertThat(store.check().isUp()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TestS3.HANGING);
    }

    @Test
    void anything_serverIsStopped_isUnavailable_untilItIsBack() {
        store.put(HASH, BYTES);
        server.stop();

        assertEverythingUnavailable();
        server.restart();

        assertThat(store.get(HASH)).hasValue(BYTES);
        assertThat(store.check().isUp()).isTrue();
    }

    @Test
    void anything_serverIsFrozen_isUnavailableInTime_untilItGoesOn() {
        store.put(HASH, BYTES);
        server.freeze();

        assertEverythingUnavailable();
        server.thaw();

        assertThat(store.get(HASH)).hasValue(BYTES);
        assertThat(store.check().isUp()).isTrue();
    }

    @Test
    void anything_serverWasSilent_isRefusedAtOnce_forAMoment() {
        store.put(HASH, BYTES);
        try (S3BlobStore offended = new S3BlobStore(config.withLimits(TestS3.SHORT.withPause(TestS3.HANGING)))) {
            server.freeze();
            assertUnavailable(() -> offended.exists(HASH));
            server.thaw();

            assertThatThrownBy(() -> offended.get(HASH))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("a moment ago");
            assertThat(offended.check().isUp()).isTrue();
        }
        assertThat(store.get(HASH)).hasValue(BYTES);
    }

    @Test
    void anything_tooMuchAtOnce_isUnavailableInTime() throws Exception {
        S3Limits one = S3Limits.DEFAULT
                .withTimeouts(TestS3.HANGING, TestS3.HANGING, TestS3.HANGING, TestS3.HANGING)
                .withConcurrency(1, Duration.ofMillis(100));
        try (S3BlobStore narrow = new S3BlobStore(config.withLimits(one));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.freeze();
            Future<Boolean> first = threads.submit(() -> narrow.exists(HASH));
            await("the only turn is taken", () -> narrow.freeTurns() == 0);

            assertThatThrownBy(() -> narrow.exists(HASH))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("1 calls are under way");
            server.thaw();

            assertThat(first.get(TestS3.HANGING.toSeconds(), TimeUnit.SECONDS)).isFalse();
            assertThat(narrow.freeTurns()).isEqualTo(1);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TestS3.HANGING.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("not within %s: %s", TestS3.HANGING, what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
