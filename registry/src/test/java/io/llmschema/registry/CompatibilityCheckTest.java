package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormats;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.ContentTooLarge;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.TooMuchToCompare;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.Verdict;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The question whether a schema may follow others, in the language of {@link FieldsFormat}. */
class CompatibilityCheckTest {
    private static final int MAX_CONTENT_BYTES = 2_000;
    private static final SchemaState ACTIVE = new SchemaState.Active();
    private static final SchemaState DRAFT = new SchemaState.Draft();
    private static final Subject S = subject("s");

    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(
                    Arrays.stream(SchemaType.values()).map(FieldsFormat::new).collect(Collectors.toList())),
            new RegistryLimits(MAX_CONTENT_BYTES),
            new SettingsInForce(
                    SettingsInForce.DEFAULT.withLevel(CompatibilityLevel.NONE).criteria(),
                    true,
                    "",
                    true,
                    ValidationMode.STRICT,
                    WriteMode.READWRITE),
            InstantSource.system());

    @ParameterizedTest
    @CsvSource({
        "NONE,                ''",
        "BACKWARD,            '1.1.0 BACKWARD'",
        "BACKWARD_TRANSITIVE, '1.1.0 BACKWARD, 1.0.0 BACKWARD'",
        "FORWARD,             '1.1.0 FORWARD'",
        "FORWARD_TRANSITIVE,  '1.1.0 FORWARD, 1.0.0 FORWARD'",
        "FULL,                '1.1.0 BACKWARD, 1.1.0 FORWARD'",
        "FULL_TRANSITIVE,     '1.1.0 BACKWARD, 1.1.0 FORWARD, 1.0.0 BACKWARD, 1.0.0 FORWARD'"
    })
    void level_saysWhichVersionsAndDirections(CompatibilityLevel level, String comparisons) {
        register("a b");
        register("a");

        CompatibilityReport report = check(level, "a c");

        assertThat(names(report)).isEqualTo(comparisons);
    }

    @Test
    void verdict_dependsOnTheDirection() {
        register("a b");

        assertThat(check(CompatibilityLevel.BACKWARD, "a").verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(check(CompatibilityLevel.FORWARD, "a").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(CompatibilityLevel.FULL, "a").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(CompatibilityLevel.FULL, "b a").verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void incompatible_isShownWithItsProof() {
        register("a");

        CompatibilityReport report = check(CompatibilityLevel.BACKWARD, "a b");

        assertThat(report.comparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.judgement().verdict()).isEqualTo(Verdict.INCOMPATIBLE);
            assertThat(comparison.judgement().incompatibilities())
                    .singleElement()
                    .satisfies(difference -> {
                        assertThat(difference.rule()).isEqualTo("field-missing");
                        assertThat(difference.witness().document()).isEqualTo("[a]");
                    });
        });
    }

    @Test
    void verdict_unknownWeighsLessThanIncompatible() {
        register("a");
        assertThat(check(CompatibilityLevel.BACKWARD_TRANSITIVE, "*").verdict()).isEqualTo(Verdict.UNKNOWN);
        register("b");

        assertThat(check(CompatibilityLevel.BACKWARD_TRANSITIVE, "a *").verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(CompatibilityLevel.BACKWARD, "b *").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void sameText_isCompatible_alsoWhereNothingIsKnown() {
        register("a *");

        assertThat(check(CompatibilityLevel.FULL, "a *").verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @ParameterizedTest
    @EnumSource(CompatibilityLevel.class)
    void firstVersion_isCompatible(CompatibilityLevel level) {
        CompatibilityReport report = check(level, "a");

        assertThat(report.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(report.comparisons()).isEmpty();
    }

    @Test
    void check_keepsNothing() {
        check(CompatibilityLevel.FULL, "a");
        register("a");
        check(CompatibilityLevel.FULL, "b");

        assertThat(registry.statistics(TenantId.DEFAULT).versions()).isEqualTo(1);
        assertThatThrownBy(() -> registry.findSubject(subject("other"))).isInstanceOf(SubjectNotFound.class);
    }

    @Test
    void latest_isTheHighestInUse_notTheNewest() {
        register("a", "2.0.0", ACTIVE);
        register("b", "1.0.0", ACTIVE);
        register("c", "3.0.0", DRAFT);
        register("d", "4.0.0-rc.1", ACTIVE);
        register("e", "5.0.0", ACTIVE);
        registry.changeState(key("5.0.0"), new SchemaState.Archived());
        register("f", "6.0.0", ACTIVE);
        registry.delete(key("6.0.0"));

        assertThat(names(check(CompatibilityLevel.BACKWARD, "x"))).isEqualTo("2.0.0 BACKWARD");
    }

    @Test
    void latest_onlyDrafts_isNone() {
        register("a", "1.0.0", DRAFT);

        assertThat(check(CompatibilityLevel.FULL, "x").comparisons()).isEmpty();
        assertThat(check(CompatibilityLevel.FULL_TRANSITIVE, "x").comparisons()).isEmpty();
    }

    @Test
    void transitive_isEveryVersionThatDataMayBeWrittenWith_newestFirst() {
        register("a", "2.0.0", ACTIVE);
        register("b", "1.0.0", ACTIVE);
        register("c", "3.0.0", DRAFT);
        register("d", "4.0.0-rc.1", ACTIVE);
        register("e", "5.0.0", ACTIVE);
        registry.changeState(key("5.0.0"), new SchemaState.Archived());
        register("f", "6.0.0", ACTIVE);
        registry.delete(key("6.0.0"));

        assertThat(names(check(CompatibilityLevel.BACKWARD_TRANSITIVE, "x")))
                .isEqualTo("5.0.0 BACKWARD, 4.0.0-rc.1 BACKWARD, 1.0.0 BACKWARD, 2.0.0 BACKWARD");
    }

    @Test
    void against_isWhatIsNamed_eachOnce_newestFirst() {
        register("a", "1.0.0", ACTIVE);
        register("b", "1.1.0", DRAFT);
        register("c", "2.0.0", ACTIVE);

        for (CompatibilityLevel level : List.of(CompatibilityLevel.BACKWARD, CompatibilityLevel.BACKWARD_TRANSITIVE)) {
            assertThat(names(check(level, "x", "1.0.0"))).isEqualTo("1.0.0 BACKWARD");
            assertThat(names(check(level, "x", "ordinal:2"))).isEqualTo("1.1.0 BACKWARD");
            assertThat(names(check(level, "x", "^1", "latest", "1.0.0", "ordinal:2")))
                    .isEqualTo("2.0.0 BACKWARD, 1.1.0 BACKWARD, 1.0.0 BACKWARD");
        }
    }

    @Test
    void against_whatIsNotThere_isRefused() {
        assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "x", "1.0.0"))
                .isInstanceOf(SubjectNotFound.class);
        register("a");
        register("b");
        registry.delete(key("2.0.0"));

        for (String missing : List.of("2.0.0", "^3", "ordinal:3")) {
            assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "x", missing))
                    .isInstanceOf(SchemaNotFound.class);
            assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "x", "1.0.0", missing))
                    .isInstanceOf(SchemaNotFound.class);
        }
    }

    @Test
    void otherType_isRefusedWithBoth() {
        register("a");

        assertThatThrownBy(() -> registry.checkCompatibility(new CompatibilityRequest(
                        S, SchemaType.AVRO, SchemaContent.of("a"), List.of(), Metadata.NONE, criteria(), List.of())))
                .isInstanceOf(IncomparableTypes.class)
                .hasMessageContainingAll("JSON", "AVRO", "1.0.0", "'s'");
    }

    @Test
    void references_ofBothSides_areFollowed() {
        registry.register(registration("base", "a", "1.0.0", ACTIVE, List.of()));
        registry.register(registration("base", "a b", "2.0.0", ACTIVE, List.of()));
        registry.register(registration("s", "@base", "1.0.0", ACTIVE, List.of(reference("base", "1.0.0"))));

        assertThat(referring("@base", reference("base", "1.0.0")).verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(referring("@base", reference("base", "latest")).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThatThrownBy(() -> referring("@base", reference("base", "^3"))).isInstanceOf(MissingReference.class);
    }

    private CompatibilityReport referring(String text, RequestedReference reference) {
        return registry.checkCompatibility(new CompatibilityRequest(
                S, SchemaType.JSON, SchemaContent.of(text), List.of(reference), Metadata.NONE, criteria(), List.of()));
    }

    @Test
    void candidate_thatRegistrationRefuses_isRefused() {
        assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "<")).isInstanceOf(InvalidSchema.class);
        assertThatThrownBy(() -> check(CompatibilityLevel.NONE, "<")).isInstanceOf(InvalidSchema.class);
        assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "x".repeat(MAX_CONTENT_BYTES + 1)))
                .isInstanceOf(ContentTooLarge.class);
    }

    @Test
    void policy_isPassedOn() {
        register("a");

        assertThat(check(criteria(CompatibilityPolicy.STRICT), "a ~b").verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(criteria(CompatibilityPolicy.LENIENT), "a ~b").verdict())
                .isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void aspects_whatIsAboutOthersOnly_doesNotCount() {
        register("a");

        assertThat(check(criteria(DataEncoding.JSON), "a $b").verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(criteria(DataEncoding.BINARY), "a $b").verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(check(criteria(DataEncoding.BINARY), "a $b *").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aspects_whatIsUnknownInAnother_doesNotCount() {
        register("a");

        assertThat(check(criteria(DataEncoding.JSON), "a $*").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check(criteria(DataEncoding.BINARY), "a $*").verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(check(criteria(DataEncoding.BINARY), "a $* *").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    /** The one binary difference stands behind more of JSON than are listed. */
    @Test
    void aspects_manyDifferencesOfAnother_hideNone() {
        register("a");
        String many = IntStream.rangeClosed(1, Judgement.MAX_LISTED)
                .mapToObj(i -> "$" + i)
                .collect(Collectors.joining(" "));

        CompatibilityReport report = check(criteria(DataEncoding.BINARY), many + " b");

        assertThat(report.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(check(criteria(DataEncoding.JSON), many + " b")
                        .comparisons()
                        .getFirst()
                        .judgement()
                        .incompatibilities())
                .hasSize(Judgement.MAX_LISTED)
                .extracting(Incompatibility::aspect)
                .containsOnly(DataEncoding.JSON);
    }

    @Test
    void aspects_thatTheLanguageHasNot_areRefusedWithThoseItHas() {
        assertThatThrownBy(() -> registry.checkCompatibility(new CompatibilityRequest(
                        S,
                        SchemaType.AVRO,
                        SchemaContent.of("a"),
                        List.of(),
                        Metadata.NONE,
                        criteria(DataEncoding.JSON),
                        List.of())))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContainingAll("JSON", "AVRO", "[BINARY]");
    }

    @Test
    void tooManyVersions_areRefused_andCanBeNamed() {
        for (int i = 0; i <= RegistryLimits.MAX_COMPARED_VERSIONS; i++) {
            register("a" + i);
        }

        assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD_TRANSITIVE, "x"))
                .isInstanceOf(TooMuchToCompare.class)
                .hasMessageContainingAll("200", "name those");
        assertThat(check(CompatibilityLevel.BACKWARD, "x").comparisons()).hasSize(1);
        String[] named = IntStream.rangeClosed(1, RegistryLimits.MAX_COMPARED_VERSIONS)
                .mapToObj(i -> "ordinal:" + i)
                .toArray(String[]::new);
        assertThat(check(CompatibilityLevel.BACKWARD, "x", named).comparisons()).hasSize(named.length);
        registry.delete(key("1.0.0"));
        assertThat(check(CompatibilityLevel.BACKWARD_TRANSITIVE, "x").comparisons())
                .hasSize(RegistryLimits.MAX_COMPARED_VERSIONS);
    }

    @Test
    void tooManyNamed_areRefused() {
        String[] many = Collections.nCopies(RegistryLimits.MAX_COMPARED_VERSIONS + 1, "latest")
                .toArray(String[]::new);

        assertThatThrownBy(() -> check(CompatibilityLevel.BACKWARD, "x", many))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContainingAll("201", "200");
    }

    @Test
    void questionsOfABatch_shareAnAllowance() {
        for (int i = 0; i < RegistryLimits.MAX_COMPARED_VERSIONS; i++) {
            register("a" + i);
        }
        ComparisonAllowance allowance = ComparisonAllowance.ofBatch();
        CompatibilityRequest request = request(criteria(CompatibilityLevel.FORWARD_TRANSITIVE), "x");

        int questions = RegistryLimits.MAX_COMPARED_VERSIONS_OF_BATCH / RegistryLimits.MAX_COMPARED_VERSIONS;
        for (int i = 0; i < questions; i++) {
            registry.checkCompatibility(request, allowance);
        }

        assertThatThrownBy(() -> registry.checkCompatibility(request, allowance))
                .isInstanceOf(TooMuchToCompare.class)
                .hasMessageContaining("several requests");
    }

    @Test
    void bytesOfAllComparisons_areBounded_thoseOfOneAreNot() {
        ComparisonAllowance allowance = ComparisonAllowance.ofQuestion();

        allowance.takeBytes(2L * RegistryLimits.MAX_COMPARED_BYTES);

        assertThatThrownBy(() -> allowance.takeBytes(1))
                .isInstanceOf(TooMuchToCompare.class)
                .hasMessageContaining("134,217,728");
    }

    private void register(String text) {
        registry.register(new RegistrationRequest(
                S, SchemaType.JSON, SchemaContent.of(text), null, List.of(), Metadata.NONE, ACTIVE, "tester"));
    }

    private void register(String text, String version, SchemaState state) {
        registry.register(registration(S.name(), text, version, state, List.of()));
    }

    private static RegistrationRequest registration(
            String subject, String text, String version, SchemaState state, List<RequestedReference> references) {
        return new RegistrationRequest(
                subject(subject),
                SchemaType.JSON,
                SchemaContent.of(text),
                Version.parse(version),
                references,
                Metadata.NONE,
                state,
                "tester");
    }

    private CompatibilityReport check(CompatibilityLevel level, String text, String... against) {
        return registry.checkCompatibility(request(criteria(level), text, against));
    }

    private CompatibilityReport check(SubjectSettings criteria, String text) {
        return registry.checkCompatibility(request(criteria, text));
    }

    private static CompatibilityRequest request(SubjectSettings criteria, String text, String... against) {
        return new CompatibilityRequest(
                S,
                SchemaType.JSON,
                SchemaContent.of(text),
                List.of(),
                Metadata.NONE,
                criteria,
                Arrays.stream(against).map(VersionSelector::parse).toList());
    }

    private static SubjectSettings criteria() {
        return criteria(CompatibilityLevel.BACKWARD);
    }

    private static SubjectSettings criteria(CompatibilityLevel level) {
        return new SubjectSettings(level, CompatibilityPolicy.STRICT, Set.of(), null, null, null, null);
    }

    private static SubjectSettings criteria(CompatibilityPolicy policy) {
        return new SubjectSettings(CompatibilityLevel.BACKWARD, policy, Set.of(), null, null, null, null);
    }

    private static SubjectSettings criteria(DataEncoding aspect) {
        return new SubjectSettings(
                CompatibilityLevel.BACKWARD, CompatibilityPolicy.STRICT, Set.of(aspect), null, null, null, null);
    }

    /** What was compared, as {@code version direction}. */
    private static String names(CompatibilityReport report) {
        return report.comparisons().stream()
                .map(comparison -> comparison.version().version() + " " + comparison.direction())
                .collect(Collectors.joining(", "));
    }

    private static RequestedReference reference(String subject, String selector) {
        return new RequestedReference(subject, subject(subject), VersionSelector.parse(selector));
    }

    private static SchemaKey key(String version) {
        return new SchemaKey.ByVersion(S, VersionSelector.parse(version));
    }

    private static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }
}
