package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.SchemaId;
import io.llmschema.model.TenantId;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.Period;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AnalyticsTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final InstantSource CLOCK = InstantSource.fixed(at("2026-03-10T11:22:33Z"));

    private final InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
    private final Analytics analytics =
            new Analytics(new InMemoryAccessLog(storage, Duration.ofDays(90), CLOCK), storage, CLOCK);

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static Period period(String from, String to) {
        return new Period(at(from), at(to));
    }

    private static void assertInvalid(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @Test
    void period_whatIsNotSaid_isTheLastSevenDays() {
        assertThat(analytics.period(null, null)).isEqualTo(period("2026-03-03T11:23:00Z", "2026-03-10T11:23:00Z"));
        assertThat(analytics.period(null, at("2026-02-10T00:00:00Z")))
                .isEqualTo(period("2026-02-03T00:00:00Z", "2026-02-10T00:00:00Z"));
        assertThat(analytics.period(at("2026-03-10T11:22:00Z"), null))
                .isEqualTo(period("2026-03-10T11:22:00Z", "2026-03-10T11:23:00Z"));
    }

    @Test
    void period_partsOfMinutes_areWholeOnes() {
        assertThat(analytics.period(at("2026-03-10T11:20:59.9Z"), at("2026-03-10T11:21:00.000000001Z")))
                .isEqualTo(period("2026-03-10T11:20:00Z", "2026-03-10T11:22:00Z"));
    }

    @Test
    void period_thatIsNone_isRefused() {
        Instant now = CLOCK.instant();

        assertInvalid("from", () -> analytics.period(now.plusSeconds(60), null));
        assertInvalid("from", () -> analytics.period(now, now.minusSeconds(60)));
        assertInvalid("from", () -> analytics.period(now.minus(Duration.ofDays(367)), now));
        assertInvalid("from", () -> analytics.period(Instant.MIN, now));
        assertInvalid("to", () -> analytics.period(now, Instant.MAX));
    }

    @Test
    void readsQuery_whatIsNotSaid_isByTheStep() {
        assertThat(analytics.readsQuery(TENANT, null, null, null, Step.MINUTE).period())
                .isEqualTo(period("2026-03-10T10:23:00Z", "2026-03-10T11:23:00Z"));
        assertThat(analytics.readsQuery(TENANT, null, null, null, Step.HOUR).period())
                .isEqualTo(period("2026-03-09T12:00:00Z", "2026-03-10T12:00:00Z"));
        assertThat(analytics.readsQuery(TENANT, null, null, null, Step.DAY).period())
                .isEqualTo(period("2026-02-09T00:00:00Z", "2026-03-11T00:00:00Z"));
    }

    @Test
    void readsQuery_tooManySteps_isRefused() {
        Instant to = at("2026-03-10T00:00:00Z");
        Instant from = to.minus(Duration.ofMinutes(ReadsQuery.MAX_STEPS));

        assertThat(analytics.readsQuery(TENANT, null, from, to, Step.MINUTE).period())
                .isEqualTo(new Period(from, to));
        assertInvalid("step", () -> analytics.readsQuery(TENANT, null, from.minusSeconds(1), to, Step.MINUTE));
        assertInvalid("step", () -> analytics.readsQuery(TENANT, null, to.minus(Duration.ofDays(300)), to, Step.HOUR));
    }

    @Test
    void readsOverTime_ofAVersionThatIsNotThere_isRefused() {
        SchemaExamples examples = SchemaExamples.ofFreshTenant();
        SchemaId there = storage.registerSchema(examples.schema("s", "true"), RegistrationRules.assign("1.0.0"))
                .schema()
                .id();
        SchemaId absent = examples.newId();

        assertThat(analytics.readsOverTime(analytics.readsQuery(examples.tenant(), there, null, null, Step.MINUTE)))
                .hasSize(60);
        assertThatThrownBy(() -> analytics.readsOverTime(
                        analytics.readsQuery(examples.tenant(), absent, null, null, Step.MINUTE)))
                .isInstanceOf(SchemaNotFound.class);
    }
}
