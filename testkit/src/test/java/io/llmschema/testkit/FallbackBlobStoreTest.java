package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.FallbackBlobStore;
import io.llmschema.storage.InMemoryBlobStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FallbackBlobStoreTest extends BlobStoreContract {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "other bytes".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint HASH = Fingerprint.sha256(BYTES);

    private final InMemoryBlobStore firstObjects = new InMemoryBlobStore();
    private final InMemoryBlobStore secondObjects = new InMemoryBlobStore();
    private final FailingBlobStore first = new FailingBlobStore(firstObjects);
    private final FailingBlobStore second = new FailingBlobStore(secondObjects);
    private final FallbackBlobStore both = new FallbackBlobStore(first, second);

    @Override
    protected BlobStore createStore() {
        return both;
    }

    @Override
    protected void overwrite(Fingerprint hash, byte[] bytes) {
        firstObjects.overwrite(hash, bytes);
    }

    @Test
    void put_goesToTheFirstOnly() {
        both.put(HASH, BYTES);

        assertThat(firstObjects.exists(HASH)).isTrue();
        assertThat(secondObjects.exists(HASH)).isFalse();
    }

    @Test
    void get_firstHasIt_doesNotAskTheSecond() {
        both.put(HASH, BYTES);

        assertThat(both.get(HASH)).hasValue(BYTES);
        assertThat(both.exists(HASH)).isTrue();
        assertThat(second.calls()).isZero();
        assertThat(both.rescued()).isZero();
    }

    @Test
    void get_firstIsAway_comesFromTheSecond() {
        secondObjects.put(HASH, BYTES);
        first.fall();

        assertThat(both.get(HASH)).hasValue(BYTES);
        assertThat(both.exists(HASH)).isTrue();
        assertThat(both.rescued()).isEqualTo(2);
    }

    @Test
    void get_firstHasItDamaged_comesFromTheSecond() {
        secondObjects.put(HASH, BYTES);
        firstObjects.overwrite(HASH, OTHER);

        assertThat(both.get(HASH)).hasValue(BYTES);
    }

    @Test
    void get_firstLacksIt_comesFromTheSecond() {
        secondObjects.put(HASH, BYTES);

        assertThat(both.get(HASH)).hasValue(BYTES);
        assertThat(both.exists(HASH)).isTrue();
    }

    @Test
    void get_firstIsAwayAndSecondLacksIt_isUnavailableNotAbsent() {
        first.fall();

        assertThatThrownBy(() -> both.get(HASH)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> both.exists(HASH)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void get_firstLacksItAndSecondIsAway_isUnavailableNotAbsent() {
        second.fall();

        assertThatThrownBy(() -> both.get(HASH)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> both.exists(HASH)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void get_damagedInBoth_isDamaged() {
        firstObjects.overwrite(HASH, OTHER);
        secondObjects.overwrite(HASH, OTHER);

        assertThatThrownBy(() -> both.get(HASH))
                .isInstanceOf(ContentDamaged.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void delete_leavesTheSecondAlone() {
        firstObjects.put(HASH, BYTES);
        secondObjects.put(HASH, BYTES);

        both.delete(HASH);

        assertThat(firstObjects.exists(HASH)).isFalse();
        assertThat(secondObjects.exists(HASH)).isTrue();
    }

    @Test
    void list_firstIsAway_isUnavailable() {
        secondObjects.put(HASH, BYTES);
        first.fall();

        assertThatThrownBy(() -> both.list(null, 10)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void check_isThatOfTheFirst_andTellsOfTheSecond() {
        second.fall();
        assertThat(both.check().isUp()).isTrue();
        assertThat(both.check().detail()).contains("fallback down");

        first.fall();
        second.recover();
        assertThat(both.check().isUp()).isFalse();
        assertThat(both.check().detail()).contains("fallback up");
    }
}
