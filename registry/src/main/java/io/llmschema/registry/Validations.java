package io.llmschema.registry;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationFilter.Outcome;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRate;
import io.llmschema.storage.ValidationScope;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What came of validating documents: the questions about past validations, under the rules of this room.
 *
 * <p>Validations appear a little later than they happen. Versions and subjects that are deleted are answered about like others. Safe for
 * any number of threads; calls block.
 */
public final class Validations {
    private final ValidationLog log;
    private final SchemaStore schemas;
    private final Periods periods;

    /** @param schemas those whose validations are in the log */
    public Validations(ValidationLog log, SchemaStore schemas, InstantSource clock) {
        this.log = log;
        this.schemas = schemas;
        this.periods = new Periods(clock);
    }

    /**
     * The validations that are meant, of a period of whole minutes.
     *
     * @param dataHash only those of this document; absent: of all
     * @param from absent: seven days before the end, or of one document, which is looked for wherever it is, 366
     * @param to absent: now
     * @throws InvalidValue the period is none, or too long
     */
    public ValidationFilter filter(
            ValidationScope scope,
            Outcome outcome,
            @Nullable Fingerprint dataHash,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new ValidationFilter(
                scope,
                periods.meant(from, to, Step.MINUTE, dataHash == null ? Periods.DEFAULT_LENGTH : Periods.MAX_LENGTH),
                outcome,
                dataHash);
    }

    /**
     * The question that is meant, of a period of whole hours.
     *
     * @param subject absent: all of the tenant
     * @param from absent: seven days before the end
     * @param to absent: now
     * @throws InvalidValue the period is none, or too long
     */
    public RatesQuery ratesQuery(
            TenantId tenant,
            @Nullable Subject subject,
            @Nullable Instant from,
            @Nullable Instant to,
            RatesQuery.Order order) {
        return new RatesQuery(tenant, subject, periods.meant(from, to, Step.HOUR, Periods.DEFAULT_LENGTH), order);
    }

    /** The same for failed fields. */
    public FailedFieldsQuery failedFieldsQuery(ValidationScope scope, @Nullable Instant from, @Nullable Instant to) {
        return new FailedFieldsQuery(scope, periods.meant(from, to, Step.HOUR, Periods.DEFAULT_LENGTH));
    }

    /**
     * See {@link ValidationLog#history}.
     *
     * @throws SchemaNotFound there is no such version
     * @throws SubjectNotFound there is no such subject
     */
    public Page<PastValidation> history(ValidationFilter filter, PageRequest page) {
        checkIsThere(filter.scope());
        return log.history(filter, page);
    }

    /**
     * See {@link ValidationLog#rates}.
     *
     * @throws SubjectNotFound there is no such subject
     */
    public Page<ValidationRate> rates(RatesQuery query, PageRequest page) {
        if (query.subject() != null) {
            checkIsThere(new ValidationScope.OfSubject(query.subject()));
        }
        return log.rates(query, page);
    }

    /**
     * See {@link ValidationLog#failedFields}.
     *
     * @throws SchemaNotFound there is no such version
     * @throws SubjectNotFound there is no such subject
     */
    public FailedFields failedFields(FailedFieldsQuery query, PageRequest page) {
        checkIsThere(query.scope());
        return log.failedFields(query, page);
    }

    private void checkIsThere(ValidationScope scope) {
        switch (scope) {
            case ValidationScope.OfVersion version -> {
                SchemaKey key = new SchemaKey.ById(version.id());
                if (!schemas.exists(key)) {
                    throw new SchemaNotFound(key);
                }
            }
            case ValidationScope.OfSubject subject -> {
                if (schemas.getSubject(subject.subject()).isEmpty()) {
                    throw new SubjectNotFound(subject.subject());
                }
            }
        }
    }
}
