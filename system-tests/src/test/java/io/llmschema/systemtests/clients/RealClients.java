package io.llmschema.systemtests.clients;

import io.llmschema.systemtests.recovery.Launch;
import io.llmschema.systemtests.recovery.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for {@link Clients} its own, at a server and in a Node.js that all tests share. */
final class RealClients implements ParameterResolver {
    /** What is shared, ended when the last test has ended. */
    private record Running(Path folder, ServerProcess server, NodeProgram node, AtomicInteger tenants)
            implements AutoCloseable {
        static Running start() {
            try {
                // First, since it is what may be missing.
                NodeProgram node = NodeProgram.start();
                Path folder = Files.createTempDirectory("llmschema-clients");
                return new Running(folder, startServer(folder), node, new AtomicInteger());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As it is by default. */
        private static ServerProcess startServer(Path folder) throws IOException {
            List<String> arguments =
                    List.of("--port", "0", "--data-dir", folder.resolve("data").toString());
            return new Launch(List.of(), System.getProperty("java.class.path"), Map.of(), folder, arguments).start();
        }

        Clients clients() {
            return new Clients(server.url(), node, "clients-" + tenants.incrementAndGet());
        }

        @Override
        public void close() throws IOException {
            node.close();
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

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Clients.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RealClients.class))
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .clients();
    }
}
