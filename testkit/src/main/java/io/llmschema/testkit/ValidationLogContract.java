package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.FieldFailures;
import io.llmschema.storage.InMemoryValidationLog;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.Period;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.RatesQuery.Order;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationFilter.Outcome;
import io.llmschema.storage.ValidationLog;
import io.llmschema.storage.ValidationRate;
import io.llmschema.storage.ValidationRecord;
import io.llmschema.storage.ValidationScope;
import io.llmschema.storage.ValidationScope.OfSubject;
import io.llmschema.storage.ValidationScope.OfVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ValidationLog} does.
 *
 * @param <S> the store of the schemas that are validated against; it may hold anything of other tenants
 */
public abstract class ValidationLogContract<S extends StorageBackend> {
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final FailedField PRICE = new FailedField("/items/*/price", "minimum");
    private static final FailedField NAME = new FailedField("/name", "type");
    private static final FailedField WHOLE = new FailedField("", "required");

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();

    /** The middle of the present hour, so that "a minute ago" is in the same one. */
    private final Instant now = Instant.now().truncatedTo(HOURS).plus(30, MINUTES);

    private final Period lastDay = new Period(
            now.truncatedTo(HOURS).minus(1, DAYS), now.truncatedTo(HOURS).plus(1, HOURS));
    private S storage;
    private ValidationLog log;

    protected abstract S createStorage();

    /** A log of that store; called several times in a test, it is the log of several nodes. */
    protected abstract ValidationLog createLog(S of, Duration retention, InstantSource clock);

    @BeforeEach
    final void open() {
        storage = createStorage();
        log = createLog(storage, RETENTION, InstantSource.fixed(now));
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    private SchemaSummary register(String subject, String version) {
        return storage.registerSchema(
                        examples.schema(subject, "{\"const\": \"%s %s\"}".formatted(subject, version)), assign(version))
                .schema();
    }

    private static Fingerprint hash(String document) {
        return Fingerprint.sha256(document.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidationRecord valid(SchemaId id, String document, Instant at) {
        return new ValidationRecord(id, hash(document), true, 0, at, Duration.ofMillis(2), List.of());
    }

    private static ValidationRecord invalid(SchemaId id, String document, Instant at, FailedField... fields) {
        return new ValidationRecord(id, hash(document), false, 3, at, Duration.ofMillis(4), List.of(fields));
    }

    /** So many of each, a minute ago. */
    private void record(SchemaSummary schema, int valid, int invalid, FailedField... fields) {
        Instant at = now.minus(1, MINUTES);
        log.record(Stream.concat(
                        IntStream.range(0, valid).mapToObj(i -> valid(schema.id(), "valid " + i, at)),
                        IntStream.range(0, invalid).mapToObj(i -> invalid(schema.id(), "wrong " + i, at, fields)))
                .toList());
    }

    private List<PastValidation> history(ValidationFilter filter) {
        return Pages.all(page -> log.history(filter, page));
    }

    private List<PastValidation> history(ValidationScope scope) {
        return history(ValidationFilter.all(scope, lastDay));
    }

    private List<ValidationRate> rates(Order order) {
        return Pages.all(page -> log.rates(new RatesQuery(examples.tenant(), null, lastDay, order), page));
    }

    /** Rates as {@code subject version failures/validations}. */
    private static List<String> texts(List<ValidationRate> rates) {
        return rates.stream()
                .map(rate -> StorageContract.name(rate.schema()) + " " + rate.failures() + "/" + rate.validations())
                .toList();
    }

    private FailedFields fields(ValidationScope scope) {
        return log.failedFields(new FailedFieldsQuery(scope, lastDay), PageRequest.first(100));
    }

    @Test
    void record_thenHistory_isWhatWasRecorded() {
        SchemaSummary schema = register("orders", "1.0.0");
        Instant at = now.plusNanos(123_456_789);

        log.record(List.of(new ValidationRecord(
                schema.id(), hash("a"), false, 7, at, Duration.ofNanos(1_234_567), List.of(PRICE))));

        assertThat(history(new OfVersion(schema.id())))
                .containsExactly(new PastValidation(
                        schema.id(),
                        schema.subject(),
                        schema.version(),
                        hash("a"),
                        false,
                        7,
                        at.truncatedTo(MICROS),
                        Duration.ofNanos(1_234_567)));
    }

    @Test
    void record_sizeOfABatch_isBounded() {
        SchemaSummary schema = register("orders", "1.0.0");
        ValidationRecord one = invalid(schema.id(), "a", now, PRICE, NAME);

        log.record(List.of());
        log.record(Collections.nCopies(ValidationLog.MAX_BATCH, one));

        assertThatThrownBy(() -> log.record(Collections.nCopies(ValidationLog.MAX_BATCH + 1, one)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(texts(rates(Order.MOST_FAILURES))).containsExactly("orders 1.0.0 1000/1000");
        assertThat(history(new OfVersion(schema.id()))).hasSize(1000);
    }

    @Test
    void record_byTwoNodesAtOnce_losesNothing() throws InterruptedException, ExecutionException {
        int batches = 20;
        List<ValidationRecord> records = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> invalid(register("s" + i % 10, "1." + i + ".0").id(), "d" + i, now, NAME, PRICE, WHOLE))
                .toList());
        List<Future<?>> done = new ArrayList<>();

        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 2; node++) {
                ValidationLog ofNode = createLog(storage, RETENTION, InstantSource.fixed(now));
                List<ValidationRecord> shuffled = new ArrayList<>(records);
                Collections.shuffle(shuffled, new Random(node));
                done.add(nodes.submit(() -> IntStream.range(0, batches).forEach(_ -> ofNode.record(shuffled))));
            }
        }

        for (Future<?> node : done) {
            node.get();
        }
        assertThat(rates(Order.MOST_FAILURES))
                .hasSize(50)
                .allSatisfy(rate -> assertThat(rate.failures()).isEqualTo(2L * batches));
        FailedFields fields = fields(new OfSubject(examples.subject("s3")));
        assertThat(fields.validations()).isEqualTo(5 * 2L * batches);
        assertThat(fields.fields().items())
                .containsExactly(
                        new FieldFailures(WHOLE, 5 * 2L * batches),
                        new FieldFailures(PRICE, 5 * 2L * batches),
                        new FieldFailures(NAME, 5 * 2L * batches));
    }

    @Test
    void history_isNewestFirst_ofEqualTimesTheLastRecorded_inPagesOfAnySize() {
        SchemaSummary schema = register("orders", "1.0.0");
        log.record(List.of(
                valid(schema.id(), "c", now),
                valid(schema.id(), "d", now),
                valid(schema.id(), "a", now.minusSeconds(9))));
        log.record(List.of(valid(schema.id(), "e", now), valid(schema.id(), "b", now.minusSeconds(8))));
        ValidationFilter all = ValidationFilter.all(new OfVersion(schema.id()), lastDay);

        assertThat(history(all))
                .extracting(PastValidation::dataHash)
                .containsExactly(hash("e"), hash("d"), hash("c"), hash("b"), hash("a"));
        Pages.assertSameInPagesOfAnySize(page -> log.history(all, page));
        Pages.assertSameInPagesOfAnySize(
                page -> log.history(ValidationFilter.all(new OfSubject(schema.subject()), lastDay), page));
    }

    @Test
    void history_ofASubject_hasAllItsVersions_deletedOnesToo() {
        SchemaSummary first = register("orders", "1.0.0");
        SchemaSummary second = register("orders", "2.0.0");
        SchemaSummary other = register("customers", "1.0.0");
        log.record(List.of(
                valid(first.id(), "a", now.minusSeconds(3)),
                valid(second.id(), "b", now.minusSeconds(2)),
                valid(other.id(), "c", now.minusSeconds(1))));
        storage.deleteSchema(first.id(), examples.now());

        assertThat(history(new OfSubject(first.subject())))
                .extracting(PastValidation::version)
                .containsExactly(second.version(), first.version());
        assertThat(history(new OfVersion(first.id()))).hasSize(1);
    }

    @Test
    void history_canBeOfOneOutcome() {
        SchemaSummary schema = register("orders", "1.0.0");
        record(schema, 2, 1);
        for (ValidationScope scope : scopes(schema)) {
            ValidationFilter all = ValidationFilter.all(scope, lastDay);

            assertThat(history(all.withOutcome(Outcome.VALID))).hasSize(2).allMatch(PastValidation::isValid);
            assertThat(history(all.withOutcome(Outcome.INVALID)))
                    .extracting(PastValidation::dataHash)
                    .containsExactly(hash("wrong 0"));
        }
    }

    private static List<ValidationScope> scopes(SchemaSummary schema) {
        return List.of(new OfVersion(schema.id()), new OfSubject(schema.subject()));
    }

    @Test
    void history_canBeOfOneDocument() {
        SchemaSummary first = register("orders", "1.0.0");
        SchemaSummary second = register("orders", "2.0.0");
        log.record(List.of(
                invalid(first.id(), "a", now.minusSeconds(3), NAME),
                valid(second.id(), "a", now.minusSeconds(2)),
                valid(second.id(), "b", now.minusSeconds(1))));

        assertThat(history(ValidationFilter.all(new OfSubject(first.subject()), lastDay)
                        .withDataHash(hash("a"))))
                .extracting(PastValidation::version, PastValidation::isValid)
                .containsExactly(tuple(second.version(), true), tuple(first.version(), false));
        assertThat(history(
                        ValidationFilter.all(new OfVersion(first.id()), lastDay).withDataHash(hash("b"))))
                .isEmpty();
    }

    @Test
    void history_periodBeginsAtFromAndEndsBeforeTo() {
        SchemaSummary schema = register("orders", "1.0.0");
        log.record(List.of(
                valid(schema.id(), "a", now.minus(1, MINUTES).minus(1, MICROS)),
                valid(schema.id(), "b", now.minus(1, MINUTES)),
                valid(schema.id(), "c", now.minus(1, MICROS)),
                valid(schema.id(), "d", now)));

        for (ValidationScope scope : scopes(schema)) {
            assertThat(history(ValidationFilter.all(scope, new Period(now.minus(1, MINUTES), now))))
                    .extracting(PastValidation::dataHash)
                    .containsExactly(hash("c"), hash("b"));
        }
    }

    @Test
    void history_positionThatIsNone_isRefused() {
        SchemaSummary schema = register("orders", "1.0.0");
        record(schema, 1, 0);
        ValidationFilter all = ValidationFilter.all(new OfVersion(schema.id()), lastDay);

        for (List<String> keys :
                List.of(List.of("yesterday", "1"), List.of(now.toString()), List.of(now.toString(), "x"))) {
            assertThatThrownBy(() -> log.history(all, new PageRequest(1, new PagePosition(keys))))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void rates_haveWhatTheValidationsOfAVersionComeTo() {
        SchemaSummary schema = register("orders", "1.0.0");
        log.record(List.of(
                valid(schema.id(), "a", now),
                invalid(schema.id(), "b", now.minus(2, HOURS), NAME),
                valid(schema.id(), "c", now.minusSeconds(1))));

        assertThat(rates(Order.MOST_FAILURES))
                .containsExactly(new ValidationRate(schema, 3, 1, Duration.ofMillis(8), now));
        assertThat(rates(Order.MOST_FAILURES).getFirst().meanTime()).isEqualTo(Duration.ofNanos(2_666_666));
        assertThat(rates(Order.MOST_FAILURES).getFirst().failuresPerMillion()).isEqualTo(333_333);
    }

    @Test
    void rates_areInTheOrderAskedFor_inPagesOfAnySize() {
        record(register("often", "1.0.0"), 90, 10);
        record(register("always", "1.0.0"), 0, 2);
        record(register("never", "1.0.0"), 5, 0);
        record(register("same", "1.0.0"), 90, 10);
        record(register("half", "1.0.0"), 2, 2);

        assertThat(texts(rates(Order.MOST_FAILURES)))
                .containsExactly(
                        "often 1.0.0 10/100",
                        "same 1.0.0 10/100",
                        "always 1.0.0 2/2",
                        "half 1.0.0 2/4",
                        "never 1.0.0 0/5");
        assertThat(texts(rates(Order.HIGHEST_RATE)))
                .containsExactly(
                        "always 1.0.0 2/2",
                        "half 1.0.0 2/4",
                        "often 1.0.0 10/100",
                        "same 1.0.0 10/100",
                        "never 1.0.0 0/5");
        for (Order order : Order.values()) {
            RatesQuery query = new RatesQuery(examples.tenant(), null, lastDay, order);
            Pages.assertSameInPagesOfAnySize(page -> log.rates(query, page));
        }
    }

    @Test
    void rates_canBeOfOneSubject_andHaveDeletedVersionsToo() {
        SchemaSummary first = register("orders", "1.0.0");
        SchemaSummary second = register("orders", "2.0.0");
        record(first, 1, 1);
        record(second, 3, 2);
        record(register("customers", "1.0.0"), 0, 9);
        SchemaSummary deleted = storage.deleteSchema(first.id(), examples.now());
        RatesQuery query = new RatesQuery(examples.tenant(), first.subject(), lastDay, Order.MOST_FAILURES);

        assertThat(Pages.all(page -> log.rates(query, page)))
                .extracting(rate -> rate.schema().id())
                .containsExactly(second.id(), deleted.id());
    }

    @Test
    void failedFields_areThoseWithTheMostFailuresFirst_besideHowManyDocumentsThereWere() {
        SchemaSummary first = register("orders", "1.0.0");
        SchemaSummary second = register("orders", "2.0.0");
        record(first, 7, 2, NAME, PRICE);
        record(first, 0, 1, PRICE);
        record(second, 1, 4, NAME, WHOLE);
        record(register("customers", "1.0.0"), 0, 9, NAME);

        assertThat(fields(new OfVersion(first.id())))
                .isEqualTo(new FailedFields(
                        10, 3, new Page<>(List.of(new FieldFailures(PRICE, 3), new FieldFailures(NAME, 2)), null)));
        FailedFields ofSubject = fields(new OfSubject(first.subject()));
        assertThat(ofSubject.validations()).isEqualTo(15);
        assertThat(ofSubject.failures()).isEqualTo(7);
        assertThat(ofSubject.fields().items())
                .containsExactly(new FieldFailures(NAME, 6), new FieldFailures(WHOLE, 4), new FieldFailures(PRICE, 3));
        for (ValidationScope scope : scopes(first)) {
            Pages.assertSameInPagesOfAnySize(page -> log.failedFields(new FailedFieldsQuery(scope, lastDay), page)
                    .fields());
        }
    }

    @Test
    void failedFields_ofTheSamePath_differByTheKeyword_andComeInTheOrderOfCodePoints() {
        SchemaSummary schema = register("orders", "1.0.0");
        FailedField[] fields = Stream.of("/\uFFFD", "/a", "/Z", "/\uD83D\uDE00", "/é", "/a~1b", "")
                .flatMap(path -> Stream.of("type", "enum").map(keyword -> new FailedField(path, keyword)))
                .toArray(FailedField[]::new);
        record(schema, 0, 1, fields);
        FailedFieldsQuery query = new FailedFieldsQuery(new OfVersion(schema.id()), lastDay);

        assertThat(fields(query.scope()).fields().items())
                .extracting(FieldFailures::field)
                .containsExactlyElementsOf(Stream.of(fields).sorted().toList());
        Pages.assertSameInPagesOfAnySize(page -> log.failedFields(query, page).fields());
    }

    @Test
    void failedFields_arePeriodsOfWholeHours() {
        SchemaSummary schema = register("orders", "1.0.0");
        Instant hour = now.truncatedTo(HOURS);
        log.record(List.of(
                invalid(schema.id(), "a", hour.minus(1, MICROS), NAME),
                invalid(schema.id(), "b", hour, NAME),
                invalid(schema.id(), "c", hour.plus(59, MINUTES), NAME),
                invalid(schema.id(), "d", hour.plus(1, HOURS), NAME)));

        for (ValidationScope scope : scopes(schema)) {
            FailedFields fields = log.failedFields(
                    new FailedFieldsQuery(scope, new Period(hour, hour.plus(1, HOURS))), PageRequest.first(10));

            assertThat(fields.validations()).isEqualTo(2);
            assertThat(fields.fields().items()).containsExactly(new FieldFailures(NAME, 2));
        }
        assertThatThrownBy(() ->
                        new FailedFieldsQuery(new OfVersion(schema.id()), new Period(hour, hour.plus(1, MINUTES))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void questions_ofAnotherTenant_seeNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        record(schema, 1, 1, NAME);
        TenantId another = SchemaExamples.freshTenant();
        List<ValidationScope> scopes = List.of(
                new OfVersion(new SchemaId(another, schema.id().uuid())),
                new OfSubject(new Subject(another, "orders")));

        for (ValidationScope scope : scopes) {
            assertThat(history(scope)).isEmpty();
            assertThat(history(ValidationFilter.all(scope, lastDay).withDataHash(hash("valid 0"))))
                    .isEmpty();
            assertThat(fields(scope).validations()).isZero();
            assertThat(fields(scope).fields().items()).isEmpty();
        }
        assertThat(Pages.all(page -> log.rates(new RatesQuery(another, null, lastDay, Order.MOST_FAILURES), page)))
                .isEmpty();
    }

    @Test
    void questions_ofAVersionThatWasRemovedForGood_findNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        record(register("orders", "2.0.0"), 1, 0);
        record(schema, 1, 1, NAME);
        storage.deleteSchema(schema.id(), examples.now());
        storage.purgeSchema(schema.id());

        assertThat(history(new OfVersion(schema.id()))).isEmpty();
        assertThat(history(new OfSubject(schema.subject()))).hasSize(1);
        assertThat(texts(rates(Order.MOST_FAILURES))).containsExactly("orders 2.0.0 0/1");
        assertThat(fields(new OfVersion(schema.id())).validations()).isZero();
        assertThat(fields(new OfVersion(schema.id())).fields().items()).isEmpty();
        assertThat(fields(new OfSubject(schema.subject())).validations()).isEqualTo(1);
    }

    @Test
    void maintain_keepsTheMonthsThatAreNotWhollyPastTheRetention_andNothingBefore() {
        SchemaSummary schema = register("orders", "1.0.0");
        Instant oldest = LocalDate.ofInstant(now.minus(RETENTION), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        log.record(List.of(
                invalid(schema.id(), "kept", oldest, NAME),
                invalid(schema.id(), "gone", oldest.minus(1, MICROS), PRICE)));
        Period all = new Period(oldest.minus(2, DAYS), now.truncatedTo(HOURS));

        assertThat(log.maintain()).isTrue();

        assertThat(history(ValidationFilter.all(new OfVersion(schema.id()), all)))
                .extracting(PastValidation::dataHash)
                .containsExactly(hash("kept"));
        assertThat(Pages.all(
                        page -> log.rates(new RatesQuery(examples.tenant(), null, all, Order.MOST_FAILURES), page)))
                .extracting(ValidationRate::validations)
                .containsExactly(1L);
        assertThat(log.failedFields(new FailedFieldsQuery(new OfVersion(schema.id()), all), PageRequest.first(10))
                        .fields()
                        .items())
                .containsExactly(new FieldFailures(NAME, 1));
    }

    @Test
    void maintain_monthsBeforeAndAfterTheFirst_loseNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        LocalDate month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        List<ValidationRecord> records = IntStream.rangeClosed(-1, 2)
                .mapToObj(ahead ->
                        month.plusMonths(ahead).atStartOfDay(ZoneOffset.UTC).toInstant())
                .flatMap(first -> Stream.of(first.minusSeconds(1), first, first.plusSeconds(1)))
                .map(at -> invalid(schema.id(), at.toString(), at, NAME))
                .toList();
        Period all = new Period(
                month.minusMonths(3).atStartOfDay(ZoneOffset.UTC).toInstant(),
                month.plusMonths(4).atStartOfDay(ZoneOffset.UTC).toInstant());

        for (int times = 1; times <= 3; times++) {
            log.record(records);
            assertThat(log.maintain()).isTrue();

            assertIsAllThere(schema, all, 12 * times);
        }
        // As when the store was set up a month ago and nobody was there to maintain it.
        createLog(storage, RETENTION.plusDays(31), InstantSource.fixed(now.plus(31, DAYS)))
                .maintain();
        log.record(records);
        assertIsAllThere(schema, all, 48);
    }

    private void assertIsAllThere(SchemaSummary schema, Period period, int validations) {
        assertThat(history(ValidationFilter.all(new OfVersion(schema.id()), period)))
                .hasSize(validations);
        FailedFields fields =
                log.failedFields(new FailedFieldsQuery(new OfVersion(schema.id()), period), PageRequest.first(10));
        assertThat(fields.validations()).isEqualTo(validations);
        assertThat(fields.fields().items()).containsExactly(new FieldFailures(NAME, validations));
    }

    @Test
    void anyRecords_giveTheAnswersOfTheReference() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ValidationLog reference = new InMemoryValidationLog(storage, RETENTION, InstantSource.fixed(now));
        List<SchemaSummary> schemas = IntStream.range(0, 12)
                .mapToObj(i -> register("s" + i % 5, "1.%d.0".formatted(i)))
                .toList();
        for (int batch = 0; batch < 20; batch++) {
            List<ValidationRecord> records = IntStream.range(0, random.nextInt(1, 30))
                    .mapToObj(_ -> anyRecord(schemas.get(random.nextInt(10)).id(), random))
                    .toList();
            log.record(records);
            reference.record(records);
        }
        Instant hour = now.truncatedTo(HOURS).plus(1, HOURS);
        Period period = new Period(hour.minus(random.nextInt(1, 60), HOURS), hour);

        List<ValidationScope> scopes = Stream.concat(
                        scopes(schemas.get(random.nextInt(12))).stream(), scopes(schemas.get(3)).stream())
                .toList();
        for (ValidationScope scope : scopes) {
            for (Outcome outcome : Outcome.values()) {
                ValidationFilter filter = new ValidationFilter(
                        scope, period, outcome, random.nextInt(3) == 0 ? hash("d" + random.nextInt(10)) : null);
                assertThat(Pages.all(3, page -> log.history(filter, page)))
                        .as("seed " + seed)
                        .isEqualTo(Pages.all(page -> reference.history(filter, page)));
            }
            FailedFieldsQuery query = new FailedFieldsQuery(scope, period);
            assertThat(Pages.all(3, page -> log.failedFields(query, page).fields()))
                    .as("seed " + seed)
                    .isEqualTo(Pages.all(
                            page -> reference.failedFields(query, page).fields()));
            assertThat(log.failedFields(query, PageRequest.first(5)))
                    .as("seed " + seed)
                    .isEqualTo(reference.failedFields(query, PageRequest.first(5)));
        }
        for (Order order : Order.values()) {
            RatesQuery query = new RatesQuery(
                    examples.tenant(), random.nextBoolean() ? null : examples.subject("s2"), period, order);
            assertThat(Pages.all(3, page -> log.rates(query, page)))
                    .as("seed " + seed)
                    .isEqualTo(Pages.all(page -> reference.rates(query, page)));
        }
    }

    /** Of few times, documents and fields, so that there are many that are equal in some respect. */
    private ValidationRecord anyRecord(SchemaId id, Random random) {
        List<FailedField> fields = random.nextInt(3) > 0
                ? List.of()
                : IntStream.range(0, random.nextInt(6))
                        .mapToObj(_ -> new FailedField("/f" + random.nextInt(5), "k" + random.nextInt(2)))
                        .toList();
        boolean isValid = fields.isEmpty() && random.nextBoolean();
        return new ValidationRecord(
                id,
                hash("d" + random.nextInt(10)),
                isValid,
                isValid ? 0 : 1 + random.nextInt(9),
                now.minus(random.nextInt(200) * 20L, MINUTES),
                Duration.ofNanos(random.nextLong(1_000_000)),
                fields);
    }
}
