package io.llmschema.storage;

import io.llmschema.model.Subject;
import java.util.Collection;

/**
 * Work on a store that is done whole or not at all.
 *
 * <p>It sees its own changes; others see them after {@link #commit}. Subjects that it changed stay locked until it ends, so it
 * should be short. It belongs to the thread that began it. After any method has thrown, only {@link #close} may be called.
 */
public interface StorageTransaction extends SchemaStore, AutoCloseable {
    /**
     * Locks subjects of one tenant, there or not, until the transaction ends. Who is about to change several should say so first:
     * locked all together, in an order that all transactions keep, they cannot wait for each other in a circle.
     */
    void lockSubjects(Collection<Subject> subjects);

    /** Makes all changes durable and visible together. */
    void commit();

    /** Ends the work; what was not committed is undone. */
    @Override
    void close();
}
