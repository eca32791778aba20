package io.llmschema.systemtests.clients;

import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server of ours as it is by default, as a child process in a temporary folder. */
record TestRegistry(Path folder, ServerProcess server) implements AutoCloseable {
    /** @param options what is otherwise than by default */
    static TestRegistry start(String... options) {
        try {
            Path folder = Files.createTempDirectory("llmschema-clients");
            List<String> arguments =
                    List.of("--port", "0", "--data-dir", folder.resolve("data").toString());
            ServerProcess server = new Launch(
                            List.of(), System.getProperty("java.class.path"), Map.of(), folder, arguments)
                    .with(options)
                    .start();
            return new TestRegistry(folder, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return server.url();
    }

    @Override
    public void close() throws IOException {
        server.terminate();
        server.awaitExit();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (server.output().contains("incident")) {
            throw new IllegalStateException("the server had defects:\n" + server.output());
        }
    }
}
