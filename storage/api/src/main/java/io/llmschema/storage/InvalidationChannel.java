package io.llmschema.storage;

import java.util.List;
import java.util.function.Consumer;

/**
 * A fast way to tell other nodes of changes. It may lose anything: the sure way is the {@link ChangeLog}.
 *
 * <p>No method throws, and none waits for the other nodes.
 */
public interface InvalidationChannel extends AutoCloseable {
    /** Tells the other nodes. */
    void publish(List<SubjectChange> changes);

    /** Has a listener told what other nodes publish, by a thread of the channel. Called once. */
    void subscribe(Consumer<List<SubjectChange>> listener);

    @Override
    void close();

    /** The channel of a node that has no fast way to others. */
    static InvalidationChannel none() {
        return new InvalidationChannel() {
            @Override
            public void publish(List<SubjectChange> changes) {}

            @Override
            public void subscribe(Consumer<List<SubjectChange>> listener) {}

            @Override
            public void close() {}
        };
    }
}
