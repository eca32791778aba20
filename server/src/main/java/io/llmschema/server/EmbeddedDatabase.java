package io.llmschema.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A PostgreSQL of our own, whose data stay in a folder.
 *
 * <p>It is an ordinary PostgreSQL 18 on a free port of the loopback interface, for which a password is needed. It is durable: the
 * library that starts it means it for tests and turns {@code fsync} off, so it is turned on again. When it dies, it is started again;
 * when an earlier one was left behind by a killed registry, that one is stopped first.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());

    private static final String USER = "postgres";
    private static final String DATABASE = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int RESTART_ATTEMPTS = 30;
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final int PASSWORD_BYTES = 24;

    /** Safe where it matters, small where it does not: a registry's working set is a few thousand rows. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "128MB",
            "max_connections", "100",
            "logging_collector", "on",
            "log_directory", "log",
            "log_filename", "postgresql-%a.log",
            "log_truncate_on_rotation", "on",
            "max_wal_size", "2GB");

    private final Path folder;
    private final int port;
    private volatile EmbeddedPostgres postgres;
    private volatile boolean isClosing;

    private EmbeddedDatabase(Path folder, int port, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.port = port;
        this.postgres = postgres;
    }

    /**
     * Starts it, on data that are there or on new ones.
     *
     * @param folder that this process holds
     * @throws IOException it cannot be started
     */
    static EmbeddedDatabase start(DataDirectory folder) throws IOException {
        Path path = folder.path();
        stopLeftBehind(data(path));
        clearUnfinished(path);
        int port = freePort();
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(path, port, launch(path, port));
            database.protect();
            Files.deleteIfExists(firstStartMark(path));
            database.watch();
            return database;
        } catch (IOException | RuntimeException e) {
            stopLeftBehind(data(path));
            throw e;
        }
    }

    /** Is there from before the first start until it is complete. */
    private static Path firstStartMark(Path folder) {
        return folder.resolve("postgresql-first-start");
    }

    private static Path binaries(Path folder) {
        return folder.resolve("postgresql-binaries");
    }

    /**
     * Removes what a registry was making when it was killed, so that it is made anew: programs that were being unpacked, because the
     * library takes a file that exists for a whole one, and data that were being initialised, because {@code initdb} refuses them.
     */
    private static void clearUnfinished(Path folder) throws IOException {
        if (Files.isDirectory(binaries(folder))) {
            try (Stream<Path> versions = Files.list(binaries(folder))) {
                // The library makes this file when all others are there.
                for (Path version : versions.filter(path -> Files.notExists(path.resolve(".exists")))
                        .toList()) {
                    delete(version);
                }
            }
        }
        // Without the password nobody can have kept anything in the data; with it they are never touched.
        if (Files.exists(firstStartMark(folder)) && Files.notExists(passwordFile(folder))) {
            delete(data(folder));
        }
        if (Files.notExists(data(folder))) {
            writeDurably(firstStartMark(folder), "");
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Only for its owner's eyes, and on the disk when this returns. */
    private static void writeDurably(Path file, String text) throws IOException {
        Path temporary = Files.createTempFile(
                file.getParent(),
                "written",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("postgresql");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static EmbeddedPostgres launch(Path folder, int port) throws IOException {
        Path data = data(folder);
        // The library's lock, which it does not give back when a start fails. The folder is ours already.
        Files.deleteIfExists(data.resolve("epg-lock"));
        Redirect log = Redirect.appendTo(folder.resolve("postgresql-start.log").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(binaries(folder).toFile())
                .setPort(port)
                .setPGStartupWait(START_TIMEOUT)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        SETTINGS.forEach(builder::setServerConfig);
        Path password = passwordFile(folder);
        if (Files.exists(password)) {
            builder.setConnectConfig("password", Files.readString(password));
        }
        try {
            EmbeddedPostgres started = builder.start();
            // The library lets everybody write there; but what is in there is run with our rights.
            Files.setPosixFilePermissions(binaries(folder), PosixFilePermissions.fromString("rwxr-xr-x"));
            return started;
        } catch (IllegalStateException | IOException e) {
            throw new IOException(
                    "the embedded PostgreSQL does not start; %s and %s say why. Or use another one with --database-url"
                            .formatted(folder.resolve("postgresql-start.log"), data.resolve("log")),
                    e);
        }
    }

    private static Path passwordFile(Path folder) {
        return folder.resolve("postgresql-password");
    }

    /** At the first start: from then on nobody else on this machine can connect. */
    private void protect() throws IOException {
        if (Files.exists(passwordFile(folder))) {
            return;
        }
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Path accessRules = data(folder).resolve("pg_hba.conf");
        try (Connection connection = postgres.getDatabase(USER, DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
            writeDurably(accessRules, """
                # Written by the registry. The password is in the file postgresql-password beside this folder.
                local all all scram-sha-256
                host  all all 127.0.0.1/32 scram-sha-256
                host  all all ::1/128      scram-sha-256
                """);
            // The last thing to be there: a first start with a password is complete.
            writeDurably(passwordFile(folder), password);
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("the embedded PostgreSQL could not be given a password", e);
        }
    }

    /** Where to connect, with the password. */
    String url() {
        return url(passwordFile(folder), port);
    }

    /** Where to connect to one that runs on the data in that folder, whoever has started it; empty if none does. */
    static Optional<String> running(Path folder) throws IOException {
        if (postmaster(data(folder)).isEmpty() || Files.notExists(passwordFile(folder))) {
            return Optional.empty();
        }
        // The fourth line is the port.
        return Files.readString(data(folder).resolve("postmaster.pid"))
                .lines()
                .skip(3)
                .findFirst()
                .filter(port -> port.matches("[0-9]{1,5}"))
                .map(port -> url(passwordFile(folder), Integer.parseInt(port)));
    }

    private static String url(Path passwordFile, int port) {
        try {
            return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(USER, Files.readString(passwordFile), port, DATABASE);
        } catch (IOException e) {
            throw new UncheckedIOException("the password of the embedded PostgreSQL cannot be read", e);
        }
    }

    /** Starts PostgreSQL again when it ends without having been told to. */
    private void watch() throws IOException {
        ProcessHandle server = postmaster(data(folder))
                .orElseThrow(() -> new IOException("the embedded PostgreSQL has ended as soon as it had started"));
        Thread.ofVirtual().name("watch-postgresql").start(() -> {
            ProcessHandle ended = server.onExit().join();
            if (!isClosing) {
                LOG.log(
                        Level.WARNING,
                        "the embedded PostgreSQL (process " + ended.pid() + ") has ended by itself; starting it again");
                restart();
            }
        });
    }

    private void restart() {
        for (int attempt = 1; attempt <= RESTART_ATTEMPTS && !isClosing; attempt++) {
            try {
                relaunch();
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "attempt " + attempt + " of " + RESTART_ATTEMPTS + ": " + e.getMessage());
                pause();
            }
        }
    }

    /** Not while it is being closed, or what is started here would be left behind. */
    private synchronized void relaunch() throws IOException {
        if (isClosing) {
            return;
        }
        // Gives back the library's own lock. What it says about a server that is not there is of no interest.
        postgres.close();
        postgres = launch(folder, port);
        watch();
        LOG.log(Level.INFO, "the embedded PostgreSQL runs again");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops what a killed registry has left behind on this data. The caller holds the folder, so it is nobody's. */
    private static void stopLeftBehind(Path data) throws IOException {
        // Somebody who is killed while he makes the data leaves those who make them; they would go on.
        List<ProcessHandle> makers = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/initdb"))
                        .isPresent())
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(data.toString()))
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        makers.forEach(ProcessHandle::destroyForcibly);
        makers.forEach(process -> process.onExit().join());
        stopServer(data);
    }

    private static void stopServer(Path data) throws IOException {
        Optional<ProcessHandle> orphan = postmaster(data);
        if (orphan.isEmpty()) {
            return;
        }
        long pid = orphan.get().pid();
        LOG.log(Level.INFO, "stopping the PostgreSQL (process " + pid + ") that is still running on " + data);
        try {
            // SIGINT: its "fast shutdown". Java itself can only send SIGTERM, on which it waits for its clients.
            new ProcessBuilder("kill", "-INT", Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            orphan.get().onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "the PostgreSQL with process id " + pid + " on " + data + " does not stop; stop it yourself", e);
        }
    }

    /** The server that runs on this data, as its lock file says and the operating system confirms. */
    private static Optional<ProcessHandle> postmaster(Path data) throws IOException {
        File lock = data.resolve("postmaster.pid").toFile();
        if (!lock.exists()) {
            return Optional.empty();
        }
        String pid =
                Files.readString(lock.toPath()).lines().findFirst().orElse("").strip();
        if (!pid.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                // The number may have been given to another process since.
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent());
    }

    @Override
    public void close() throws IOException {
        isClosing = true;
        synchronized (this) {
            postgres.close();
            // The library has waited for a few seconds only.
            stopServer(data(folder));
        }
    }

    @Override
    public String toString() {
        return "embedded in " + folder;
    }
}
