package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.SchemaCacheContract;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The pair, with a second first tier as the slow one; over Redis it is tested in the server's room. */
class TieredSchemaCacheTest extends SchemaCacheContract {
    @Override
    protected SchemaCache createCache() {
        return new TieredSchemaCache(
                new CaffeineSchemaCache(CacheLimits.DEFAULT), new CaffeineSchemaCache(CacheLimits.DEFAULT));
    }

    /** While the slow one is told, the fast one still has what it had: had it been told before, it could be filled from the slow one. */
    @Test
    void apply_tellsTheSlowOneFirst() {
        CaffeineSchemaCache fast = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        List<Boolean> wasKept = new ArrayList<>();
        Seen<Schema> kept = new Seen<>(null, 1, ChangePosition.START, ChangePosition.START);
        SchemaKey key =
                new SchemaKey.ByVersion(SchemaExamples.ofFreshTenant().subject("orders"), VersionSelector.LATEST);
        var subject = ((SchemaKey.ByVersion) key).subject();
        try (SchemaCache pair = new TieredSchemaCache(
                fast, new Watched(() -> wasKept.add(fast.peek(key).isPresent())))) {
            pair.get(key, _ -> true, _ -> kept);

            pair.apply(List.of(new SubjectChange(subject, 2, SubjectChange.Kind.ADDITION, List.of())));
            assertThat(wasKept).containsExactly(true);
            assertThat(fast.peek(key)).isEmpty();
        }
    }

    /** A slow cache that keeps nothing. */
    private record Watched(Runnable onApply) implements SchemaCache {
        @Override
        public Seen<Schema> get(
                SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader) {
            return loader.apply(key);
        }

        @Override
        public Map<SchemaKey, Seen<Schema>> getAll(
                Collection<? extends SchemaKey> keys,
                Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader) {
            return loader.apply(keys);
        }

        @Override
        public Optional<Seen<Schema>> peek(SchemaKey key) {
            return Optional.empty();
        }

        @Override
        public void apply(List<SubjectChange> changes) {
            onApply.run();
        }

        @Override
        public void clear() {}

        @Override
        public void close() {}
    }
}
