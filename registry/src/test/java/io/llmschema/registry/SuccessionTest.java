package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormats;
import io.llmschema.model.Comparison;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.BatchRejected;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.IncompatibleSchema;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SubjectArchived;
import io.llmschema.model.RegistryException.TooMuchToCompare;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.RegistryException.VersionTooLow;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schemas become the next version of a subject, and under which number, in the language of {@link FieldsFormat}. */
class SuccessionTest {
    private static final Subject S = new Subject(TenantId.DEFAULT, "s");
    private static final SchemaState ACTIVE = new SchemaState.Active();
    private static final SchemaState DRAFT = new SchemaState.Draft();

    private final List<FieldsFormat> formats =
            Arrays.stream(SchemaType.values()).map(FieldsFormat::new).toList();
    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(List.copyOf(formats)),
            RegistryLimits.DEFAULT,
            SettingsInForce.DEFAULT,
            InstantSource.system());

    private static RegistrationRequest request(
            String text, @Nullable String version, SchemaState state, String attributes) {
        return new RegistrationRequest(
                S,
                SchemaType.JSON,
                SchemaContent.of(text),
                version == null ? null : Version.parse(version),
                List.of(),
                new Metadata(null, null, List.of(), attributes),
                state,
                "tester");
    }

    private SchemaSummary register(String text, @Nullable String version, SchemaState state) {
        return registry.register(request(text, version, state, "{}")).schema();
    }

    private String register(String text) {
        return register(text, null, ACTIVE).version().toString();
    }

    private String register(String text, String version) {
        return register(text, version, ACTIVE).version().toString();
    }

    private void set(SubjectSettings settings) {
        registry.updateSettings(S, _ -> settings);
    }

    private void set(CompatibilityLevel level) {
        set(level(level));
    }

    private static SubjectSettings level(CompatibilityLevel level) {
        return new SubjectSettings(level, null, null, null, null, null, null);
    }

    @Test
    void nothingSet_isBackwardLenientAndBlocksWhatIsUnknown() {
        register("a");

        assertThat(registry.settingsInForce(S)).isEqualTo(SettingsInForce.DEFAULT);
        assertThatThrownBy(() -> register("a b")).isInstanceOf(IncompatibleSchema.class);
        assertThatThrownBy(() -> register("a *"))
                .isInstanceOf(IncompatibleSchema.class)
                .hasMessageContaining("not known");
        assertThat(registry.find(new SchemaKey.ByVersion(S, VersionSelector.LATEST))
                        .content()
                        .text())
                .isEqualTo("a");
        assertThat(register("a ~b")).isEqualTo("1.1.0");
    }

    private int comparisons() {
        return formats.stream().mapToInt(FieldsFormat::comparisons).sum();
    }

    @Test
    void otherWords_areTakenWithoutAComparison() {
        set(CompatibilityLevel.FULL_TRANSITIVE);
        register("a #one");

        assertThat(register("a #two")).isEqualTo("1.0.1");
        assertThat(register("a #three")).isEqualTo("1.0.2");
        assertThat(comparisons()).isZero();
        assertThat(register("a")).isEqualTo("1.0.3");
        assertThatThrownBy(() -> register("b #two")).isInstanceOf(IncompatibleSchema.class);
        assertThat(comparisons()).isPositive();
    }

    @Test
    void otherWords_afterAReferenceToAnotherVersion_areCompared() {
        Subject other = new Subject(TenantId.DEFAULT, "other");
        registry.updateSettings(other, _ -> level(CompatibilityLevel.NONE));
        register(other, "a", List.of());
        register(other, "b", List.of());
        register(S, "@x #one", List.of(reference(other, "1.0.0")));

        assertThatThrownBy(() -> register(S, "@x #two", List.of(reference(other, "2.0.0"))))
                .isInstanceOf(IncompatibleSchema.class);
    }

    private void register(Subject subject, String text, List<RequestedReference> references) {
        registry.register(new RegistrationRequest(
                subject, SchemaType.JSON, SchemaContent.of(text), null, references, Metadata.NONE, ACTIVE, "tester"));
    }

    private static RequestedReference reference(Subject subject, String version) {
        return new RequestedReference("x", subject, new VersionSelector.Exact(Version.parse(version)));
    }

    @Test
    void incompatible_isRefusedWithEveryDifferenceAndItsProof() {
        set(CompatibilityLevel.FULL);
        register("a");

        assertThatThrownBy(() -> register("b c")).isInstanceOfSatisfying(IncompatibleSchema.class, refusal -> {
            assertThat(refusal)
                    .hasMessageContaining("subject 's' asks for compatibility FULL")
                    .hasMessageContaining("version 1.0.0")
                    .hasMessageContaining("the reader needs b")
                    .hasMessageContaining("2 more");
            assertThat(refusal.comparisons())
                    .extracting(Comparison::direction)
                    .containsExactly(Comparison.Direction.BACKWARD, Comparison.Direction.FORWARD);
            assertThat(refusal.comparisons().getFirst().judgement().incompatibilities())
                    .hasSize(2);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,                b, true",
        "BACKWARD,            a #, true",
        "BACKWARD,            a b c, false",
        "BACKWARD_TRANSITIVE, '', true",
        "BACKWARD_TRANSITIVE, b, false",
        "FORWARD,             a b c d, true",
        "FORWARD,             a #, false",
        "FORWARD_TRANSITIVE,  a b c, true",
        "FORWARD_TRANSITIVE,  b c, false",
        "FULL,                b a, true",
        "FULL,                a #, false"
    })
    void level_isEnforced(CompatibilityLevel level, String text, boolean isAccepted) {
        set(CompatibilityLevel.NONE);
        register("a");
        register("a b");
        set(level);

        if (isAccepted) {
            assertThat(register(text, null, ACTIVE).ordinal()).isEqualTo(3);
        } else {
            assertThatThrownBy(() -> register(text)).isInstanceOf(IncompatibleSchema.class);
        }
    }

    @Test
    void settings_ofTheSubjectStandAboveThoseOfTheTenant() {
        registry.updateSettings(Subject.global(TenantId.DEFAULT), _ -> level(CompatibilityLevel.NONE));
        register("a");
        register("b");
        set(CompatibilityLevel.BACKWARD);
        assertThatThrownBy(() -> register("c")).isInstanceOf(IncompatibleSchema.class);

        set(SubjectSettings.NONE);

        assertThat(register("c")).isEqualTo("3.0.0");
    }

    @Test
    void policyAspectsAndUnknown_areAsSet() {
        register("a");
        set(new SubjectSettings(
                null, CompatibilityPolicy.STRICT, Set.of(DataEncoding.BINARY), false, null, null, null));

        assertThatThrownBy(() -> register("a ~b")).isInstanceOf(IncompatibleSchema.class);
        set(new SubjectSettings(
                null, CompatibilityPolicy.LENIENT, Set.of(DataEncoding.BINARY), false, null, null, null));
        assertThat(register("a ~b")).isEqualTo("1.1.0");
        assertThat(register("a ~b $c")).isEqualTo("1.2.0");
        assertThat(register("a ~b $c *")).isEqualTo("2.0.0");
        assertThatThrownBy(() -> register("a ~b $c * d")).isInstanceOf(IncompatibleSchema.class);
    }

    @Test
    void groups_areComparedAmongThemselves() {
        set(new SubjectSettings(CompatibilityLevel.BACKWARD_TRANSITIVE, null, null, null, "line", null, null));
        registry.register(request("a", null, ACTIVE, "{\"line\": 1}"));
        registry.register(request("b", null, ACTIVE, "{\"line\": 2}"));
        registry.register(request("c", null, ACTIVE, "{}"));

        assertThatThrownBy(() -> registry.register(request("b a", null, ACTIVE, "{\"line\": 1.0}")))
                .isInstanceOf(IncompatibleSchema.class);
        assertThatThrownBy(() -> registry.register(request("a #", null, ACTIVE, "{\"other\": 1}")))
                .isInstanceOf(IncompatibleSchema.class);
        set(new SubjectSettings(CompatibilityLevel.BACKWARD, null, null, null, "line", null, null));
        assertThat(registry.register(request("b #", null, ACTIVE, "{\"line\": 2}"))
                        .schema()
                        .ordinal())
                .isEqualTo(4);
        assertThatThrownBy(() -> registry.register(request("b ##", null, ACTIVE, "{\"line\": 1}")))
                .isInstanceOf(IncompatibleSchema.class);
    }

    @Test
    void otherLanguage_cannotBeComparedUnlessNothingIsAsked() {
        register("a");
        RegistrationRequest avro = new RegistrationRequest(
                S, SchemaType.AVRO, SchemaContent.of("a"), null, List.of(), Metadata.NONE, ACTIVE, "tester");

        assertThatThrownBy(() -> registry.register(avro)).isInstanceOf(IncomparableTypes.class);
        set(CompatibilityLevel.NONE);
        assertThat(registry.register(avro).schema().version()).hasToString("2.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "a b #,    a b # c, 2.0.0",
        "a b #,    a *,     2.0.0",
        "a b #,    a,       1.1.0",
        "a b #,    a b,     1.0.1",
        "a b #,    a b ##,  1.0.1",
        "a b #,    b a #,   1.0.1"
    })
    void version_isWhatTheChangeDeserves(String before, String after, String version) {
        set(CompatibilityLevel.NONE);
        register(before);

        assertThat(register(after)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"0.3.1, a c, 0.4.0", "0.3.1, '', 0.3.2", "0.3.1, a #, 0.3.2", "2.0.0-rc.1, a c, 2.0.0"})
    void version_belowOneAndAfterPreReleases(String before, String after, String version) {
        set(CompatibilityLevel.NONE);
        register("a", before);

        assertThat(register(after)).isEqualTo(version);
    }

    @Test
    void version_isComparedWithTheLatest_andLiesAboveTheHighestEver() {
        set(CompatibilityLevel.NONE);
        register("a b", "1.0.0");
        SchemaSummary deleted = register("c", "3.0.0", ACTIVE);
        registry.delete(new SchemaKey.ById(deleted.id()));
        register("d", "3.1.0-rc.1", DRAFT);

        assertThat(register("a")).isEqualTo("3.1.0");
        assertThat(register("a z")).isEqualTo("4.0.0");
    }

    @Test
    void version_afterEverythingWasDeleted_goesOn() {
        register("a", "1.4.0");
        registry.deleteSubject(S);

        assertThat(register("b")).isEqualTo("1.5.0");
    }

    @ParameterizedTest
    @CsvSource({
        "a b c, 1.2.4, 2.0.0",
        "a b c, 1.3.0, 2.0.0",
        "a b c, 2.0.0, ",
        "a b c, 2.0.0-rc.1, ",
        "a,     1.2.4, 1.3.0",
        "a,     1.3.0, ",
        "a,     1.3.0-beta, ",
        "a b #, 1.2.4, ",
        "a b #, 5.0.0, "
    })
    void givenVersion_mustSayEnough(String text, String version, @Nullable String deserved) {
        set(CompatibilityLevel.NONE);
        register("a b", "1.2.3");

        if (deserved == null) {
            assertThat(register(text, version)).isEqualTo(version);
        } else {
            assertThatThrownBy(() -> register(text, version))
                    .isInstanceOfSatisfying(
                            VersionTooLow.class,
                            refusal -> assertThat(refusal.deserved()).hasToString(deserved))
                    .hasMessageContaining("1.2.3");
            set(new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, true, null));
            assertThat(register(text, version)).isEqualTo(version);
        }
    }

    @Test
    void givenVersion_isComparedWithTheReleaseBelowIt() {
        set(CompatibilityLevel.NONE);
        register("a b", "1.0.0");
        register("c", "2.0.0");

        assertThat(register("a", "1.1.0")).isEqualTo("1.1.0");
        assertThatThrownBy(() -> register("c #", "1.1.1")).isInstanceOf(VersionTooLow.class);
        assertThat(register("z", "0.9.0")).isEqualTo("0.9.0");
        assertThatThrownBy(() -> register("q", "1.0.0")).isInstanceOf(VersionExists.class);
    }

    @Test
    void draft_isComparedWhenItIsToBeUsed() {
        register("a");
        SchemaSummary draft = register("b", null, DRAFT);

        assertThatThrownBy(() -> registry.changeState(new SchemaKey.ById(draft.id()), ACTIVE))
                .isInstanceOf(IncompatibleSchema.class);
        assertThat(registry.find(new SchemaKey.ById(draft.id())).summary().state())
                .isEqualTo(DRAFT);
        SchemaSummary fitting = register("a #", null, DRAFT);
        assertThat(registry.changeState(new SchemaKey.ById(fitting.id()), ACTIVE)
                        .state())
                .isEqualTo(ACTIVE);
    }

    @Test
    void draft_cannotComeIntoUseThroughTheArchive() {
        register("a");
        SchemaSummary draft = register("b", null, DRAFT);
        SchemaKey key = new SchemaKey.ById(draft.id());
        registry.changeState(key, new SchemaState.Archived());

        assertThatThrownBy(() -> registry.changeState(key, new SchemaState.Deprecated("old", null, null)))
                .isInstanceOf(IncompatibleSchema.class);
    }

    @Test
    void archivedVersion_thatIsNotTheLatest_comesBackWithoutComparison() {
        set(CompatibilityLevel.NONE);
        SchemaSummary old = register("a", null, ACTIVE);
        register("b");
        set(CompatibilityLevel.FULL_TRANSITIVE);
        SchemaKey key = new SchemaKey.ById(old.id());
        registry.changeState(key, new SchemaState.Archived());

        assertThat(registry.changeState(key, new SchemaState.Deprecated("old", null, null))
                        .state()
                        .stage())
                .isEqualTo(SchemaState.Stage.DEPRECATED);
    }

    @Test
    void archivedVersions_countForTransitiveLevels_evenWhereNothingElseIsThere() {
        SchemaSummary old = register("a", null, ACTIVE);
        registry.changeState(new SchemaKey.ById(old.id()), new SchemaState.Archived());
        assertThat(register("b")).isEqualTo("1.1.0");
        set(CompatibilityLevel.BACKWARD_TRANSITIVE);

        assertThatThrownBy(() -> register("b #")).isInstanceOf(IncompatibleSchema.class);
    }

    @Test
    void archivedSubject_takesNothing() {
        register("a");
        registry.updateSubject(S, said -> new SubjectDetails(said.metadata(), new SchemaState.Archived()));

        assertThatThrownBy(() -> register("a #")).isInstanceOf(SubjectArchived.class);
    }

    @Test
    void sameSchemaAgain_isFoundWhateverIsSet() {
        SchemaSummary first = register("a", null, ACTIVE);
        set(CompatibilityLevel.NONE);
        register("b");
        set(CompatibilityLevel.FULL_TRANSITIVE);

        assertThat(register("a", null, ACTIVE)).isEqualTo(first);
    }

    @Test
    void batch_seesItsOwnItems() {
        List<RegistrationRequest> fitting =
                List.of(request("a b", null, ACTIVE, "{}"), request("a", null, ACTIVE, "{}"));
        List<RegistrationRequest> breaking = List.of(request("", null, ACTIVE, "{}"), request("z", null, ACTIVE, "{}"));

        assertThat(registry.registerAll(fitting, true)).hasSize(2);
        assertThat(registry.registerAll(fitting, false))
                .extracting(done -> done.schema().version().toString())
                .containsExactly("1.0.0", "1.1.0");
        assertThatThrownBy(() -> registry.registerAll(breaking, false))
                .isInstanceOfSatisfying(BatchRejected.class, rejected -> {
                    assertThat(rejected.index()).isEqualTo(1);
                    assertThat(rejected.refusal()).isInstanceOf(IncompatibleSchema.class);
                });
        assertThat(registry.findSubject(S).versionCount()).isEqualTo(2);
    }

    @Test
    void dryRun_isRefusedAsTheRegistrationWouldBe() {
        register("a");

        assertThatThrownBy(() -> registry.tryRegister(request("b", null, ACTIVE, "{}")))
                .isInstanceOf(IncompatibleSchema.class);
    }

    @Test
    void transitiveComparison_hasABound() {
        set(CompatibilityLevel.NONE);
        for (int i = 0; i <= RegistryLimits.MAX_VERSIONS_OF_REGISTRATION; i++) {
            register("a #" + i);
        }
        set(CompatibilityLevel.BACKWARD_TRANSITIVE);

        assertThatThrownBy(() -> register("a"))
                .isInstanceOf(TooMuchToCompare.class)
                .hasMessageContaining("groups");
    }

    @Test
    void nameOfAllSubjects_isNoSubject() {
        assertThatThrownBy(() -> registry.register(new RegistrationRequest(
                        Subject.global(TenantId.DEFAULT),
                        SchemaType.JSON,
                        SchemaContent.of("a"),
                        null,
                        List.of(),
                        Metadata.NONE,
                        ACTIVE,
                        "tester")))
                .isInstanceOf(InvalidValue.class);
    }
}
