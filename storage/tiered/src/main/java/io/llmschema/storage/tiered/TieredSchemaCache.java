package io.llmschema.storage.tiered;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Two caches as one: the slow one is what the fast one loads from.
 *
 * <p>Changes go to the slow one first, or the fast one could be filled again from what the slow one is about to give up.
 */
public record TieredSchemaCache(CaffeineSchemaCache fast, SchemaCache slow) implements SchemaCache {
    @Override
    public Seen<Schema> get(
            SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader) {
        return fast.get(key, isAdmissible, slow, loader);
    }

    @Override
    public Map<SchemaKey, Seen<Schema>> getAll(
            Collection<? extends SchemaKey> keys,
            Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader) {
        return fast.getAll(keys, missing -> slow.getAll(missing, loader));
    }

    @Override
    public Optional<Seen<Schema>> peek(SchemaKey key) {
        return fast.peek(key);
    }

    @Override
    public void apply(List<SubjectChange> changes) {
        slow.apply(changes);
        fast.apply(changes);
    }

    @Override
    public void clear() {
        slow.clear();
        fast.clear();
    }

    @Override
    public void close() {
        fast.close();
        slow.close();
    }

    @Override
    public String toString() {
        return fast + " over " + slow;
    }
}
