package io.llmschema.storage;

/**
 * A store of schemas: the one truth behind a registry, or a decorator of it.
 *
 * <p>Safe for any number of threads; calls block. Every method may throw {@link
 * io.llmschema.model.RegistryException.StorageUnavailable}, and any method of a transaction {@link
 * io.llmschema.model.RegistryException.RolledBack}; it has changed nothing then, unless the answer to a commit was lost:
 * registrations can simply be repeated. {@code toString} names the whole stack on one line.
 */
public interface StorageBackend extends SchemaStore, AutoCloseable {
    /** Begins a piece of work whose changes are made together. */
    StorageTransaction beginTransaction();

    /** Whether the store can be read and written now; returns within a few seconds, whatever the store does. */
    Health check();

    @Override
    void close();
}
