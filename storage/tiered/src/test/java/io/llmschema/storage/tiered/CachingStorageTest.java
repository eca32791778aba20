package io.llmschema.storage.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.NewSchema;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InvalidationChannel;
import io.llmschema.storage.Registered;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaWriter;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import io.llmschema.testkit.FailingStorage;
import io.llmschema.testkit.JsonContainment;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node shows of changes made here and elsewhere, with its store there and away. */
class CachingStorageTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration BOUND = Duration.ofMillis(200);
    private static final int CALLERS = 1_000;

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final InMemoryStorage truth = new InMemoryStorage(new JsonContainment());
    private final FailingStorage behind = new FailingStorage(truth, true);
    private final CachingStorage node = node(behind);

    private static CachingStorage node(FailingStorage storage) {
        return node(storage, new CaffeineSchemaCache(CacheLimits.DEFAULT));
    }

    private static CachingStorage node(FailingStorage storage, CaffeineSchemaCache cache) {
        return new CachingStorage(storage.asStorage(), cache, CacheLimits.DEFAULT, InvalidationChannel.none(), BOUND);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private SchemaSummary register(SchemaWriter storage, String version) {
        return storage.registerSchema(
                        examples.schema("orders", "{\"const\": \"" + version + "\"}"),
                        (_, _, _) -> Version.parse(version))
                .schema();
    }

    private SchemaKey latest() {
        return new SchemaKey.ByVersion(examples.subject("orders"), VersionSelector.LATEST);
    }

    private static Optional<SchemaSummary> read(CachingStorage storage, SchemaKey key) {
        return storage.getSchema(key).map(Schema::summary);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Until it hears of changes, and so need not ask for what it keeps. */
    private void awaitKeeping() {
        SchemaKey other = new SchemaKey.ByVersion(examples.subject("invoices"), VersionSelector.LATEST);
        await(() -> {
            read(node, other);
            int before = behind.sights();
            read(node, other);
            return behind.sights() == before;
        });
    }

    private static Consistency asked(ChangePosition required, Supplier<?> question) {
        Consistency consistency = new Consistency(required);
        consistency.in(question);
        return consistency;
    }

    @Test
    void changeMadeHere_isSeenAtOnce() {
        for (int i = 0; i < 50; i++) {
            SchemaSummary registered = register(node, "1." + i + ".0");

            assertThat(read(node, latest())).contains(registered);
            assertThat(node.listSchemas(
                                    SchemaFilter.all(examples.tenant()), SchemaOrder.BY_ORDINAL, PageRequest.first(100))
                            .items())
                    .hasSize(i + 1);
            assertThat(node.getSubject(registered.subject()))
                    .hasValueSatisfying(
                            subject -> assertThat(subject.revision()).isEqualTo(registered.revision()));
        }
    }

    /** Registers as a node does, without the feed that tells it of its own change once more. */
    private SchemaSummary keep(CaffeineSchemaCache cache, String version) {
        NewSchema candidate = examples.schema("orders", "{\"const\": \"" + version + "\"}");
        return new OwnRegistrations()
                .keeping(candidate, cache, () -> {
                    Seen<Registered> made = truth.registerAndSee(candidate, RegistrationRules.assign(version));
                    cache.apply(List.of(new SubjectChange(
                            candidate.subject(), made.revision(), SubjectChange.Kind.ADDITION, List.of())));
                    return made;
                })
                .schema();
    }

    private static Optional<SchemaSummary> kept(CaffeineSchemaCache cache, SchemaKey key) {
        return cache.peek(key).flatMap(Seen::found).map(Schema::summary);
    }

    @Test
    void versionMadeHere_isKeptWithoutAskingForIt() {
        CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        cache.get(latest(), _ -> true, truth::see);

        SchemaSummary first = keep(cache, "1.0.0");
        SchemaSummary second = keep(cache, "2.0.0");
        assertThat(kept(cache, latest())).contains(second);
        SchemaSummary lower = keep(cache, "1.1.0");

        assertThat(List.of(first, second, lower))
                .allSatisfy(version -> assertThat(kept(cache, new SchemaKey.ById(version.id())))
                        .contains(version));
        assertThat(kept(cache, latest()))
                .as("1.1.0 is not the latest, and outdates what is kept as that")
                .isEmpty();
    }

    @Test
    void versionMadeHere_ofASubjectThatNobodyAsksFor_isKeptByItsIdOnly() {
        CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        try (CachingStorage other = node(new FailingStorage(truth, true), cache)) {
            SchemaSummary version = register(other, "1.0.0");

            assertThat(cache.peek(new SchemaKey.ById(version.id()))).isPresent();
            assertThat(cache.serves(version.subject()))
                    .as("and would read what other nodes register")
                    .isFalse();
        }
    }

    @Test
    void versionMadeHere_doesNotReplaceANewerOneThatIsKept() {
        NewSchema candidate = examples.schema("orders", "{}");
        CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        cache.get(latest(), _ -> true, truth::see);
        Seen<?>[] newer = new Seen<?>[1];

        new OwnRegistrations().keeping(candidate, cache, () -> {
            Seen<Registered> made = truth.registerAndSee(candidate, RegistrationRules.assign("1.0.0"));
            cache.apply(List.of(
                    new SubjectChange(candidate.subject(), made.revision(), SubjectChange.Kind.ADDITION, List.of())));
            // Registered elsewhere, of which this node has not heard yet; but somebody asks.
            register(truth, "2.0.0");
            newer[0] = cache.get(latest(), _ -> true, truth::see);
            return made;
        });

        assertThat(cache.peek(latest()))
                .hasValueSatisfying(seen -> assertThat(seen).isEqualTo(newer[0]));
    }

    @Test
    void versionMadeHere_isOutdatedByWhatComesWhileItIsKept() {
        NewSchema candidate = examples.schema("orders", "{}");
        CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        OwnRegistrations registrations = new OwnRegistrations();
        cache.get(latest(), _ -> true, truth::see);

        registrations.keeping(candidate, cache, () -> {
            Seen<Registered> made = truth.registerAndSee(candidate, RegistrationRules.assign("1.0.0"));
            SchemaSummary version = made.found().orElseThrow().registration().schema();
            long later = version.revision() + 1;
            cache.apply(List.of(new SubjectChange(
                    version.subject(),
                    later,
                    SubjectChange.Kind.ALTERATION,
                    List.of(new SubjectChange.Version(version.id(), later, null)))));
            return made;
        });

        assertThat(cache.peek(latest())).isEmpty();
        assertThat(cache.peek(new SchemaKey.ById(candidate.id()))).isEmpty();
    }

    @Test
    void settings_areKeptWhenVersionsCome_andAskedForAnewWhenTheyChange() {
        awaitKeeping();
        register(node, "1.0.0");
        Subject subject = examples.subject("orders");
        assertThat(node.getSettings(subject)).isEqualTo(SubjectSettings.NONE);
        register(node, "2.0.0");
        assertThat(node.getSettings(subject)).isEqualTo(SubjectSettings.NONE);
        assertThat(behind.settingsSights()).isEqualTo(1);

        SubjectSettings changed = node.updateSettings(subject, present -> present.withMode(WriteMode.READONLY));

        assertThat(node.getSettings(subject)).isEqualTo(changed);
        assertThat(behind.settingsSights()).isEqualTo(2);
    }

    @Test
    void changeMadeElsewhere_isSeenWhenTheFeedTellsIt() {
        FailingStorage elsewhere = new FailingStorage(truth, false);
        try (CachingStorage other = node(elsewhere)) {
            register(node, "1.0.0");
            await(() -> read(other, latest()).isPresent());
            SchemaSummary second = register(node, "2.0.0");

            await(() -> read(other, latest()).filter(second::equals).isPresent());
        }
    }

    @Test
    void token_isNeverAnsweredWithLess() {
        FailingStorage elsewhere = new FailingStorage(truth, false);
        try (CachingStorage other = node(elsewhere)) {
            register(node, "1.0.0");
            await(() -> read(other, latest()).isPresent());
            elsewhere.fallSilent();
            for (int i = 0; i < 20; i++) {
                SchemaSummary[] registered = new SchemaSummary[1];
                int number = i;
                ChangePosition token = asked(
                                ChangePosition.START, () -> registered[0] = register(node, "2." + number + ".0"))
                        .shown();
                asked(token, () -> assertThat(read(other, latest())).contains(registered[0]));
                asked(
                        token,
                        () -> assertThat(other.getSubject(registered[0].subject())
                                        .orElseThrow()
                                        .revision())
                                .isEqualTo(registered[0].revision()));
                asked(
                        token,
                        () -> assertThat(other.searchSchemas(
                                                new SearchQuery(
                                                        null,
                                                        SchemaFilter.all(examples.tenant()),
                                                        SearchQuery.Scope.ALL,
                                                        SearchQuery.Order.BY_SUBJECT),
                                                PageRequest.first(100))
                                        .items())
                                .hasSize(number + 2));
            }
        }
    }

    @Test
    void token_ofWhatIsShown_makesTheNextReadNoSlower() {
        register(node, "1.0.0");
        ChangePosition token =
                asked(ChangePosition.START, () -> read(node, latest())).shown();
        int before = behind.sights();
        int reads = 100;

        for (int i = 0; i < reads; i++) {
            token = asked(token, () -> read(node, latest())).shown();
        }

        // The node reads by itself what was registered, and asks when it has heard nothing for a while; but not for
        // each token.
        assertThat(behind.sights()).isLessThan(before + reads / 2);
    }

    @Test
    void silentFeed_storeIsAskedAndNothingIsMarked() {
        FailingStorage elsewhere = new FailingStorage(truth, false);
        try (CachingStorage other = node(elsewhere)) {
            register(node, "1.0.0");
            await(() -> read(other, latest()).isPresent());
            elsewhere.fallSilent();
            SchemaSummary second = register(node, "2.0.0");

            // Within the bound it may show what was, from then on it asks.
            await(() -> read(other, latest()).equals(Optional.of(second)));
            Consistency answer = asked(
                    ChangePosition.START,
                    () -> assertThat(read(other, latest())).contains(second));
            assertThat(answer.isStale()).isFalse();
            elsewhere.comeBack();
            await(() -> {
                int asked = elsewhere.sights();
                read(other, latest());
                return elsewhere.sights() == asked;
            });
        }
    }

    @Test
    void storeAway_whatIsKeptIsShownAndMarked() {
        SchemaSummary schema = register(node, "1.0.0");
        SchemaKey byId = new SchemaKey.ById(schema.id());
        read(node, latest());
        read(node, byId);
        node.getSubject(schema.subject());
        node.listSchemas(SchemaFilter.all(examples.tenant()), SchemaOrder.BY_ORDINAL, PageRequest.first(10));
        behind.goAway();

        await(() -> asked(ChangePosition.START, () -> read(node, latest())).isStale());
        assertThat(read(node, latest())).contains(schema);
        assertThat(read(node, byId)).contains(schema);
        assertThat(node.getSubject(schema.subject())).isPresent();
        assertThat(node.listSchemas(SchemaFilter.all(examples.tenant()), SchemaOrder.BY_ORDINAL, PageRequest.first(10))
                        .items())
                .containsExactly(schema);
        assertThatThrownBy(() -> register(node, "2.0.0")).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> read(node, new SchemaKey.ByVersion(schema.subject(), VersionSelector.parse("^7"))))
                .isInstanceOf(StorageUnavailable.class);
        behind.comeBack();
        await(() -> !asked(ChangePosition.START, () -> read(node, latest())).isStale());
        assertThat(read(node, latest())).contains(schema);
    }

    @Test
    void storeAway_whatIsKnownToBeOutdatedIsNotShown() {
        SchemaSummary first = register(node, "1.0.0");
        SchemaKey byId = new SchemaKey.ById(first.id());
        read(node, byId);
        node.updateSchemaState(first.id(), _ -> new SchemaState.Deprecated("old", null, null));
        behind.goAway();

        assertThatThrownBy(() -> read(node, byId)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void storeAway_tokenOfWhatIsNotKept_isRefused() {
        FailingStorage elsewhere = new FailingStorage(truth, false);
        try (CachingStorage other = node(elsewhere)) {
            register(node, "1.0.0");
            await(() -> read(other, latest()).isPresent());
            elsewhere.goAway();
            ChangePosition token =
                    asked(ChangePosition.START, () -> register(node, "2.0.0")).shown();

            assertThatThrownBy(() -> asked(token, () -> read(other, latest()))).isInstanceOf(StorageUnavailable.class);
        }
    }

    @Test
    void purge_thatWasSeenHere_isNotUndoneElsewhere() {
        try (CachingStorage other = node(new FailingStorage(truth, false))) {
            SchemaSummary schema = register(node, "1.0.0");
            node.deleteSchema(schema.id(), examples.now());
            List<SchemaKey> keys =
                    List.of(new SchemaKey.ById(schema.id()), new SchemaKey.ByGlobalId(schema.globalId()));
            await(() -> read(other, latest()).isEmpty());
            keys.forEach(key -> assertThat(read(other, key)).as(key.toString()).isPresent());
            node.purgeSchema(schema.id());

            for (SchemaKey key : keys) {
                assertThat(read(node, key)).as(key.toString()).isEmpty();
                ChangePosition token =
                        asked(ChangePosition.START, () -> read(node, key)).shown();
                assertThat(token).as(key.toString()).isNotEqualTo(ChangePosition.START);
                asked(
                        token,
                        () -> assertThat(read(other, key)).as(key.toString()).isEmpty());
            }
        }
    }

    @Test
    void crowd_atOneColdKey_asksTheStoreOnce() throws Exception {
        SchemaSummary schema = register(truth, "1.0.0");
        SchemaKey byId = new SchemaKey.ById(schema.id());
        CountDownLatch open = new CountDownLatch(1);
        behind.hold(open);
        CountDownLatch arrived = new CountDownLatch(CALLERS);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<SchemaSummary>>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> {
                    arrived.countDown();
                    return read(node, byId);
                }));
            }
            arrived.await();
            await(() -> behind.sights() > 0);
            open.countDown();
            for (Future<Optional<SchemaSummary>> answer : answers) {
                assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).contains(schema);
            }
        }

        assertThat(behind.sights()).isEqualTo(1);
    }

    @Test
    void newVersion_ofASubjectThatIsReadHere_isLoadedBeforeItIsAskedFor() {
        CaffeineSchemaCache cache = new CaffeineSchemaCache(CacheLimits.DEFAULT);
        try (CachingStorage other = node(new FailingStorage(truth, false), cache)) {
            register(node, "1.0.0");
            await(() -> read(other, latest()).isPresent());
            SchemaSummary second = register(node, "2.0.0");

            await(() -> cache.peek(new SchemaKey.ById(second.id())).isPresent());
            await(() -> cache.peek(latest())
                    .flatMap(Seen::found)
                    .map(Schema::summary)
                    .filter(second::equals)
                    .isPresent());
        }
    }

    @Test
    void warm_loadsWhatItIsTold() {
        SchemaSummary schema = register(truth, "1.0.0");

        int warmed = node.warm(List.of(schema.id()), LONG);

        int before = behind.sights();
        assertThat(warmed).isEqualTo(1);
        assertThat(read(node, new SchemaKey.ById(schema.id()))).contains(schema);
        assertThat(behind.sights()).isEqualTo(before);
        assertThat(node.warm(List.of(schema.id()), Duration.ZERO)).isZero();
    }
}
