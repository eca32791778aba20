package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.StorageBackend;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A part of the {@link StorageBackendContract}: a store for each test, and a tenant that it does not know yet. */
abstract class StorageContract {
    final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    final TenantId tenant = examples.tenant();
    StorageBackend storage;

    abstract StorageBackend createStorage();

    @BeforeEach
    final void openStorage() {
        storage = createStorage();
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    final SchemaSummary register(NewSchema schema, String version) {
        return storage.registerSchema(schema, assign(version)).schema();
    }

    final SchemaSummary register(SchemaExamples.Example example, String version) {
        return register(example.build(), version);
    }

    /** Registers a version with a content of its own. */
    final SchemaSummary register(String subject, String version) {
        return register(examples.schema(subject, "{\"const\": \"%s %s\"}".formatted(subject, version)), version);
    }

    final Subject subject(String name) {
        return examples.subject(name);
    }

    final Optional<SchemaSummary> find(String subject, String selector) {
        return storage.getSchema(key(subject, selector)).map(Schema::summary);
    }

    final Optional<SchemaSummary> find(SchemaKey key) {
        return storage.getSchema(key).map(Schema::summary);
    }

    final SchemaKey key(String subject, String selector) {
        return new SchemaKey.ByVersion(subject(subject), VersionSelector.parse(selector));
    }

    /** The version as the store knows it now. */
    final SchemaSummary now(SchemaSummary schema) {
        return find(new SchemaKey.ById(schema.id())).orElseThrow();
    }

    final void delete(SchemaSummary schema) {
        storage.deleteSchema(schema.id(), examples.now());
    }

    /** Versions as {@code subject version}, easy to read in a failure. */
    static List<String> names(List<SchemaSummary> schemas) {
        return schemas.stream().map(StorageContract::name).toList();
    }

    static String name(SchemaSummary schema) {
        return schema.subject() + " " + schema.version();
    }

    static void assertFound(Optional<SchemaSummary> found, SchemaSummary expected) {
        assertThat(found).contains(expected);
    }
}
