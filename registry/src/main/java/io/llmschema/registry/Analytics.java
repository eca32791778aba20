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
    /** The longest period that is looked at. */
    public static final Duration MAX_PERIOD = Duration.ofDays(366);

    private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final AccessLog log;
    private final SchemaReader schemas;
    private final InstantSource clock;

    /** @param schemas those whose reads are in the log */
    public Analytics(AccessLog log, SchemaReader schemas, InstantSource clock) {
        this.log = log;
        this.schemas = schemas;
        this.clock = clock;
    }

    /**
     * The period that is meant, made of whole minutes.
     *
     * @param from absent: seven days before its end
     * @param to absent: now
     * @throws InvalidValue it is none, or too long
     */
    public Period period(@Nullable Instant from, @Nullable Instant to) {
        return period(from, to, Step.MINUTE, DEFAULT_PERIOD);
    }

    private Period period(@Nullable Instant from, @Nullable Instant to, Step step, Duration defaultLength) {
        Instant end = end(to == null ? clock.instant() : checked("to", to), step);
        Instant start = step.startOf(from == null ? end.minus(defaultLength) : checked("from", from));
        if (!start.isBefore(end)) {
            throw new InvalidValue("from", start.toString(), "the period must end after it begins, it ends at " + end);
        }
        if (Duration.between(start, end).compareTo(MAX_PERIOD.plus(step.length())) > 0) {
            throw new InvalidValue(
                    "from",
                    start.toString(),
                    "a period has at most %d days, this one ends at %s".formatted(MAX_PERIOD.toDays(), end));
        }
        return new Period(start, end);
    }

    /** The end of the step in which a period ends that ends before this moment. */
    private static Instant end(Instant to, Step step) {
        return step.startOf(to.plus(step.length()).minusNanos(1));
    }

    private static Instant checked(String name, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidValue(name, time.toString(), "it is a time from %s to %s".formatted(EARLIEST, LATEST));
        }
        return time;
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
        Period period = period(from, to, step, defaultPeriod(step));
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
