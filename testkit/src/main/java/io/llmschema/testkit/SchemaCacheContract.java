package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.GlobalId;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.SchemaCache;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SchemaCache} does that keeps what it is given. Extended in one line.
 *
 * <p>The store behind it is in memory, and told apart from the cache by how often it is asked.
 */
public abstract class SchemaCacheContract {
    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final InMemoryStorage storage = new InMemoryStorage(new JsonContainment());
    private final List<SubjectChange> committed = new ArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private SchemaCache cache = new NoCache();

    /** The cache to test, called once for each test, which closes it. It may hold anything of other tenants. */
    protected abstract SchemaCache createCache();

    @BeforeEach
    final void openCache() {
        cache = createCache();
        storage.onCommit((changes, _) -> committed.addAll(changes));
    }

    @AfterEach
    final void closeCache() {
        cache.close();
    }

    private static boolean isAny(Seen<Schema> seen) {
        return true;
    }

    private Seen<Schema> load(SchemaKey key) {
        loads.incrementAndGet();
        return storage.see(key);
    }

    private Seen<Schema> get(SchemaKey key) {
        return cache.get(key, SchemaCacheContract::isAny, this::load);
    }

    private SchemaSummary register(String subject, String version) {
        return storage.registerSchema(
                        examples.schema(subject, "{\"const\": \"%s %s\"}".formatted(subject, version)),
                        RegistrationRules.assign(version))
                .schema();
    }

    /** Tells the cache what the store did since it was told last. */
    private void tell() {
        cache.apply(List.copyOf(committed));
        committed.clear();
    }

    private SchemaKey key(String subject, String selector) {
        return new SchemaKey.ByVersion(examples.subject(subject), VersionSelector.parse(selector));
    }

    /** One key of each kind that leads to a version. */
    private List<SchemaKey> keysOf(SchemaSummary schema) {
        Subject subject = schema.subject();
        return List.of(
                new SchemaKey.ById(schema.id()),
                new SchemaKey.ByGlobalId(schema.globalId()),
                new SchemaKey.ByVersion(subject, new VersionSelector.Exact(schema.version())),
                new SchemaKey.ByVersion(subject, new VersionSelector.Numbered(schema.ordinal())),
                new SchemaKey.ByVersion(subject, VersionSelector.parse("^" + schema.version())),
                new SchemaKey.ByVersion(subject, VersionSelector.LATEST));
    }

    @Test
    void get_secondTime_isTheSameAndNotLoaded() {
        SchemaSummary schema = register("orders", "1.0.0");

        for (SchemaKey key : keysOf(schema)) {
            loads.set(0);
            Seen<Schema> first = get(key);
            Seen<Schema> second = get(key);

            assertThat(second).as(key.toString()).isEqualTo(first).isEqualTo(storage.see(key));
            assertThat(loads).as(key.toString()).hasValue(1);
        }
    }

    @Test
    void get_contentOfEveryKind_comesBackByteForByte() {
        String text = "{ \"b\" : 1.0e+2,\n\t\"a\": \"\\u00e9 é 🦆\", \"b\" : null } ";
        SchemaSummary schema = storage.registerSchema(
                        examples.in("orders").text(text).build(), RegistrationRules.assign("1.0.0-rc.1+build.7"))
                .schema();

        SchemaKey key = new SchemaKey.ById(schema.id());
        get(key);

        assertThat(get(key).found()).map(found -> found.content().text()).contains(text);
        assertThat(get(key).found()).map(Schema::summary).contains(schema);
    }

    @Test
    void get_absent_isRememberedUntilItComes() {
        SchemaKey latest = key("orders", "latest");
        get(latest);

        assertThat(get(latest).found()).isEmpty();
        assertThat(loads).hasValue(1);
        SchemaSummary schema = register("orders", "1.0.0");
        tell();

        assertThat(get(latest).found()).map(Schema::summary).contains(schema);
    }

    @Test
    void get_absentById_isForgottenWhenItComes() {
        var candidate = examples.schema("orders", "{}");
        SchemaKey byId = new SchemaKey.ById(candidate.id());
        get(byId);
        storage.registerSchema(candidate, RegistrationRules.assign("1.0.0"));
        tell();

        assertThat(get(byId).found()).isPresent();
    }

    @Test
    void get_absentByGlobalId_isForgottenWhenItComes() {
        SchemaKey byGlobalId = new SchemaKey.ByGlobalId(new GlobalId(examples.tenant(), 1));
        get(byGlobalId);
        register("orders", "1.0.0");
        tell();

        assertThat(get(byGlobalId).found()).isPresent();
    }

    @Test
    void apply_newVersion_outdatesWhatPicksOneButNotWhatNamesOne() {
        SchemaSummary old = register("orders", "1.0.0");
        keysOf(old).forEach(this::get);
        SchemaSummary fresh = register("orders", "1.1.0");
        tell();
        loads.set(0);

        assertThat(get(key("orders", "latest")).found()).map(Schema::summary).contains(fresh);
        assertThat(get(key("orders", "^1.0.0")).found()).map(Schema::summary).contains(fresh);
        assertThat(loads).hasValue(2);
        assertThat(get(key("orders", "1.0.0")).found()).map(Schema::summary).contains(old);
        assertThat(get(key("orders", "ordinal:1")).found()).map(Schema::summary).contains(old);
        assertThat(get(new SchemaKey.ById(old.id())).found())
                .map(Schema::summary)
                .contains(old);
        assertThat(loads).as("what names a version is still there").hasValue(2);
    }

    @Test
    void apply_alteration_outdatesEveryKeyThatLeadsToTheVersion() {
        SchemaSummary schema = register("orders", "1.0.0");
        keysOf(schema).forEach(this::get);
        SchemaSummary deprecated =
                storage.updateSchemaState(schema.id(), _ -> new SchemaState.Deprecated("old", null, null));
        tell();

        assertThat(keysOf(schema))
                .allSatisfy(
                        key -> assertThat(get(key).found()).map(Schema::summary).contains(deprecated));
    }

    @Test
    void apply_deletionOfSubject_outdatesAllItsVersions() {
        SchemaSummary one = register("orders", "1.0.0");
        SchemaSummary two = register("orders", "2.0.0");
        keysOf(one).forEach(this::get);
        keysOf(two).forEach(this::get);
        storage.deleteSubject(one.subject(), examples.now());
        tell();

        for (SchemaSummary schema : List.of(one, two)) {
            assertThat(keysOf(schema))
                    .allSatisfy(key -> assertThat(get(key)).as(key.toString()).isEqualTo(storage.see(key)));
        }
    }

    @Test
    void apply_purge_outdatesEveryKeyThatLedToTheVersion() {
        SchemaSummary gone = register("orders", "1.0.0");
        register("orders", "2.0.0");
        storage.deleteSchema(gone.id(), examples.now());
        tell();
        keysOf(gone).forEach(this::get);
        storage.purgeSchema(gone.id());
        tell();

        assertThat(get(new SchemaKey.ById(gone.id())).found()).isEmpty();
        assertThat(get(new SchemaKey.ByGlobalId(gone.globalId())).found()).isEmpty();
        loads.set(0);
        assertThat(get(new SchemaKey.ById(gone.id())).found()).isEmpty();
        assertThat(loads).as("that it is gone is remembered").hasValue(0);
        assertThat(keysOf(gone))
                .allSatisfy(key -> assertThat(get(key)).as(key.toString()).isEqualTo(storage.see(key)));
    }

    @Test
    void apply_changeOfTheVersionToWhichAPurgeHasLedAGlobalId_outdatesIt() {
        SchemaSummary gone = storage.registerSchema(examples.schema("orders", "{}"), RegistrationRules.assign("1.0.0"))
                .schema();
        SchemaSummary left = storage.registerSchema(
                        examples.schema("invoices", "{}"), RegistrationRules.assign("1.0.0"))
                .schema();
        SchemaKey byGlobalId = new SchemaKey.ByGlobalId(gone.globalId());
        get(byGlobalId);
        storage.deleteSchema(gone.id(), examples.now());
        storage.purgeSchema(gone.id());
        tell();
        assertThat(get(byGlobalId).found()).map(Schema::summary).contains(left);

        // Its revision is below that of the subject that the content has left.
        SchemaSummary deprecated =
                storage.updateSchemaState(left.id(), _ -> new SchemaState.Deprecated("old", null, null));
        tell();
        assertThat(get(byGlobalId).found()).map(Schema::summary).contains(deprecated);
    }

    @Test
    void apply_changeOfOneSubject_leavesOthersAlone() {
        SchemaSummary other = register("invoices", "1.0.0");
        keysOf(other).forEach(this::get);
        loads.set(0);
        register("orders", "1.0.0");
        register("orders", "2.0.0");
        tell();

        keysOf(other).forEach(this::get);

        assertThat(loads).hasValue(0);
    }

    @Test
    void apply_beforeALoadEnds_keepsNothingOlder() {
        SchemaSummary old = register("orders", "1.0.0");
        for (SchemaKey key : keysOf(old)) {
            cache.clear();
            cache.get(key, SchemaCacheContract::isAny, asked -> {
                Seen<Schema> before = storage.see(asked);
                // The change is made and told while what was loaded before it is still on its way.
                storage.updateSchemaState(old.id(), state -> new SchemaState.Deprecated(state + ".", null, null));
                tell();
                return before;
            });

            assertThat(get(key)).as(key.toString()).isEqualTo(storage.see(key));
        }
    }

    @Test
    void apply_toldTwiceOrLate_outdatesNothingNew() {
        SchemaSummary schema = register("orders", "1.0.0");
        List<SubjectChange> told = List.copyOf(committed);
        tell();
        keysOf(schema).forEach(this::get);
        loads.set(0);
        cache.apply(told);

        keysOf(schema).forEach(this::get);

        assertThat(loads).as("copies that are as new as the change").hasValue(0);
    }

    @Test
    void apply_mergedChanges_outdateWhatTheyTouchedAndNoMore() {
        SchemaSummary first = register("orders", "1.0.0");
        keysOf(first).forEach(this::get);
        committed.clear();
        storage.updateSchemaState(first.id(), _ -> new SchemaState.Deprecated("old", null, null));
        register("orders", "2.0.0");
        cache.apply(List.of(committed.stream().reduce(SubjectChange::merge).orElseThrow()));

        assertThat(keysOf(first)).allSatisfy(key -> {
            assertThat(get(key)).as(key.toString()).isEqualTo(storage.see(key));
            loads.set(0);
            get(key);
            assertThat(loads).as("%s is kept again", key).hasValue(0);
        });
    }

    @Test
    void get_inadmissibleCopy_isLoadedAndReplaced() {
        SchemaSummary schema = register("orders", "1.0.0");
        SchemaKey latest = key("orders", "latest");
        get(latest);
        register("orders", "2.0.0");

        Seen<Schema> now = cache.get(latest, seen -> seen.revision() > schema.revision(), this::load);

        assertThat(now).isEqualTo(storage.see(latest));
        assertThat(get(latest)).isEqualTo(now);
    }

    @Test
    void get_loaderFails_failsAndRemembersNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        SchemaKey byId = new SchemaKey.ById(schema.id());
        assertThatThrownBy(() -> cache.get(byId, SchemaCacheContract::isAny, _ -> {
                    throw new StorageUnavailable("down", new IllegalStateException());
                }))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(get(byId).found()).isPresent();
    }

    @Test
    void getAll_loadsWhatIsMissingInOneStep() {
        SchemaSummary one = register("one", "1.0.0");
        SchemaSummary two = register("two", "1.0.0");
        SchemaKey kept = new SchemaKey.ById(one.id());
        SchemaKey missing = new SchemaKey.ById(two.id());
        SchemaKey absent = key("three", "latest");
        get(kept);
        List<Collection<? extends SchemaKey>> asked = new ArrayList<>();
        Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader = keys -> {
            asked.add(List.copyOf(keys));
            return storage.seeAll(keys);
        };

        Map<SchemaKey, Seen<Schema>> all = cache.getAll(List.of(kept, missing, absent), loader);

        assertThat(all).isEqualTo(storage.seeAll(List.of(kept, missing, absent)));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().stream().map(SchemaKey.class::cast)).containsExactlyInAnyOrder(missing, absent);
        assertThat(cache.getAll(List.of(kept, missing, absent), loader)).isEqualTo(all);
        assertThat(asked).hasSize(1);
    }

    @Test
    void getAll_nothing_isNothing() {
        assertThat(cache.getAll(List.of(), storage::seeAll)).isEmpty();
    }

    @Test
    void clear_forgetsAll() {
        SchemaSummary schema = register("orders", "1.0.0");
        keysOf(schema).forEach(this::get);
        loads.set(0);
        cache.clear();

        keysOf(schema).forEach(this::get);

        assertThat(loads).hasValue(keysOf(schema).size());
        assertThat(cache.peek(key("invoices", "latest"))).isEmpty();
    }

    @Test
    void get_tenants_areApart() {
        SchemaSummary schema = register("orders", "1.0.0");
        SchemaExamples others = SchemaExamples.ofFreshTenant();
        keysOf(schema).forEach(this::get);

        SchemaKey sameId =
                new SchemaKey.ById(new SchemaId(others.tenant(), schema.id().uuid()));
        SchemaKey sameSubject = new SchemaKey.ByVersion(others.subject("orders"), VersionSelector.LATEST);
        SchemaKey sameGlobalId = new SchemaKey.ByGlobalId(
                new GlobalId(others.tenant(), schema.globalId().value()));

        assertThat(List.of(sameId, sameSubject, sameGlobalId))
                .allSatisfy(key -> assertThat(get(key).found()).isEmpty());
    }

    @Test
    void toString_namesItOnOneLine() {
        assertThat(cache.toString()).isNotBlank().doesNotContain("\n", "@");
    }

    /** Before a test has one. */
    private static final class NoCache implements SchemaCache {
        @Override
        public Seen<Schema> get(
                SchemaKey key, Predicate<? super Seen<Schema>> isAdmissible, Function<SchemaKey, Seen<Schema>> loader) {
            return loader.apply(key);
        }

        @Override
        public Map<SchemaKey, Seen<Schema>> getAll(
                Collection<? extends SchemaKey> keys,
                Function<Collection<? extends SchemaKey>, Map<SchemaKey, Seen<Schema>>> loader) {
            return loader.apply(keys);
        }

        @Override
        public Optional<Seen<Schema>> peek(SchemaKey key) {
            return Optional.empty();
        }

        @Override
        public void apply(List<SubjectChange> changes) {}

        @Override
        public void clear() {}

        @Override
        public void close() {}
    }
}
