package io.llmschema.storage;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.storage.RatesQuery.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The executable specification of {@link ValidationLog}: records in a list, and every question as plain code over it. Guarded by its lock. */
public final class InMemoryValidationLog implements ValidationLog {
    /** @param number counts up in the order of recording */
    private record Recorded(long number, ValidationRecord record) {}

    /** The same with the version as it is now. */
    private record Entry(long number, ValidationRecord record, SchemaSummary schema) {}

    private static final Comparator<Entry> NEWEST_FIRST = comparing(
                    (Entry entry) -> entry.record().validatedAt())
            .thenComparingLong(Entry::number)
            .reversed();

    private static final Comparator<FieldFailures> MOST_FAILURES_FIRST =
            comparingLong(FieldFailures::failures).reversed().thenComparing(FieldFailures::field);

    private final SchemaReader schemas;
    private final Duration retention;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Recorded> recorded = new ArrayList<>();
    private long lastNumber;

    /**
     * @param schemas those that documents are validated against
     * @param retention how long records are kept
     */
    public InMemoryValidationLog(SchemaReader schemas, Duration retention, InstantSource clock) {
        this.schemas = schemas;
        this.retention = retention;
        this.clock = clock;
    }

    private <R> R locked(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void record(Collection<ValidationRecord> records) {
        if (records.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most %d records".formatted(MAX_BATCH));
        }
        locked(() -> {
            records.forEach(record -> recorded.add(new Recorded(++lastNumber, record)));
            return lastNumber;
        });
    }

    private Optional<SchemaSummary> summary(SchemaId id) {
        return schemas.getSchema(new SchemaKey.ById(id)).map(Schema::summary);
    }

    /** What is in a period of one tenant's versions that are still there. */
    private List<Entry> entries(TenantId tenant, Period period) {
        List<Recorded> found = locked(() -> recorded.stream()
                .filter(validation -> validation.record().id().tenant().equals(tenant)
                        && period.contains(validation.record().validatedAt()))
                .toList());
        Map<SchemaId, Optional<SchemaSummary>> summaries = new HashMap<>();
        return found.stream()
                .flatMap(validation -> summaries
                        .computeIfAbsent(validation.record().id(), this::summary)
                        .map(schema -> new Entry(validation.number(), validation.record(), schema))
                        .stream())
                .toList();
    }

    private static boolean isIn(ValidationScope scope, SchemaSummary schema) {
        return switch (scope) {
            case ValidationScope.OfVersion version -> version.id().equals(schema.id());
            case ValidationScope.OfSubject subject -> subject.subject().equals(schema.subject());
        };
    }

    private static boolean passes(ValidationFilter filter, ValidationRecord record) {
        boolean isOfOutcome = switch (filter.outcome()) {
            case VALID -> record.isValid();
            case INVALID -> !record.isValid();
            case ANY -> true;
        };
        return isOfOutcome && (filter.dataHash() == null || filter.dataHash().equals(record.dataHash()));
    }

    @Override
    public Page<PastValidation> history(ValidationFilter filter, PageRequest page) {
        Stream<Entry> found = entries(filter.scope().tenant(), filter.period()).stream()
                .filter(entry -> isIn(filter.scope(), entry.schema()) && passes(filter, entry.record()));
        PagePosition after = page.after();
        if (after != null) {
            Instant time = after.key(0, Instant::parse);
            long number = after.key(1, Long::parseLong);
            found = found.filter(entry -> entry.record().validatedAt().isBefore(time)
                    || (entry.record().validatedAt().equals(time) && entry.number() < number));
        }
        return Page.of(
                        found.sorted(NEWEST_FIRST).limit(page.size() + 1L).toList(),
                        page,
                        entry ->
                                PagePosition.of(entry.record().validatedAt().toString(), Long.toString(entry.number())))
                .map(entry -> past(entry.record(), entry.schema()));
    }

    private static PastValidation past(ValidationRecord record, SchemaSummary schema) {
        return new PastValidation(
                schema.id(),
                schema.subject(),
                schema.version(),
                record.dataHash(),
                record.isValid(),
                record.errorCount(),
                record.validatedAt(),
                record.duration());
    }

    /** Where a version stands in a list of rates: the higher ranks are first, and of equal ones the lower id. */
    private record Place(long rank, long secondRank, UUID id) {
        static final Comparator<Place> ORDER = comparingLong(Place::rank)
                .thenComparingLong(Place::secondRank)
                .reversed()
                .thenComparing(Place::id);

        static Place of(ValidationRate rate, Order order) {
            UUID id = rate.schema().id().uuid();
            return switch (order) {
                case MOST_FAILURES -> new Place(rate.failures(), rate.failuresPerMillion(), id);
                case HIGHEST_RATE -> new Place(rate.failuresPerMillion(), rate.failures(), id);
            };
        }

        static Place of(PagePosition position) {
            return new Place(
                    position.key(0, Long::parseLong),
                    position.key(1, Long::parseLong),
                    position.key(2, UUID::fromString));
        }

        PagePosition position() {
            return PagePosition.of(Long.toString(rank), Long.toString(secondRank), id.toString());
        }
    }

    @Override
    public Page<ValidationRate> rates(RatesQuery query, PageRequest page) {
        Place after = page.after() == null ? null : Place.of(page.after());
        Function<ValidationRate, Place> place = rate -> Place.of(rate, query.order());
        List<ValidationRate> found = entries(query.tenant(), query.period()).stream()
                .filter(entry -> query.subject() == null
                        || query.subject().equals(entry.schema().subject()))
                .collect(groupingBy(Entry::schema))
                .values()
                .stream()
                .map(InMemoryValidationLog::rate)
                .filter(rate -> after == null || Place.ORDER.compare(place.apply(rate), after) > 0)
                .sorted(comparing(place, Place.ORDER))
                .limit(page.size() + 1L)
                .toList();
        return Page.of(found, page, rate -> place.apply(rate).position());
    }

    /** Of one version. */
    private static ValidationRate rate(List<Entry> validations) {
        return new ValidationRate(
                validations.getFirst().schema(),
                validations.size(),
                failures(validations),
                validations.stream().map(entry -> entry.record().duration()).reduce(Duration.ZERO, Duration::plus),
                validations.stream()
                        .map(entry -> entry.record().validatedAt())
                        .max(naturalOrder())
                        .orElseThrow());
    }

    private static long failures(List<Entry> validations) {
        return validations.stream().filter(entry -> !entry.record().isValid()).count();
    }

    @Override
    public FailedFields failedFields(FailedFieldsQuery query, PageRequest page) {
        PagePosition position = page.after();
        FieldFailures after = position == null
                ? null
                : new FieldFailures(
                        position.key(1, path -> new FailedField(path, position.text(2))),
                        position.key(0, Long::parseLong));
        List<Entry> validations = entries(query.scope().tenant(), query.period()).stream()
                .filter(entry -> isIn(query.scope(), entry.schema()))
                .toList();
        List<FieldFailures> found = validations.stream()
                .flatMap(entry -> entry.record().fields().stream())
                .collect(groupingBy(field -> field, counting()))
                .entrySet()
                .stream()
                .map(field -> new FieldFailures(field.getKey(), field.getValue()))
                .filter(field -> after == null || MOST_FAILURES_FIRST.compare(field, after) > 0)
                .sorted(MOST_FAILURES_FIRST)
                .limit(page.size() + 1L)
                .toList();
        return new FailedFields(
                validations.size(),
                failures(validations),
                Page.of(
                        found,
                        page,
                        last -> PagePosition.of(
                                Long.toString(last.failures()),
                                last.field().path(),
                                last.field().keyword())));
    }

    @Override
    public boolean maintain() {
        LocalDate lastKept = LocalDate.ofInstant(clock.instant().minus(retention), ZoneOffset.UTC);
        Instant oldest = lastKept.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return locked(() -> {
            recorded.removeIf(validation -> validation.record().validatedAt().isBefore(oldest));
            return true;
        });
    }

    @Override
    public String toString() {
        return "InMemoryValidationLog";
    }
}
