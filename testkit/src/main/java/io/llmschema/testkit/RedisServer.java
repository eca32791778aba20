package io.llmschema.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis as a child process, on a free port of this host, without persistence; for tests that need one to be there, and to be
 * in trouble.
 *
 * <p>Its program is {@code redis-server} or {@code valkey-server} of the {@code PATH}, else the one inside the library
 * {@code embedded-redis}. It is stopped by {@link #close}, or when the JVM ends. Used by one thread at a time.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

    /** Another process may take a free port between its choice and its use. */
    private static final int MAX_ATTEMPTS = 5;

    /** The most lines of its log that are kept to be shown if it does not start. */
    private static final int MAX_LINES_KEPT = 20;

    /** A cluster's bus is at the port that is this much higher. */
    private static final int BUS_OFFSET = 10_000;

    private static final String READY = "Ready to accept connections";

    /** How a server is to be started. */
    public static final class Builder {
        private final List<String> arguments = new ArrayList<>();
        private @Nullable String password;
        private @Nullable TestCertificate certificate;
        private boolean isClusterNode;

        private Builder() {}

        /** Further arguments as they are written on the command line: {@code "--maxmemory", "4mb"}. */
        public Builder arguments(String... given) {
            arguments.addAll(List.of(given));
            return this;
        }

        /** Clients must send it. */
        public Builder password(String given) {
            password = given;
            return this;
        }

        /** Clients must use TLS. */
        public Builder tls(TestCertificate given) {
            certificate = given;
            return this;
        }

        Builder clusterNode() {
            isClusterNode = true;
            return this;
        }

        /** The server, ready to serve. */
        public RedisServer start() {
            return new RedisServer(this);
        }
    }

    private final List<String> options;
    private final @Nullable String password;
    private final @Nullable TestCertificate certificate;
    private final Path folder;
    private int port;
    private final Thread hook = new Thread(this::kill);
    private Process process;

    private RedisServer(Builder builder) {
        this.options = List.copyOf(builder.arguments);
        this.password = builder.password;
        this.certificate = builder.certificate;
        try {
            this.folder = Files.createTempDirectory("redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        IllegalStateException last = new IllegalStateException("not started");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int chosen = freePort(builder.isClusterNode);
            try {
                this.process = launch(chosen);
                this.port = chosen;
                Runtime.getRuntime().addShutdownHook(hook);
                return;
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A server without anything special. */
    public static RedisServer start() {
        return builder().start();
    }

    private static int freePort(boolean isClusterNode) {
        try {
            int port;
            do {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = socket.getLocalPort();
                }
            } while (isClusterNode && port + BUS_OFFSET > 0xFFFF);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program() {
        return Stream.of("redis-server", "valkey-server")
                .flatMap(RedisServer::onPath)
                .findFirst()
                .or(RedisServer::fromLibrary)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "there is no Redis to test with; install one: apt-get install redis-server, or brew install redis"));
    }

    private static Stream<String> onPath(String name) {
        String path = System.getenv("PATH");
        return Arrays.stream(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString);
    }

    private static Optional<String> fromLibrary() {
        try {
            return Optional.of(ExecutableProvider.newJarResourceProvider(ExecutableProvider.newProvidedVersionsMap())
                    .get()
                    .getPath());
        } catch (IOException | RuntimeException e) {
            // There is none for this system: as if there were no library.
            return Optional.empty();
        }
    }

    private Process launch(int onPort) {
        List<String> command = new ArrayList<>(List.of(program(), "--bind", "127.0.0.1", "--dir", folder.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
        TestCertificate certified = certificate;
        if (certified == null) {
            command.addAll(List.of("--port", Integer.toString(onPort)));
        } else {
            command.addAll(List.of("--port", "0", "--tls-port", Integer.toString(onPort), "--tls-auth-clients", "no"));
            command.addAll(List.of("--tls-cert-file", certified.certificate().toString()));
            command.addAll(List.of("--tls-key-file", certified.key().toString()));
            command.addAll(List.of("--tls-ca-cert-file", certified.certificate().toString()));
        }
        if (password != null) {
            command.addAll(List.of("--requirepass", password));
        }
        command.addAll(options);
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log says when it is ready, whether it wants a password or TLS or not. */
    private static void awaitReady(Process started) {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Deque<String> lines = new ArrayDeque<>();
        // For as long as it runs, so that its output never stands still.
        Thread.ofPlatform().daemon().name("redis-log").start(() -> {
            try (BufferedReader log = started.inputReader(StandardCharsets.UTF_8)) {
                for (String line = log.readLine(); line != null; line = log.readLine()) {
                    if (!ready.isDone()) {
                        lines.addLast(line);
                        if (lines.size() > MAX_LINES_KEPT) {
                            lines.removeFirst();
                        }
                    }
                    if (line.contains(READY)) {
                        ready.complete(true);
                    }
                }
            } catch (IOException e) {
                // It has ended.
            }
            ready.complete(false);
        });
        try {
            if (!ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Redis ended before it was ready:\n" + String.join("\n", lines));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.destroyForcibly();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IllegalStateException("Redis is not ready after " + START_TIMEOUT, e);
        }
    }

    public int port() {
        return port;
    }

    /** Where it is, with the password and the certificate if there are any. */
    public String url() {
        TestCertificate certified = certificate;
        String credentials = password == null
                ? ""
                : ":" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
        return certified == null
                ? "redis://" + credentials + "127.0.0.1:" + port
                : "rediss://" + credentials + "localhost:" + port + "?cacert=" + certified.certificate();
    }

    /** Ends it as an operator does ({@code SIGTERM}). */
    public void stop() {
        signal("CONT");
        process.destroy();
        awaitEnd();
    }

    /** Ends it at once ({@code SIGKILL}). */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it do nothing, neither answer nor end, until {@link #thaw} ({@code SIGSTOP}). */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on ({@code SIGCONT}). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, if it runs, and starts it again at the same port, empty. */
    public void restart() {
        kill();
        process = launch(port);
    }

    /**
     * What it answers to a command, without TLS: a status, number or text as it is; the elements of a list on a line each; nothing as
     * the empty text.
     *
     * @throws IllegalStateException it answers with an error
     */
    public String command(String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) REPLY_TIMEOUT.toMillis());
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            if (password != null) {
                out.write(request("AUTH", password));
                reply(in);
            }
            out.write(request(words));
            return reply(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append("$%d\r\n%s\r\n".formatted(word.getBytes(StandardCharsets.UTF_8).length, word));
        }
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String reply(InputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> {
                List<String> elements = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    elements.add(reply(in));
                }
                yield String.join("\n", elements);
            }
            default -> throw new IllegalStateException("Redis answers: " + line);
        };
    }

    private static String bulk(InputStream in, int size) throws IOException {
        if (size < 0) {
            return "";
        }
        byte[] text = in.readNBytes(size);
        line(in);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis hung up");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook has run or will.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "RedisServer[" + port + "]";
    }
}
