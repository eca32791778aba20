package io.llmschema.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded registry, held by one process at a time.
 *
 * <p>The operating system gives the lock back when the process ends, however it ends, so a lock is never stale.
 */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be, and takes it.
     *
     * @throws IOException it cannot be made or written, or another process holds it
     */
    static DataDirectory take(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        FileChannel channel = open(absolute);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("the data directory " + absolute
                    + " is in use by another registry; stop that one, or choose another with --data-dir");
        }
        return new DataDirectory(absolute, channel);
    }

    private static FileChannel open(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.getParent());
                // A password will be in there, and programs that are run with our rights.
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return FileChannel.open(
                    folder.resolve("llmschema.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "the data directory " + folder + " cannot be made or written: " + reason(e)
                            + "; choose another with --data-dir",
                    e);
        }
    }

    /** In words; the platform's message is often but a path. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as held by another.
            return null;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
