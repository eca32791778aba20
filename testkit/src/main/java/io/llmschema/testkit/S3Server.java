package io.llmschema.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real S3 server as a child process, on a free port of this host; for tests that need one to be there, and to be in trouble.
 *
 * <p>It is S3Proxy over a temporary folder. It checks signatures, so a wrong secret is refused. Its jars lie in Maven's local repository, where
 * the module {@code testkit-s3-server} has put them and listed them; none is on the class path of a test. It is stopped by
 * {@link #close}, or when the JVM ends. Used by one thread at a time.
 */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "test-access-key";
    public static final String SECRET_KEY = "test-secret-key";
    public static final String REGION = "us-east-1";

    /** A cold JVM on a machine that does other things too. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    /** The most lines of its log that are kept to be shown if it does not start. */
    private static final int MAX_LINES_KEPT = 40;

    private static final String JARS = "s3-server.jars";
    private static final String MAIN_CLASS = "org.gaul.s3proxy.Main";

    /** What its web server says once it can be spoken to. */
    private static final Pattern READY = Pattern.compile("Started .*\\{HTTP/1\\.1.*}\\{127\\.0\\.0\\.1:([0-9]+)}");

    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Path folder;
    private final Thread hook = new Thread(this::end);
    private volatile Process process;
    private final int port;

    private record Started(Process process, int port) {}

    private S3Server() {
        try {
            this.folder = Files.createTempDirectory("s3-");
            Files.createDirectory(data());
            Files.writeString(folder.resolve("logback.xml"), LOGGING);
            Started started = launch(0);
            this.process = started.process();
            this.port = started.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A server without buckets. */
    public static S3Server start() {
        return new S3Server();
    }

    private static String classPath() {
        String classPath;
        try (InputStream list = S3Server.class.getResourceAsStream(JARS)) {
            if (list == null) {
                throw missing("the list of its jars is not on the class path");
            }
            classPath = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arrays.stream(classPath.split(File.pathSeparator))
                .filter(jar -> !Files.isReadable(Path.of(jar)))
                .findFirst()
                .ifPresent(jar -> {
                    throw missing("there is no " + jar);
                });
        return classPath;
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("there is no S3 server to test with: " + what
                + "; get it, once, in the root folder: mvn process-resources -pl testkit/s3-server -am");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** @param onPort 0: one that is free */
    private Started launch(int onPort) throws IOException {
        Path settings = folder.resolve("s3proxy.properties");
        Files.writeString(settings, """
                s3proxy.authorization=aws-v4
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(onPort, ACCESS_KEY, SECRET_KEY, data()));
        Process started = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                        "-cp",
                        classPath(),
                        MAIN_CLASS,
                        "--properties",
                        settings.toString()))
                .redirectErrorStream(true)
                .start();
        return new Started(started, awaitReady(started));
    }

    /** Its log says when it is ready, and where. */
    private static int awaitReady(Process started) {
        CompletableFuture<Integer> ready = new CompletableFuture<>();
        Deque<String> lines = new ArrayDeque<>();
        // For as long as it runs, so that its output never stands still.
        Thread.ofPlatform().daemon().name("s3-log").start(() -> {
            try (BufferedReader log = started.inputReader(StandardCharsets.UTF_8)) {
                for (String line = log.readLine(); line != null; line = log.readLine()) {
                    if (!ready.isDone()) {
                        lines.addLast(line);
                        if (lines.size() > MAX_LINES_KEPT) {
                            lines.removeFirst();
                        }
                    }
                    Matcher matcher = READY.matcher(line);
                    if (matcher.find()) {
                        ready.complete(Integer.parseInt(matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                // It has ended.
            }
            ready.completeExceptionally(
                    new IllegalStateException("the S3 server ended before it was ready:\n" + String.join("\n", lines)));
        });
        try {
            return ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.destroyForcibly();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IllegalStateException("the S3 server is not ready after " + START_TIMEOUT, e);
        }
    }

    /** Where it is. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where a bucket is, and below it an object, without credentials: {@code s3://bucket/prefix?endpoint=…&region=…}. */
    public String url(String bucket, String prefix) {
        return "s3://%s/%s?endpoint=%s&region=%s".formatted(bucket, prefix, endpoint(), REGION);
    }

    /** Makes a bucket; one that is there stays as it is. */
    public void createBucket(String name) {
        try {
            Files.createDirectories(data().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, if it runs, and starts it again at the same port, with the same objects. */
    public void restart() {
        kill();
        try {
            process = launch(port).process();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook has run or will.
        }
    }

    /** Leaves neither the process nor its objects, also of a server that no test closes. */
    private void end() {
        kill();
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "S3Server[" + port + "]";
    }
}
