package io.llmschema.testkit;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.Health;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A store in memory, of which a test breaks one part. */
class ForwardingStorage implements StorageBackend {
    private final StorageBackend sound = new InMemoryStorage(new JsonContainment());

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return sound.getSchema(key);
    }

    @Override
    public Optional<URI> downloadUrl(SchemaKey key, Duration validFor) {
        return sound.downloadUrl(key, validFor);
    }

    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return sound.getSummary(id);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return sound.exists(key);
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return sound.listSchemas(filter, order, page);
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return sound.searchSchemas(query, page);
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return sound.statistics(tenant);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return sound.getSubject(subject);
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return sound.listSubjects(filter, page);
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return sound.listSettings(filter, page);
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return sound.dependencies(id, direction, deletion, isTransitive, page);
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return sound.registerSchema(candidate, rule);
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return sound.updateSchemaState(id, rule);
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return sound.deleteSchema(id, at);
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        return sound.purgeSchema(id);
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return sound.updateSubject(subject, rule, at);
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return sound.getSettings(subject);
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return sound.updateSettings(subject, rule);
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return sound.deleteSubject(subject, at);
    }

    @Override
    public StorageTransaction beginTransaction() {
        return sound.beginTransaction();
    }

    @Override
    public Health check() {
        return sound.check();
    }

    @Override
    public void close() {
        sound.close();
    }
}
