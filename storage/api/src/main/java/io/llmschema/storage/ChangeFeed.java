package io.llmschema.storage;

import java.time.Duration;

/** The history of a store as it goes on, from the moment the feed was opened. Used by one thread. */
public interface ChangeFeed extends AutoCloseable {
    /**
     * What has happened since the last answer; waits until something does, and no longer than is said.
     *
     * <p>The first call does not wait: it tells where the history stands, and nothing of what was before.
     *
     * @throws io.llmschema.model.RegistryException.StorageUnavailable the store does not answer. The feed can be asked again, and
     *     goes on where its last answer ended.
     */
    Changes next(Duration atMost);

    @Override
    void close();
}
