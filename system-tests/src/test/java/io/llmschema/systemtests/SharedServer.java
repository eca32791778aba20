package io.llmschema.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for a {@link RegistryClient} one with a tenant of its own, at a server that all tests share. */
final class SharedServer implements ParameterResolver {
    /** The server, stopped and its data deleted when the last test has ended. */
    private record Running(Path folder, ServerProcess process, OpenApiContract contract, AtomicInteger tenants)
            implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("llmschema-system-tests");
                ServerProcess process = ServerProcess.start(
                        "--data-dir",
                        folder.toString(),
                        "--access-flush-seconds",
                        "1",
                        "--validation-flush-seconds",
                        "1");
                return new Running(folder, process, OpenApiContract.of(process.url()), new AtomicInteger());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            process.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            if (process.output().contains("incident")) {
                throw new IllegalStateException("the server had defects:\n" + process.output());
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RegistryClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running server = context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
        String tenant = "t-" + server.tenants().incrementAndGet();
        return new RegistryClient(server.process().url(), server.contract(), tenant);
    }
}
