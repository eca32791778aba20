package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import io.llmschema.storage.Period;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.ValidationFilter.Outcome;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.storage.ValidationScope;
import io.llmschema.storage.ValidationScope.OfSubject;
import io.llmschema.storage.ValidationScope.OfVersion;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(at("2026-03-10T11:22:33Z"));
    private static final Fingerprint HASH = Fingerprint.sha256(new byte[0]);
    private static final PageRequest PAGE = PageRequest.first(10);

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
    private final InMemoryValidationLog log = new InMemoryValidationLog(storage, Duration.ofDays(90), CLOCK);
    private final Validations validations = new Validations(log, storage, CLOCK);
    private final ValidationScope subject = new OfSubject(examples.subject("s"));

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static Period period(String from, String to) {
        return new Period(at(from), at(to));
    }

    @Test
    void filter_whatIsNotSaid_isTheLastSevenDays_orForADocumentTheLastYear() {
        assertThat(validations.filter(subject, Outcome.ANY, null, null, null).period())
                .isEqualTo(period("2026-03-03T11:23:00Z", "2026-03-10T11:23:00Z"));
        assertThat(validations.filter(subject, Outcome.ANY, HASH, null, null).period())
                .isEqualTo(period("2025-03-09T11:23:00Z", "2026-03-10T11:23:00Z"));
        assertThat(validations
                        .filter(subject, Outcome.ANY, HASH, at("2026-03-10T11:20:59Z"), at("2026-03-10T11:21:01Z"))
                        .period())
                .isEqualTo(period("2026-03-10T11:20:00Z", "2026-03-10T11:22:00Z"));
    }

    @Test
    void ratesAndFields_areOfWholeHours() {
        Period lastDays = period("2026-03-03T12:00:00Z", "2026-03-10T12:00:00Z");
        Instant from = at("2026-03-10T09:59:00Z");
        Instant to = at("2026-03-10T10:01:00Z");
        Period hours = period("2026-03-10T09:00:00Z", "2026-03-10T11:00:00Z");

        assertThat(validations
                        .ratesQuery(examples.tenant(), null, null, null, RatesQuery.Order.HIGHEST_RATE)
                        .period())
                .isEqualTo(lastDays);
        assertThat(validations
                        .ratesQuery(examples.tenant(), null, from, to, RatesQuery.Order.HIGHEST_RATE)
                        .period())
                .isEqualTo(hours);
        assertThat(validations.failedFieldsQuery(subject, null, null).period()).isEqualTo(lastDays);
        assertThat(validations.failedFieldsQuery(subject, from, to).period()).isEqualTo(hours);
    }

    @Test
    void period_thatIsNone_isRefused() {
        Instant now = CLOCK.instant();

        assertThatThrownBy(() -> validations.filter(subject, Outcome.ANY, null, now, now.minusSeconds(60)))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> validations.failedFieldsQuery(subject, now.minus(Duration.ofDays(368)), now))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void questions_aboutWhatIsNotThere_areRefused() {
        ValidationScope version = new OfVersion(examples.newId());

        assertThatThrownBy(() -> validations.history(validations.filter(version, Outcome.ANY, null, null, null), PAGE))
                .isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> validations.failedFields(validations.failedFieldsQuery(version, null, null), PAGE))
                .isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> validations.history(validations.filter(subject, Outcome.ANY, null, null, null), PAGE))
                .isInstanceOf(SubjectNotFound.class);
        assertThatThrownBy(() -> validations.failedFields(validations.failedFieldsQuery(subject, null, null), PAGE))
                .isInstanceOf(SubjectNotFound.class);
        assertThatThrownBy(() -> validations.rates(
                        validations.ratesQuery(
                                examples.tenant(), examples.subject("s"), null, null, RatesQuery.Order.MOST_FAILURES),
                        PAGE))
                .isInstanceOf(SubjectNotFound.class);
    }

    @Test
    void questions_aboutWhatIsDeleted_areAnswered() {
        SchemaSummary schema = storage.registerSchema(examples.schema("s", "true"), RegistrationRules.assign("1.0.0"))
                .schema();
        log.record(
                List.of(new ValidationRecord(schema.id(), HASH, true, 0, CLOCK.instant(), Duration.ZERO, List.of())));
        storage.deleteSubject(examples.subject("s"), examples.now());

        for (ValidationScope scope : List.of(subject, new OfVersion(schema.id()))) {
            assertThat(validations
                            .history(validations.filter(scope, Outcome.ANY, null, null, null), PAGE)
                            .items())
                    .hasSize(1);
            assertThat(validations
                            .failedFields(validations.failedFieldsQuery(scope, null, null), PAGE)
                            .validations())
                    .isEqualTo(1);
        }
    }
}
