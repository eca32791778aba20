package io.llmschema.systemtests.clients;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program of {@code src/test/node} as a child process, in which real clients live: it is given calls as lines of JSON, and answers each
 * with a line. Used by one thread at a time.
 */
final class NodeProgram implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedWriter calls;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
    private final Path log;

    private NodeProgram(Process process, Path log) {
        this.process = process;
        this.calls = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
        Thread.ofPlatform().daemon().name("node-answers").start(this::readAnswers);
    }

    static NodeProgram start() {
        Path folder = NodePackages.install();
        Path log = folder.resolve("node.log");
        Process process = NodePackages.start(new ProcessBuilder(List.of("node", "main.js"))
                .directory(folder.toFile())
                .redirectError(log.toFile()));
        return new NodeProgram(process, log);
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.put(line);
            }
        } catch (IOException e) {
            // It has ended; who waits for an answer finds out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What comes of a call: an object with a {@code value} or an {@code error}. */
    JsonNode answer(Map<String, ?> call) {
        try {
            calls.write(JSON.writeValueAsString(call));
            calls.newLine();
            calls.flush();
            String answer = answers.poll(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("no answer to " + call + " after " + ANSWER_TIMEOUT + "; " + said());
            }
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("the program has ended; " + said(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String said() {
        try {
            return "Node.js says:\n" + Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with caches of its own: {@code kafkajs}, {@code confluentinc} or {@code topics}. */
    NodeClient client(String kind, Map<String, ?> options) {
        return new NodeClient(this, kind, options);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
