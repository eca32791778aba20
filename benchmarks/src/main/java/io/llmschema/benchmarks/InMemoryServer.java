package io.llmschema.benchmarks;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.http.registryapi.RegistryApi;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Metadata;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.tiered.AccessCounts;
import io.llmschema.storage.tiered.CacheLimits;
import io.llmschema.storage.tiered.CachingStorage;
import io.llmschema.storage.tiered.CaffeineSchemaCache;
import io.llmschema.storage.tiered.CountingStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The registry over a store in memory, with everything that a read passes on its way to the first tier. */
public final class InMemoryServer {
    /** How many schemas are read from, all of one size. */
    private static final int SCHEMAS = 100;

    private static final int CONTENT_BYTES = 1_500;

    private static final int MAX_CONTENT_BYTES = 1024 * 1024;

    private InMemoryServer() {}

    /**
     * Listens until the process is stopped.
     *
     * @param args a folder, which gets a file of paths to read for each operation
     */
    public static void main(String[] args) throws IOException {
        CachingStorage storage = new CachingStorage(
                new InMemoryStorage((document, part) -> false),
                new CaffeineSchemaCache(CacheLimits.DEFAULT),
                CacheLimits.DEFAULT,
                InvalidationChannel.none(),
                CachingStorage.DEFAULT_STALENESS_BOUND);
        SchemaFormats formats =
                new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat()));
        SchemaRegistry registry = new SchemaRegistry(
                new CountingStorage(
                        storage, new AccessCounts(AccessCounts.DEFAULT_MAX_SCHEMAS, InstantSource.system())),
                formats,
                new RegistryLimits(MAX_CONTENT_BYTES),
                SettingsInForce.DEFAULT.withLevel(CompatibilityLevel.NONE),
                // Written with as many digits for every schema.
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00.123456Z")));
        List<SchemaSummary> schemas = IntStream.range(0, SCHEMAS)
                .mapToObj(i -> registry.register(registration(i)).schema())
                .toList();
        writePaths(Path.of(args[0]), schemas);
        RegistryHttpServer server = new RegistryHttpServer(
                List.of(new RegistryApi(
                        registry,
                        new Documents(registry, storage, formats, _ -> {}, InstantSource.system()),
                        new Analytics(
                                new InMemoryAccessLog(storage, Duration.ofDays(1), InstantSource.system()),
                                storage,
                                InstantSource.system()),
                        new Validations(
                                new InMemoryValidationLog(storage, Duration.ofDays(1), InstantSource.system()),
                                storage,
                                InstantSource.system()),
                        Optional::empty)),
                List.of(),
                HttpLimits.forContentsOf(MAX_CONTENT_BYTES),
                "127.0.0.1",
                0);
        System.out.println("listening http://127.0.0.1:" + server.start());
    }

    private static RegistrationRequest registration(int index) {
        String name = "%03d".formatted(index);
        String description = ("Schema " + name + " of the benchmark. ").repeat(CONTENT_BYTES / 30);
        return new RegistrationRequest(
                new Subject(TenantId.DEFAULT, "benchmark-" + name),
                SchemaType.JSON,
                SchemaContent.of("{\"type\":\"object\",\"description\":\"" + description + "\"}"),
                null,
                List.of(),
                Metadata.NONE,
                new SchemaState.Active(),
                "benchmark");
    }

    private static void writePaths(Path folder, List<SchemaSummary> schemas) throws IOException {
        write(folder, "id", schemas, schema -> "/api/v1/schemas/" + schema.id());
        write(folder, "id-content", schemas, schema -> "/api/v1/schemas/" + schema.id() + "/content");
        write(folder, "global-id", schemas, schema -> "/api/v1/schemas/ids/" + schema.globalId());
        write(folder, "latest", schemas, schema -> version(schema, "latest"));
        write(folder, "latest-content", schemas, schema -> version(schema, "latest/content"));
        write(
                folder,
                "exact",
                schemas,
                schema -> version(schema, schema.version().toString()));
        write(folder, "ordinal", schemas, schema -> version(schema, "ordinal:" + schema.ordinal()));
        write(folder, "range", schemas, schema -> version(schema, "%5E" + schema.version()));
    }

    private static String version(SchemaSummary schema, String selector) {
        return "/api/v1/subjects/" + schema.subject() + "/versions/" + selector;
    }

    private static void write(
            Path folder, String operation, List<SchemaSummary> schemas, Function<SchemaSummary, String> path)
            throws IOException {
        Files.write(folder.resolve(operation), schemas.stream().map(path).toList());
    }
}
