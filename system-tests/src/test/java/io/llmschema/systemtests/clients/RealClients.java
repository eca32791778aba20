package io.llmschema.systemtests.clients;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for {@link Clients} its own, at a server and in a Node.js that all tests share. */
final class RealClients implements ParameterResolver {
    /** What is shared, ended when the last test has ended. */
    private record Running(NodeProgram node, TestRegistry registry, AtomicInteger tenants) implements AutoCloseable {
        static Running start() {
            // Node.js first, since it is what may be missing.
            return new Running(NodeProgram.start(), TestRegistry.start(), new AtomicInteger());
        }

        Clients clients() {
            return new Clients(registry.url(), node, "clients-" + tenants.incrementAndGet());
        }

        @Override
        public void close() throws IOException {
            node.close();
            registry.close();
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
