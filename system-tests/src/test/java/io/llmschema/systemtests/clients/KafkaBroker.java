package io.llmschema.systemtests.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A Kafka broker as a child process, its own controller, on free ports of this host and in a temporary folder; it makes a topic when somebody
 * speaks of it.
 *
 * <p>Its jars lie in Maven's local repository, where the module {@code testkit-kafka-server} has put them and listed them. Used by one thread.
 */
final class KafkaBroker implements AutoCloseable {
    /** A cold JVM on a machine that does other things too. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    /** Another process may take a free port between its choice and its use. */
    private static final int MAX_ATTEMPTS = 5;

    /** The most lines of its log that are kept to be shown if it does not start. */
    private static final int MAX_LINES_KEPT = 40;

    private static final String JARS = "/io/llmschema/testkit/kafka-server.jars";
    private static final String READY = "Kafka Server started";

    /** What formatting the folder would leave there. */
    private static final String FORMATTED = """
            version=1
            cluster.id=bGxtc2NoZW1hLXRlc3Rz
            node.id=1
            """;

    private final Path folder;
    private final Thread hook = new Thread(this::end);
    private final Process process;
    private final int port;

    private record Started(Process process, int port) {}

    private KafkaBroker() {
        try {
            this.folder = Files.createTempDirectory("kafka-");
            Files.createDirectory(data());
            Files.writeString(data().resolve("meta.properties"), FORMATTED);
            Started started = launch();
            this.process = started.process();
            this.port = started.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A broker without topics, ready to serve. */
    static KafkaBroker start() {
        return new KafkaBroker();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Started launch() throws IOException {
        IllegalStateException last = new IllegalStateException("not started");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int chosen = freePort();
            Process started = launch(chosen, freePort());
            try {
                awaitReady(started);
                return new Started(started, chosen);
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch(int brokerPort, int controllerPort) throws IOException {
        Path settings = folder.resolve("kafka.properties");
        Files.writeString(settings, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                log.dirs=%3$s
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                """.formatted(brokerPort, controllerPort, data()));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        "kafka.Kafka",
                        settings.toString()))
                .redirectErrorStream(true)
                .start();
    }

    private static String classPath() throws IOException {
        try (InputStream list = KafkaBroker.class.getResourceAsStream(JARS)) {
            if (list == null) {
                throw new IllegalStateException(
                        "there is no list of the broker's jars; make it, once, in the root folder:"
                                + " mvn process-resources -pl testkit/kafka-server -am");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Its log says when it is ready. */
    private static void awaitReady(Process started) {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Deque<String> lines = new ArrayDeque<>();
        // For as long as it runs, so that its output never stands still.
        Thread.ofPlatform().daemon().name("kafka-log").start(() -> {
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
                throw new IllegalStateException("the broker ended before it was ready:\n" + String.join("\n", lines));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.destroyForcibly();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IllegalStateException("the broker is not ready after " + START_TIMEOUT, e);
        }
    }

    /** Where it is, as clients want to be told. */
    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook has run or will.
        }
    }

    /** Leaves neither the process nor its files, also of a broker that no test closes. */
    private void end() {
        process.destroyForcibly();
        try {
            process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (Files.exists(folder)) {
                deleteFolder();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
