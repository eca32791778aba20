package io.llmschema.benchmarks.judge;

import io.llmschema.benchmarks.atrest.Database;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Metadata;
import io.llmschema.model.Registration;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.postgres.PostgresStorage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A registration of a new version into PostgreSQL, with and without a comparison with the version before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class RegistrationBenchmark {
    /** Versions that a subject gets before it is another's turn. */
    private static final int VERSIONS_OF_SUBJECT = 20;

    private static final int REGISTERED_BEFORE = 2_000;

    /** What is done beside storing. */
    public enum Check {
        /** Nothing: any schema under any number. */
        NONE,
        /** It is compared, and its number follows from the change. */
        BACKWARD
    }

    @Param
    private Check check = Check.NONE;

    private @Nullable Database database;
    private @Nullable PostgresStorage storage;
    private @Nullable SchemaRegistry registry;
    private int registered;

    @Setup
    public void start() throws IOException, SQLException {
        database = Database.start();
        storage = PostgresStorage.open(database.create("registrations"));
        registry = new SchemaRegistry(
                storage,
                new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat())),
                RegistryLimits.DEFAULT,
                SettingsInForce.DEFAULT,
                InstantSource.system());
        if (check == Check.NONE) {
            SubjectSettings none = new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, true, null);
            registry.updateSettings(Subject.global(TenantId.DEFAULT), _ -> none);
        }
        for (int i = 0; i < REGISTERED_BEFORE; i++) {
            register();
        }
        // As it is a minute after any start: before, PostgreSQL guesses which index leads to few rows.
        database.execute("registrations", "ANALYZE");
    }

    @Benchmark
    public Registration register() {
        int number = registered++;
        int subject = number / VERSIONS_OF_SUBJECT;
        int version = number % VERSIONS_OF_SUBJECT;
        return Objects.requireNonNull(registry)
                .register(new RegistrationRequest(
                        new Subject(TenantId.DEFAULT, "subject-" + subject),
                        SchemaType.JSON,
                        SchemaContent.of(text(subject, version)),
                        check == Check.NONE ? Version.of(1, version, 0) : null,
                        List.of(),
                        Metadata.NONE,
                        new SchemaState.Active(),
                        "benchmark"));
    }

    /** Closed, so that a property more is compatible. */
    private static String text(int subject, int version) {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i <= 15 + version; i++) {
            properties.append("""
                    "field%d": {"type": ["string", "null"], "maxLength": %d, "description": "Field %d of example %d"},
                    """.formatted(i, 100 + i, i, subject));
        }
        return """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
                 "properties": {
                %s"id": {"type": "integer"}}}""".formatted(properties);
    }

    @TearDown
    public void stop() throws IOException {
        Objects.requireNonNull(storage).close();
        Objects.requireNonNull(database).close();
    }
}
