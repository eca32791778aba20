package io.llmschema.systemtests.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. All waits are bounded, and their failures show what it has printed. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("(?m)^listening  (http://\\S+)");

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    public ServerProcess(Process process) {
        this.process = process;
        // No virtual thread: it would keep its carrier while it waits for output, and there are as few of those as
        // processors.
        this.reader =
                Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(this::readOutput);
    }

    private void readOutput() {
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(no more output: " + e.getMessage() + ")");
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed until now, on both streams. */
    public String output() {
        return String.join("\n", lines);
    }

    /** Where it listens; waits until it does. */
    public URI url() {
        Eventually.until(
                START_TIMEOUT,
                () -> listening().isPresent() || !process.isAlive(),
                () -> "the server listens; it has printed:\n" + output());
        return listening()
                .orElseThrow(() -> new AssertionError("the server has ended with " + awaitExit() + ":\n" + output()));
    }

    private Optional<URI> listening() {
        Matcher line = LISTENING.matcher(output());
        return line.find() ? Optional.of(URI.create(line.group(1))) : Optional.empty();
    }

    public void awaitOutput(String text) {
        Eventually.until(
                START_TIMEOUT,
                () -> output().contains(text),
                () -> "'" + text + "' is printed; what is, is:\n" + output());
    }

    /** The exit code, when it has ended and everything it printed has been read. */
    public int awaitExit() {
        try {
            if (!process.waitFor(EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "the server has not ended within " + EXIT_TIMEOUT.toSeconds() + " s:\n" + output());
            }
            reader.join(EXIT_TIMEOUT);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        signal("TERM", process.pid());
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends a signal to a process, and waits only until it is sent. */
    public static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            awaitExit();
        }
    }
}
