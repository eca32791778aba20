package io.llmschema.benchmarks;

import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.ObservableStorage;
import io.llmschema.storage.postgres.PostgresConfig;
import io.llmschema.storage.postgres.PostgresStorage;
import io.llmschema.storage.tiered.CacheLimits;
import io.llmschema.storage.tiered.CachingStorage;
import io.llmschema.storage.tiered.CaffeineSchemaCache;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A store with schemas to read, each of 1.5 KB and alone in its subject. Public, as are all types that JMH sees.
 *
 * @param server that the store is in, if it is in one
 */
public record ReadStore(
        ObservableStorage storage,
        List<SchemaSummary> schemas,
        @Nullable EmbeddedPostgres server) implements AutoCloseable {
    private static final int SCHEMAS = 1_000;
    private static final int CONTENT_BYTES = 1_500;
    private static final int POOL_SIZE = 8;

    /** What a schema is asked for by. */
    public enum By {
        ID,
        LATEST,
        EXACT,
        GLOBAL_ID
    }

    static ReadStore inMemory() {
        return filled(new InMemoryStorage((_, _) -> false), null);
    }

    static ReadStore postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            return filled(
                    PostgresStorage.open(PostgresConfig.of(server.getJdbcUrl("postgres", "postgres"), POOL_SIZE)),
                    server);
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL could be started from the binaries on the class path", e);
        }
    }

    private static ReadStore filled(ObservableStorage storage, @Nullable EmbeddedPostgres server) {
        SchemaExamples examples = SchemaExamples.ofFreshTenant();
        List<SchemaSummary> schemas = IntStream.range(0, SCHEMAS)
                .mapToObj(i -> storage.registerSchema(
                                examples.schema("benchmark-" + i, text(i)), RegistrationRules.assign("1.0.0"))
                        .schema())
                .toList();
        return new ReadStore(storage, schemas, server);
    }

    private static String text(int number) {
        String sentence = "Schema " + number + " of the benchmark. ";
        return "{\"type\":\"object\",\"description\":\"" + sentence.repeat(CONTENT_BYTES / sentence.length()) + "\"}";
    }

    static CachingStorage caching(ObservableStorage storage) {
        return new CachingStorage(
                storage,
                new CaffeineSchemaCache(CacheLimits.DEFAULT),
                CacheLimits.DEFAULT,
                InvalidationChannel.none(),
                CachingStorage.DEFAULT_STALENESS_BOUND);
    }

    SchemaKey[] keys(By by) {
        return schemas.stream().map(schema -> key(by, schema)).toArray(SchemaKey[]::new);
    }

    private static SchemaKey key(By by, SchemaSummary schema) {
        return switch (by) {
            case ID -> new SchemaKey.ById(schema.id());
            case GLOBAL_ID -> new SchemaKey.ByGlobalId(schema.globalId());
            case LATEST -> new SchemaKey.ByVersion(schema.subject(), VersionSelector.LATEST);
            case EXACT -> new SchemaKey.ByVersion(schema.subject(), new VersionSelector.Exact(schema.version()));
        };
    }

    /** Stops the server; the store is closed by whoever reads from it. */
    @Override
    public void close() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
