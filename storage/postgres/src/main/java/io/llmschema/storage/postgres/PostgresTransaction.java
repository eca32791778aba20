package io.llmschema.storage.postgres;

import io.llmschema.model.Fingerprint;
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
import io.llmschema.storage.Consistency;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.Registered;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** A transaction of PostgreSQL: one connection, from the first statement to the end. */
final class PostgresTransaction implements StorageTransaction {
    private final Handle handle;
    private final PostgresReader reader;
    private final PostgresSearch search;
    private final PostgresWriter writer;
    private final PostgresChangeLog changeLog;
    private final Contents contents;

    /** Of what was committed. */
    private List<Fingerprint> discarded = List.of();

    /**
     * Takes the handle over, with a transaction begun on it.
     *
     * @param changeLog told of what was changed, if that is committed
     */
    PostgresTransaction(Handle handle, PostgresChangeLog changeLog, Contents contents, RecentSearchTexts searchTexts) {
        this.handle = handle;
        this.contents = contents;
        this.changeLog = changeLog;
        this.reader = new PostgresReader(handle);
        this.search = new PostgresSearch(handle);
        this.writer = new PostgresWriter(handle, reader, changeLog, contents, searchTexts);
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return Failures.translated(() -> new PostgresSelection(handle).getSchema(key, contents));
    }

    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return Failures.translated(() -> reader.getSummary(id));
    }

    @Override
    public boolean exists(SchemaKey key) {
        return Failures.translated(() -> reader.exists(key));
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return Failures.translated(() -> reader.listSchemas(filter, order, page));
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest page) {
        return Failures.translated(() -> search.search(query, page));
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        return Failures.translated(() -> reader.statistics(tenant));
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return Failures.translated(() -> reader.getSubject(subject));
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return Failures.translated(() -> reader.getSettings(subject));
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return Failures.translated(() -> reader.listSubjects(filter, page));
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return Failures.translated(() -> reader.listSettings(filter, page));
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest page) {
        return Failures.translated(() -> reader.dependencies(id, direction, deletion, isTransitive, page));
    }

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return Failures.translated(() -> writer.registerSchema(candidate, rule, this))
                .found()
                .orElseThrow()
                .registration();
    }

    /**
     * @param sighted what was seen of the candidate before this transaction began
     * @param content as it will be stored
     */
    Seen<Registered> registerAndSee(
            NewSchema candidate, RegistrationRule rule, Sighting sighted, PreparedContent content) {
        return Failures.translated(() -> writer.registerSchema(candidate, rule, this, sighted, content));
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        return Failures.translated(() -> writer.updateSchemaState(id, rule));
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        return Failures.translated(() -> writer.deleteSchema(id, at));
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        return Failures.translated(() -> writer.purgeSchema(id));
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        return Failures.translated(() -> writer.updateSubject(subject, rule, at));
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        return Failures.translated(() -> writer.updateSettings(subject, rule));
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        return Failures.translated(() -> writer.deleteSubject(subject, at));
    }

    @Override
    public void lockSubjects(Collection<Subject> subjects) {
        Failures.translated(() -> {
            writer.lockSubjects(subjects);
            return subjects;
        });
    }

    @Override
    public void commit() {
        Failures.translated(handle::commit);
        if (!writer.changes().isEmpty()) {
            Consistency.note(writer.position());
            changeLog.committed(writer.changes(), writer.position());
        }
        discarded = writer.discarded();
    }

    @Override
    public void close() {
        // Jdbi rolls back what is open when the handle is closed; a connection that is gone has rolled back already.
        Failures.translated(() -> {
            try {
                if (handle.isInTransaction()) {
                    handle.rollback();
                }
                return handle;
            } finally {
                handle.close();
            }
        });
        // Not before: that takes a connection of its own, and those who hold one must not wait for another.
        contents.discard(discarded);
        discarded = List.of();
    }
}
