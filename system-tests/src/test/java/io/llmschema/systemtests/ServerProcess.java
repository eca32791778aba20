package io.llmschema.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as a process of its own, with the options that the launcher gives it, on a port that is free.
 *
 * <p>It can be ended in both ways, and started again with the same arguments. Used by one thread.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern LISTENING = Pattern.compile("listening +(http://\\S+).*");
    private static final int MAX_OUTPUT_LINES = 1_000;

    private final List<String> arguments;
    private Process process;
    private URI url;
    private Queue<String> output;

    private ServerProcess(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        this.output = new ConcurrentLinkedQueue<>();
        this.process = launch();
        this.url = awaitUrl();
    }

    /** Starts a server with these arguments, such as {@code --data-dir}; returns when it listens, and throws if it never does. */
    static ServerProcess start(String... arguments) {
        return new ServerProcess(Arrays.asList(arguments));
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launcherOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.llmschema.server.Main"));
        command.addAll(arguments);
        if (!arguments.contains("--compatibility")) {
            // Most tests are about something else, and register one thing after another.
            command.addAll(List.of("--compatibility", "NONE", "--allow-lower-versions"));
        }
        if (!arguments.contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM options in the launcher script, so that what is tested is what is run. */
    private static List<String> launcherOptions() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("llmschema"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "the launcher is in no folder above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        try {
            Matcher options = Pattern.compile("(?m)^(?:server|common)_options=\\(([^)]*)\\)")
                    .matcher(Files.readString(folder.resolve("llmschema")));
            return options.results()
                    .flatMap(found -> Arrays.stream(found.group(1).split(" ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what the server says, here until it listens and in the background from then on. */
    private URI awaitUrl() {
        CompletableFuture<URI> listening = new CompletableFuture<>();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Queue<String> said = output;
        Thread.ofPlatform().daemon().name("server-output").start(() -> {
            lines.lines().forEach(line -> {
                if (said.size() < MAX_OUTPUT_LINES) {
                    said.add(line);
                }
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.matches()) {
                    listening.complete(URI.create(matcher.group(1)));
                }
            });
            listening.completeExceptionally(new IOException("it has ended"));
        });
        try {
            return listening.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the server does not start; it said:\n" + String.join("\n", said), e);
        }
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** What the server has printed since it was started last. */
    String output() {
        return String.join("\n", output);
    }

    /** Ends it as a crash would. */
    void kill() {
        // Not through the Process itself, which would close the stream of what it still says.
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Ends it with SIGTERM; returns its exit code. */
    int stop() {
        process.toHandle().destroy();
        awaitEnd();
        return process.exitValue();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not stop; it said:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again, after it was ended, with the same arguments; its port may be another one. */
    void restart() {
        output = new ConcurrentLinkedQueue<>();
        process = launch();
        url = awaitUrl();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
