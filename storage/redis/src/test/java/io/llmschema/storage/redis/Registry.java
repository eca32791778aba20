package io.llmschema.storage.redis;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory with one subject, and what it did since it was asked last. Used by one thread. */
final class Registry {
    final InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
    final AtomicInteger loads = new AtomicInteger();
    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final List<SubjectChange> committed = new ArrayList<>();
    private int versions;
    private int changes;

    Registry() {
        storage.onCommit((changes, _) -> committed.addAll(changes));
    }

    SchemaKey latest() {
        return new SchemaKey.ByVersion(examples.subject("orders"), VersionSelector.LATEST);
    }

    SchemaSummary register() {
        versions++;
        return storage.registerSchema(
                        examples.schema("orders", "{\"const\": %d}".formatted(versions)),
                        RegistrationRules.assign("1." + versions + ".0"))
                .schema();
    }

    void deprecate(SchemaSummary schema) {
        storage.updateSchemaState(schema.id(), _ -> new SchemaState.Deprecated("reason " + ++changes, null, null));
    }

    /** What was done since the last call. */
    List<SubjectChange> changes() {
        List<SubjectChange> changes = List.copyOf(committed);
        committed.clear();
        return changes;
    }

    Seen<Schema> load(SchemaKey key) {
        loads.incrementAndGet();
        return storage.see(key);
    }

    Seen<Schema> get(RedisSchemaCache cache, SchemaKey key) {
        return cache.get(key, _ -> true, this::load);
    }

    /** Whether the cache answers without the store. */
    boolean isKept(RedisSchemaCache cache, SchemaKey key) {
        int before = loads.get();
        get(cache, key);
        return loads.get() == before;
    }
}
