package io.llmschema.registry;

import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.AccessLog;
import io.llmschema.storage.Period;
import io.llmschema.storage.ReadsInStep;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.SchemaAccess;
import io.llmschema.storage.SchemaReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who reads what, and how fast: the questions about reads, under the rules of this room.
 *
 * <p>Reads are counted by the minute and a little later than they happen. Safe for any number of threads; calls block.
 */
public final class Analytics {
    private final AccessLog log;
    private final SchemaReader schemas;
    private final Periods periods;

    /** @param schemas those whose reads are in the log */
    public Analytics(AccessLog log, SchemaReader schemas, InstantSource clock) {
        this.log = log;
        this.schemas = schemas;
        this.periods = new Periods(clock);
    }

    /**
     * The period that is meant, made of whole minutes.
     *
     * @param from absent: seven days before its end
     * @param to absent: now
     * @throws InvalidValue it is none, or too long
     */
    public Period period(@Nullable Instant from, @Nullable Instant to) {
        return periods.meant(from, to, Step.MINUTE, Periods.DEFAULT_LENGTH);
    }

    /**
     * The question that is meant by a step and, perhaps, a period.
     *
     * @param schema of which version; absent: of all
     * @param from absent: an hour, a day or 30 days before the end, by the step
     * @param to absent: now
     * @throws InvalidValue the period is none, or too long, or has too many steps
     */
    public ReadsQuery readsQuery(
            TenantId tenant, @Nullable SchemaId schema, @Nullable Instant from, @Nullable Instant to, Step step) {
        Period period = periods.meant(from, to, step, defaultPeriod(step));
        long steps = step.count(period);
        if (steps > ReadsQuery.MAX_STEPS) {
            throw new InvalidValue(
                    "step",
                    step.name().toLowerCase(Locale.ROOT),
                    "from %s to %s there are %,d of them, at most %,d are told"
                            .formatted(period.from(), period.to(), steps, ReadsQuery.MAX_STEPS));
        }
        return new ReadsQuery(tenant, schema, period, step);
    }

    private static Duration defaultPeriod(Step step) {
        return switch (step) {
            case MINUTE -> Duration.ofHours(1);
            case HOUR -> Duration.ofDays(1);
            case DAY -> Duration.ofDays(30);
        };
    }

    /** See {@link AccessLog#mostRead}. */
    public Page<SchemaAccess> mostRead(TenantId tenant, Period period, PageRequest page) {
        return log.mostRead(tenant, period, page);
    }

    /** See {@link AccessLog#slowest}. */
    public Page<SchemaAccess> slowest(TenantId tenant, Period period, PageRequest page) {
        return log.slowest(tenant, period, page);
    }

    /** See {@link AccessLog#neverRead}. */
    public Page<SchemaSummary> neverRead(TenantId tenant, Period period, PageRequest page) {
        return log.neverRead(tenant, period, page);
    }

    /**
     * See {@link AccessLog#readsOverTime}.
     *
     * @throws SchemaNotFound there is no such version, deleted or not
     */
    public List<ReadsInStep> readsOverTime(ReadsQuery query) {
        if (query.schema() != null) {
            SchemaKey key = new SchemaKey.ById(query.schema());
            if (!schemas.exists(key)) {
                throw new SchemaNotFound(key);
            }
        }
        return log.readsOverTime(query);
    }
}
