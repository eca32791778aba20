package io.llmschema.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.Health;
import io.llmschema.testkit.BlobStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobStoreTest extends BlobStoreContract {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint HASH = Fingerprint.sha256(BYTES);

    @TempDir
    private Path folder;

    @Override
    protected BlobStore createStore() {
        return new DirectoryBlobStore(folder);
    }

    private Path file(Fingerprint hash) {
        return folder.resolve("sha256", hash.toString().substring(0, 2), hash.toString());
    }

    @Override
    protected void overwrite(Fingerprint hash, byte[] bytes) {
        try {
            Files.write(file(hash), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path leftover(String name, Duration age) throws IOException {
        Path file = Files.write(folder.resolve("temporary", name), new byte[] {1, 2, 3});
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void put_isAFileNamedByItsHash_andNothingIsLeft() throws IOException {
        DirectoryBlobStore store = new DirectoryBlobStore(folder);

        store.put(HASH, BYTES);

        assertThat(file(HASH)).hasBinaryContent(BYTES);
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
        assertThat(store.downloadUrl(HASH, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void open_again_hasWhatWasPut() {
        new DirectoryBlobStore(folder).put(HASH, BYTES);

        assertThat(new DirectoryBlobStore(folder).get(HASH)).hasValue(BYTES);
    }

    @Test
    void open_afterACrash_removesWhatWasLeftLongAgoOnly() throws IOException {
        new DirectoryBlobStore(folder).put(HASH, BYTES);
        Path old = leftover("old", DirectoryBlobStore.LEFTOVER_AGE.plusMinutes(1));
        Path young = leftover("young", DirectoryBlobStore.LEFTOVER_AGE.minusMinutes(1));

        DirectoryBlobStore store = new DirectoryBlobStore(folder);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(store.list(null, 10).blobs()).hasSize(1);
    }

    @Test
    void list_otherFiles_areNoObjects() throws IOException {
        DirectoryBlobStore store = new DirectoryBlobStore(folder);
        store.put(HASH, BYTES);
        Files.createFile(file(HASH).resolveSibling("lost+found"));
        Files.createFile(file(HASH).resolveSibling(HASH + ".bak"));

        assertThat(store.list(null, 10).blobs())
                .singleElement()
                .satisfies(blob -> assertThat(blob.hash()).isEqualTo(HASH));
    }

    @Test
    void put_whereNothingCanBeWritten_isUnavailable_andReadsGoOn() throws IOException {
        DirectoryBlobStore store = new DirectoryBlobStore(folder);
        store.put(HASH, BYTES);
        Files.delete(folder.resolve("temporary"));
        Files.createFile(folder.resolve("temporary"));
        byte[] others = {1};

        assertThatThrownBy(() -> store.put(Fingerprint.sha256(others), others))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining(folder.toString());
        assertThat(store.check().isUp()).isFalse();
        assertThat(store.get(HASH)).hasValue(BYTES);
        assertThat(store.exists(Fingerprint.sha256(others))).isFalse();
    }

    @Test
    void put_folderIsReadOnly_isUnavailable(@TempDir Path parent) throws IOException {
        Path locked = Files.createDirectory(
                parent.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        // The superuser may write to any folder but those of the kernel.
        Path readOnly = Files.isWritable(locked) ? Path.of("/proc") : locked;

        assertThatThrownBy(() -> new DirectoryBlobStore(readOnly.resolve("blobs")))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining(readOnly.toString());
    }

    @Test
    void anything_diskIsNotMounted_isUnavailableNotAbsent() throws IOException {
        DirectoryBlobStore store = new DirectoryBlobStore(folder);
        store.put(HASH, BYTES);
        deleteAll(folder.resolve("sha256"));

        assertThatThrownBy(() -> store.get(HASH))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("mounted");
        assertThatThrownBy(() -> store.exists(HASH)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> store.delete(HASH)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> store.put(HASH, BYTES)).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> store.list(null, 10)).isInstanceOf(StorageUnavailable.class);
        assertThat(store.check())
                .returns(false, Health::isUp)
                .extracting(Health::detail)
                .asString()
                .contains("mounted");
    }
}
