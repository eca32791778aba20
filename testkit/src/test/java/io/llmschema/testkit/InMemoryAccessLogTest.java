package io.llmschema.testkit;

import io.llmschema.storage.AccessLog;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryAccessLogTest extends AccessLogContract<InMemoryStorage> {
    /** A store has one log, however many nodes there are. */
    private final Map<InMemoryStorage, AccessLog> logs = new ConcurrentHashMap<>();

    @Override
    protected InMemoryStorage createStorage() {
        return new InMemoryStorage(new JsonContainment());
    }

    @Override
    protected AccessLog createLog(InMemoryStorage of, Duration retention, InstantSource clock) {
        return logs.computeIfAbsent(of, _ -> new InMemoryAccessLog(of, retention, clock));
    }
}
