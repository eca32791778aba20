package io.llmschema.testkit;

import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import io.llmschema.storage.ValidationLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryValidationLogTest extends ValidationLogContract<InMemoryStorage> {
    /** A store has one log, however many nodes there are. */
    private final Map<InMemoryStorage, ValidationLog> logs = new ConcurrentHashMap<>();

    @Override
    protected InMemoryStorage createStorage() {
        return new InMemoryStorage(new JsonContainment());
    }

    @Override
    protected ValidationLog createLog(InMemoryStorage of, Duration retention, InstantSource clock) {
        return logs.computeIfAbsent(of, _ -> new InMemoryValidationLog(of, retention, clock));
    }
}
