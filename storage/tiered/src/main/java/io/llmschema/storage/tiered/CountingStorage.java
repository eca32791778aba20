package io.llmschema.storage.tiered;

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

/**
 * A store whose reads of schemas are counted and timed, by the version that was found. Reads within transactions are not.
 *
 * @param storage the store, which answers everything
 * @param counts where reads are counted
 */
public record CountingStorage(StorageBackend storage, AccessCounts counts) implements StorageBackend {
    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        long start = System.nanoTime();
        Optional<Schema> found = storage.getSchema(key);
        if (found.isPresent()) {
            counts.countBetween(found.get().summary().id(), start, System.nanoTime());
        }
        return found;
    }

    @Override
    public Optional<URI> downloadUrl(SchemaKey key, Duration validFor) {
        return storage.downloadUrl(key, validFor);
    }

    /** Not counted: nothing of what it says was read. */
    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return storage.getSummary(id);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return storage.exists(key);
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return storage.listSchemas(filter, order, page);
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return storage.searchSchemas(query, page);
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return storage.statistics(tenant);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return storage.getSubject(subject);
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return storage.listSubjects(filter, page);
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return storage.listSettings(filter, page);
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return storage.dependencies(id, direction, deletion, isTransitive, page);
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return storage.registerSchema(candidate, rule);
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return storage.updateSchemaState(id, rule);
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return storage.deleteSchema(id, at);
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        return storage.purgeSchema(id);
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return storage.updateSubject(subject, rule, at);
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return storage.getSettings(subject);
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return storage.updateSettings(subject, rule);
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return storage.deleteSubject(subject, at);
    }

    @Override
    public StorageTransaction beginTransaction() {
        return storage.beginTransaction();
    }

    @Override
    public Health check() {
        return storage.check();
    }

    @Override
    public void close() {
        storage.close();
    }

    @Override
    public String toString() {
        return "Counting > " + storage;
    }
}
