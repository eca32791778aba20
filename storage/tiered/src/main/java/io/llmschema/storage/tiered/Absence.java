package io.llmschema.storage.tiered;

import io.llmschema.model.RegistryException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Whether the store is known to be away, and who looks whether it is back.
 *
 * <p>To find that out may take as long as a request may wait for the store. So it is done beside the requests that can be answered
 * without it, by one thread at a time. Safe for any number of threads.
 */
final class Absence {
    private final AtomicBoolean isProbing = new AtomicBoolean();
    private volatile boolean isKnown;

    boolean isKnown() {
        return isKnown;
    }

    /** The store did not answer. */
    void begin() {
        isKnown = true;
    }

    /** The store was heard. */
    void end() {
        // Reading is free for all; writing, over and over, would not be.
        if (isKnown) {
            isKnown = false;
        }
    }

    /** Has the store asked something, unless it is being asked already; this does not wait for the answer. */
    void probe(Supplier<?> question) {
        if (isProbing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("store-probe").start(() -> {
                try {
                    question.get();
                    end();
                } catch (RegistryException e) {
                    // It is still away.
                    begin();
                } finally {
                    isProbing.set(false);
                }
            });
        }
    }
}
