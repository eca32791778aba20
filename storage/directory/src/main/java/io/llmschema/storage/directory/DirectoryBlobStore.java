package io.llmschema.storage.directory;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.storage.BlobChecks;
import io.llmschema.storage.BlobPage;
import io.llmschema.storage.BlobPage.Blob;
import io.llmschema.storage.BlobStore;
import io.llmschema.storage.Health;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BlobStore} in the files of a folder: {@code sha256/ab/} and the 64 digits of the hash.
 *
 * <p>An object is written to {@code temporary/}, forced to the disk, and then given its name, so that under a name there is a whole object or
 * none, whatever crashes when. Any number of processes may use the folder. All its sub folders are made when it is opened, so a
 * folder without them is one whose disk is not mounted, and that is told instead of "not there".
 */
public final class DirectoryBlobStore implements BlobStore {
    /** How old something unfinished is before nobody can be at work on it any more. */
    public static final Duration LEFTOVER_AGE = Duration.ofHours(1);

    /** How long {@link #check} waits for the disk. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(3);

    private static final int SUB_FOLDERS = 256;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int MIB = 1024 * 1024;

    private final Path folder;
    private final Path objects;
    private final Path temporary;

    /** The check that was begun last, guarded by this: while the disk does not let one end, no other is begun. */
    private @Nullable FutureTask<Health> lastCheck;

    /**
     * The store in that folder, which is made if it is not there; what crashes have left unfinished in it long ago is removed.
     *
     * @throws StorageUnavailable the folder cannot be made or written to
     */
    public DirectoryBlobStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.objects = this.folder.resolve("sha256");
        this.temporary = this.folder.resolve("temporary");
        try {
            makeFolders();
            removeLeftovers(Instant.now().minus(LEFTOVER_AGE));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void makeFolders() throws IOException {
        Files.createDirectories(objects);
        Files.createDirectories(temporary);
        for (int i = 0; i < SUB_FOLDERS; i++) {
            Files.createDirectories(subFolder(i));
        }
        force(objects);
        force(folder);
    }

    private void removeLeftovers(Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            for (Path file : files) {
                Optional<BasicFileAttributes> attributes = attributes(file);
                if (attributes.isPresent()
                        && attributes.get().lastModifiedTime().toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path subFolder(int index) {
        return objects.resolve("%02x".formatted(index));
    }

    private Path subFolder(Fingerprint hash) {
        return objects.resolve(hash.toString().substring(0, 2));
    }

    private Path file(Fingerprint hash) {
        return subFolder(hash).resolve(hash.toString());
    }

    @Override
    public void put(Fingerprint hash, byte[] bytes) {
        BlobChecks.beforePut(hash, bytes);
        try {
            if (find(hash).isEmpty()) {
                write(file(hash), bytes);
            }
            // Also for one that is there: whoever gave it its name may not have come so far.
            force(subFolder(hash));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = temporary.resolve(UUID.randomUUID().toString());
        try {
            writeForced(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static void writeForced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Makes the names in a folder durable. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<byte[]> get(Fingerprint hash) {
        try {
            Optional<BasicFileAttributes> found = find(hash);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().size() > MAX_BYTES) {
                throw new ContentDamaged(
                        hash,
                        toString(),
                        "it has %,d bytes".formatted(found.get().size()),
                        null);
            }
            return Optional.of(BlobChecks.afterGet(hash, Files.readAllBytes(file(hash)), toString()));
        } catch (NoSuchFileException e) {
            // Deleted since it was found.
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public boolean exists(Fingerprint hash) {
        try {
            return find(hash).isPresent();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** What is known of an object; empty if it is not in its sub folder, an error if there is no sub folder. */
    private Optional<BasicFileAttributes> find(Fingerprint hash) throws IOException {
        Optional<BasicFileAttributes> found = attributes(file(hash));
        if (found.isEmpty() && attributes(subFolder(hash)).isEmpty()) {
            throw new FileSystemException(subFolder(hash).toString(), null, "the folder is gone; is its disk mounted?");
        }
        return found;
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(Fingerprint hash) {
        try {
            if (!Files.deleteIfExists(file(hash))) {
                // It was gone already, or the whole folder is.
                find(hash);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Reads the names of each sub folder that the page touches, keeping no more of them than a page has. */
    @Override
    public BlobPage list(@Nullable Fingerprint after, int limit) {
        BlobChecks.limit(limit);
        String last = after == null ? "" : after.toString();
        int firstFolder = after == null ? 0 : Integer.parseInt(last, 0, 2, 16);
        List<Blob> found = new ArrayList<>();
        try {
            for (int i = firstFolder; i < SUB_FOLDERS && found.size() <= limit; i++) {
                addFrom(subFolder(i), last, limit + 1, found);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
        return BlobPage.of(found, limit);
    }

    /** Adds the objects of a sub folder behind that name, up to so many in all. */
    private static void addFrom(Path subFolder, String after, int count, List<Blob> found) throws IOException {
        String last = after;
        boolean isMore = true;
        while (isMore && found.size() < count) {
            int wanted = count - found.size();
            NavigableSet<String> names = firstNames(subFolder, last, wanted);
            for (String name : names) {
                // One that is gone by now is left out, and others come in its place.
                attributes(subFolder.resolve(name))
                        .ifPresent(file -> found.add(new Blob(
                                Fingerprint.parse(name),
                                file.size(),
                                file.lastModifiedTime().toInstant())));
            }
            isMore = names.size() == wanted;
            last = isMore ? names.last() : last;
        }
    }

    private static NavigableSet<String> firstNames(Path subFolder, String after, int count) throws IOException {
        NavigableSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(subFolder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.compareTo(after) > 0 && NAME.matcher(name).matches()) {
                    names.add(name);
                    if (names.size() > count) {
                        names.pollLast();
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public Optional<URI> downloadUrl(Fingerprint hash, Duration validFor) {
        return Optional.empty();
    }

    @Override
    public Health check() {
        FutureTask<Health> task = runningCheck();
        try {
            return task.get(CHECK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Health(false, "the disk of %s does not answer".formatted(folder));
        } catch (ExecutionException e) {
            return new Health(false, "%s: %s".formatted(folder, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health(false, "interrupted");
        }
    }

    private synchronized FutureTask<Health> runningCheck() {
        FutureTask<Health> running = lastCheck;
        if (running == null || running.isDone()) {
            running = new FutureTask<>(this::tryOut);
            lastCheck = running;
            // A thread of its own, which a disk that does not answer may keep for as long as it likes.
            Thread.ofPlatform().daemon().name("blob-folder-check").start(running);
        }
        return running;
    }

    private Health tryOut() {
        try {
            for (int i = 0; i < SUB_FOLDERS; i++) {
                if (attributes(subFolder(i)).isEmpty()) {
                    return new Health(false, subFolder(i) + " is gone; is its disk mounted?");
                }
            }
            Path file = temporary.resolve(UUID.randomUUID().toString());
            writeForced(file, new byte[] {1});
            Files.delete(file);
            long free = Files.getFileStore(folder).getUsableSpace() / MIB;
            return new Health(true, "%s, %,d MiB free".formatted(folder, free));
        } catch (IOException e) {
            return new Health(false, reason(e));
        }
    }

    private StorageUnavailable unavailable(IOException e) {
        return new StorageUnavailable("%s: %s".formatted(this, reason(e)), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                denied.getFile() + " may not be read or written by this process; look at its owner and permissions";
            case FileSystemException other ->
                other.getReason() == null
                        ? other.getClass().getSimpleName() + " " + other.getFile()
                        : other.getFile() + ": " + other.getReason();
            default -> e.toString();
        };
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the folder " + folder;
    }
}
