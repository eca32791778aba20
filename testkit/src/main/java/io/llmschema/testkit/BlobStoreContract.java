package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobPage.Blob;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.InMemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlobStore} does. Extended with a store and a way to damage it. */
public abstract class BlobStoreContract {
    private static final int MIB = 1024 * 1024;

    /** How far the clock of a store may be from ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private BlobStore store = new InMemoryBlobStore();

    /** The store to test, empty, called once for each test, which closes it. */
    protected abstract BlobStore createStore();

    /** Lets an object that was put have these bytes, behind the back of the store, as a failing disk does. */
    protected abstract void overwrite(Fingerprint hash, byte[] bytes);

    @BeforeEach
    final void openStore() {
        store = createStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** The same bytes for the same size. */
    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Fingerprint put(byte[] bytes) {
        Fingerprint hash = Fingerprint.sha256(bytes);
        store.put(hash, bytes);
        return hash;
    }

    /** So many objects, by name. */
    private List<Fingerprint> putSome(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> put(text("object " + i)))
                .sorted(Comparator.comparing(Fingerprint::toString))
                .toList();
    }

    private static List<Fingerprint> names(BlobPage page) {
        return page.blobs().stream().map(Blob::hash).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3 * MIB, 8 * MIB, 8 * MIB + 1, 17 * MIB})
    void get_afterPut_isTheSameBytes(int size) {
        byte[] bytes = bytes(size);

        Fingerprint hash = put(bytes);

        assertThat(store.exists(hash)).isTrue();
        assertThat(store.get(hash))
                .hasValueSatisfying(
                        found -> assertThat(Arrays.equals(found, bytes)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 9 * MIB})
    void put_again_changesNothing(int size) {
        byte[] bytes = bytes(size);
        Fingerprint hash = put(bytes);
        BlobPage before = store.list(null, BlobStore.MAX_PAGE);

        put(bytes);

        assertThat(store.list(null, BlobStore.MAX_PAGE)).isEqualTo(before);
        assertThat(store.get(hash)).isPresent();
    }

    @Test
    void put_arrayChangedAfterwards_keepsWhatWasPut() {
        byte[] bytes = text("before");
        Fingerprint hash = put(bytes);

        bytes[0] = 'B';
        store.get(hash).orElseThrow()[1] = 'E';

        assertThat(store.get(hash)).hasValue(text("before"));
    }

    @Test
    void put_underAnotherHash_isRefusedAndNotKept() {
        Fingerprint hash = Fingerprint.sha256(text("something"));

        assertThatThrownBy(() -> store.put(hash, text("something else")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hash.toString());
        assertThat(store.exists(hash)).isFalse();
    }

    @Test
    void put_tooMany_isRefused() {
        byte[] bytes = new byte[BlobStore.MAX_BYTES + 1];

        assertThatThrownBy(() -> store.put(Fingerprint.sha256(text("")), bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void get_absent_isEmpty() {
        Fingerprint hash = Fingerprint.sha256(text("never put"));

        assertThat(store.get(hash)).isEmpty();
        assertThat(store.exists(hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 9 * MIB})
    void get_aByteIsFlipped_isDamagedNotWrong(int size) {
        byte[] bytes = bytes(size);
        Fingerprint hash = put(bytes);

        bytes[size / 2] ^= 1;
        overwrite(hash, bytes);

        assertThatThrownBy(() -> store.get(hash))
                .isInstanceOf(ContentDamaged.class)
                .hasMessageContaining(hash.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 9 * MIB})
    void get_truncated_isDamagedNotWrong(int size) {
        byte[] bytes = bytes(size);
        Fingerprint hash = put(bytes);

        overwrite(hash, Arrays.copyOf(bytes, size / 2));

        assertThatThrownBy(() -> store.get(hash)).isInstanceOf(ContentDamaged.class);
    }

    @Test
    void put_damagedAndDeleted_isWholeAgain() {
        Fingerprint hash = put(text("whole"));
        overwrite(hash, text("hole"));

        store.delete(hash);
        put(text("whole"));

        assertThat(store.get(hash)).hasValue(text("whole"));
    }

    @Test
    void delete_isGone() {
        Fingerprint hash = put(text("one"));
        Fingerprint other = put(text("other"));

        store.delete(hash);

        assertThat(store.exists(hash)).isFalse();
        assertThat(store.get(hash)).isEmpty();
        assertThat(names(store.list(null, 10))).containsExactly(other);
    }

    @Test
    void delete_absent_isNoError() {
        Fingerprint hash = put(text("one"));
        store.delete(hash);

        assertThatCode(() -> store.delete(hash)).doesNotThrowAnyException();
    }

    @Test
    void list_empty_isOneEmptyPage() {
        assertThat(store.list(null, 10)).isEqualTo(new BlobPage(List.of(), null));
    }

    @Test
    void list_all_isInOrderWithSizesAndTimes() {
        Instant before = Instant.now();
        Fingerprint empty = put(new byte[0]);
        Fingerprint large = put(bytes(100_000));
        Instant after = Instant.now();

        BlobPage page = store.list(null, BlobStore.MAX_PAGE);

        assertThat(page.next()).isNull();
        assertThat(names(page))
                .containsExactlyInAnyOrder(empty, large)
                .isSortedAccordingTo(Comparator.comparing(Fingerprint::toString));
        assertThat(page.blobs()).allSatisfy(blob -> {
            assertThat(blob.bytes()).isEqualTo(blob.hash().equals(empty) ? 0 : 100_000);
            assertThat(blob.storedAt()).isBetween(before.minus(SKEW), after.plus(SKEW));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 7, 20})
    void list_pageByPage_isEveryObjectOnce(int limit) {
        List<Fingerprint> all = putSome(20);

        List<Fingerprint> seen = new ArrayList<>();
        int pages = 0;
        BlobPage page = store.list(null, limit);
        seen.addAll(names(page));
        for (Fingerprint next = page.next(); next != null; next = page.next()) {
            page = store.list(next, limit);
            seen.addAll(names(page));
            pages++;
        }

        assertThat(seen).containsExactlyElementsOf(all);
        assertThat(pages + 1).isEqualTo(Math.ceilDiv(20, limit));
    }

    @Test
    void list_afterSomethingThatIsNotThere_beginsBehindIt() {
        List<Fingerprint> all = putSome(6);
        store.delete(all.get(2));

        assertThat(names(store.list(all.get(2), 2))).containsExactly(all.get(3), all.get(4));
        assertThat(store.list(all.get(5), 2).blobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, BlobStore.MAX_PAGE + 1})
    void list_limitOutOfBounds_isRefused(int limit) {
        assertThatThrownBy(() -> store.list(null, limit)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 9 * MIB})
    void put_bySeveralAtOnce_isOneWholeObject(int size) throws Exception {
        byte[] bytes = bytes(size);
        Fingerprint hash = Fingerprint.sha256(bytes);
        int writers = 6;
        CountDownLatch ready = new CountDownLatch(writers);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> puts = IntStream.range(0, writers)
                    .mapToObj(_ -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        store.put(hash, bytes);
                        // Whoever has put it can read it, though others are still at it.
                        return Arrays.equals(store.get(hash).orElseThrow(), bytes);
                    }))
                    .toList();
            for (Future<Boolean> put : puts) {
                assertThat(put.get()).isTrue();
            }
        }

        assertThat(names(store.list(null, 10))).containsExactly(hash);
    }

    @Test
    void check_ofAStoreThatWorks_isUpAndLeavesNothing() {
        assertThat(store.check().isUp()).as(store.check().detail()).isTrue();
        assertThat(store.list(null, 10).blobs()).isEmpty();
    }

    @Test
    void toString_saysWhatItIs() {
        assertThat(store.toString()).isNotBlank().doesNotContain("@");
    }
}
