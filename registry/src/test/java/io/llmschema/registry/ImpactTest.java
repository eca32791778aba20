package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.IncomparableTypes;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.Verdict;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.DependentImpact.Finding;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a change of schema {@code s} does to those that refer to it. */
class ImpactTest {
    private static final String NUMBER = "{\"type\":\"number\"}";
    private static final String INTEGER = "{\"type\":\"integer\"}";
    private static final SchemaState ACTIVE = new SchemaState.Active();
    private static final SchemaState DRAFT = new SchemaState.Draft();

    /** How many each subject has. */
    private final Map<String, Integer> versions = new HashMap<>();

    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat())),
            RegistryLimits.DEFAULT,
            new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, true, null)
                    .over(SettingsInForce.DEFAULT),
            InstantSource.system());

    @Test
    void dependent_isJudgedInTheDirectionsOfTheLevel() {
        register("s", NUMBER);
        register("d", "{\"properties\":{\"n\":{\"$ref\":\"s.json\"}}}", reference("s.json", "s", "1.0.0"));

        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER))).containsExactly("1 d 1.0.0 INCOMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.FORWARD, INTEGER))).containsExactly("1 d 1.0.0 COMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.FULL, INTEGER))).containsExactly("1 d 1.0.0 INCOMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.FULL, NUMBER + " "))).containsExactly("1 d 1.0.0 COMPATIBLE");
        assertThat(impact(CompatibilityLevel.FULL, INTEGER).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(impact(CompatibilityLevel.FORWARD, INTEGER).verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void incompatible_isShownWithItsProof_inTheDependent() {
        register("s", NUMBER);
        register("d", "{\"properties\":{\"n\":{\"$ref\":\"s.json\"}}}", reference("s.json", "s", "1.0.0"));

        ImpactReport report = impact(CompatibilityLevel.BACKWARD, INTEGER);

        assertThat(report.replaced())
                .extracting(schema -> schema.version().toString())
                .containsExactly("1.0.0");
        assertThat(report.dependents()).singleElement().satisfies(dependent -> {
            assertThat(dependent.finding())
                    .isInstanceOfSatisfying(
                            Finding.Judged.class,
                            judged -> assertThat(judged.report().comparisons())
                                    .singleElement()
                                    .satisfies(comparison -> {
                                        assertThat(comparison.version()).isEqualTo(dependent.dependent());
                                        assertThat(comparison
                                                        .judgement()
                                                        .incompatibilities()
                                                        .getFirst()
                                                        .witness()
                                                        .document())
                                                .startsWith("{\"n\":");
                                    }));
        });
    }

    @Test
    void dependentOfADependent_isJudgedToo_theNearestFirst() {
        register("s", NUMBER);
        register("e", "{\"items\":{\"$ref\":\"s.json\"}}", reference("s.json", "s", "1.0.0"));
        register("d", "{\"properties\":{\"l\":{\"$ref\":\"e.json\"}}}", reference("e.json", "e", "1.0.0"));
        register("bystander", NUMBER);

        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER)))
                .containsExactly("1 e 1.0.0 INCOMPATIBLE", "2 d 1.0.0 INCOMPATIBLE");
    }

    @Test
    void ofThoseAtOneDistance_theNewestIsFirst() {
        register("s", NUMBER);
        register("old", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));
        register("new", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));

        assertThat(found(impact(CompatibilityLevel.FORWARD, INTEGER)))
                .containsExactly("1 new 1.0.0 COMPATIBLE", "1 old 1.0.0 COMPATIBLE");
    }

    @Test
    void dependentThatIsNoSchemaAnyMore_isBroken_andSoIsWhatRefersToIt() {
        register("s", "{\"$defs\":{\"zip\":{\"type\":\"string\"}}}");
        register("e", "{\"$ref\":\"s.json#/$defs/zip\"}", reference("s.json", "s", "1.0.0"));
        register("d", "{\"items\":{\"$ref\":\"e.json\"}}", reference("e.json", "e", "1.0.0"));

        ImpactReport report = impact(CompatibilityLevel.NONE, "{\"$defs\":{}}");

        assertThat(found(report)).containsExactly("1 e 1.0.0 BROKEN", "2 d 1.0.0 BROKEN");
        assertThat(broken(report, 0)).contains("zip");
        assertThat(broken(report, 1)).contains("e.json", "zip");
        assertThat(report.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }

    @Test
    void drafts_areNotLookedAt_butThroughThemOthersAre() {
        register("s", "{\"$defs\":{\"zip\":{\"type\":\"string\"}}}");
        register("e", "{\"$ref\":\"s.json#/$defs/zip\"}", DRAFT, reference("s.json", "s", "1.0.0"));
        register("d", "{\"items\":{\"$ref\":\"e.json\"}}", reference("e.json", "e", "1.0.0"));

        assertThat(found(impact(CompatibilityLevel.BACKWARD, "true"))).containsExactly("2 d 1.0.0 BROKEN");
        assertThat(found(impact(CompatibilityLevel.BACKWARD, "{\"$defs\":{\"zip\":true}}")))
                .containsExactly("2 d 1.0.0 COMPATIBLE");
    }

    @Test
    void deletedDependent_isNotLookedAt() {
        register("s", NUMBER);
        register("d", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));
        registry.deleteSubject(subject("d"));

        assertThat(impact(CompatibilityLevel.BACKWARD, INTEGER).dependents()).isEmpty();
    }

    @Test
    void replaced_isLatest_orWhatIsNamed() {
        register("s", NUMBER);
        register("s", "{\"type\":\"number\",\"title\":\"2\"}");
        register("one", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));
        register("two", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.1.0"));

        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER))).containsExactly("1 two 1.0.0 INCOMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER, "1.0.0")))
                .containsExactly("1 one 1.0.0 INCOMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER, "1.0.0", "latest", "ordinal:2")))
                .containsExactly("1 two 1.0.0 INCOMPATIBLE", "1 one 1.0.0 INCOMPATIBLE");
        assertThatThrownBy(() -> impact(CompatibilityLevel.BACKWARD, INTEGER, "9.0.0"))
                .isInstanceOf(SchemaNotFound.class);
    }

    @Test
    void replacedVersion_thatRefersToAnother_isNoDependent() {
        register("s", NUMBER);
        register("s", "{\"$ref\":\"base.json\"}", reference("base.json", "s", "1.0.0"));
        register("d", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.1.0"));

        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER, "1.0.0", "1.1.0")))
                .containsExactly("1 d 1.0.0 INCOMPATIBLE");
        assertThat(found(impact(CompatibilityLevel.BACKWARD, INTEGER, "1.0.0")))
                .containsExactly("1 s 1.1.0 INCOMPATIBLE", "2 d 1.0.0 INCOMPATIBLE");
    }

    @Test
    void candidate_mayReferToWhatItReplaces() {
        register("s", NUMBER);
        register("d", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));

        ImpactReport report = impact(
                CompatibilityLevel.FULL,
                "{\"allOf\":[{\"$ref\":\"before.json\"}],\"title\":\"t\"}",
                List.of(reference("before.json", "s", "1.0.0")));

        assertThat(found(report)).containsExactly("1 d 1.0.0 COMPATIBLE");
    }

    @Test
    void candidate_thatRefersToItsOwnDependent_leadsInNoCircle() {
        register("s", NUMBER);
        register("d", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));

        ImpactReport report =
                impact(CompatibilityLevel.FULL, "{\"$ref\":\"d.json\"}", List.of(reference("d.json", "d", "1.0.0")));

        assertThat(found(report)).containsExactly("1 d 1.0.0 BROKEN");
        assertThat(broken(report, 0)).contains("'s.json'", "two different schemas");
    }

    @Test
    void candidate_thatUsesANameOfTheDependentForSomethingElse_breaksIt() {
        register("base", NUMBER);
        register("base", INTEGER);
        register("s", "{\"$ref\":\"base.json\"}", reference("base.json", "base", "1.0.0"));
        register(
                "d",
                "{\"anyOf\":[{\"$ref\":\"s.json\"},{\"$ref\":\"base.json\"}]}",
                reference("s.json", "s", "1.0.0"),
                reference("base.json", "base", "1.0.0"));
        register("e", "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));

        ImpactReport report = impact(
                CompatibilityLevel.BACKWARD,
                "{\"$ref\":\"base.json\"}",
                List.of(reference("base.json", "base", "1.1.0")));

        assertThat(found(report)).containsExactly("1 e 1.0.0 INCOMPATIBLE", "1 d 1.0.0 BROKEN");
        assertThat(broken(report, 1)).contains("'base.json'");
    }

    @Test
    void noVersionInUse_hasNoImpact() {
        ImpactReport report = impact(CompatibilityLevel.FULL, NUMBER);

        assertThat(report.replaced()).isEmpty();
        assertThat(report.dependents()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void whatNoCompatibilityCanBeAskedFor_isRefused() {
        register("s", NUMBER);
        CompatibilityRequest other = new CompatibilityRequest(
                subject("s"),
                SchemaType.AVRO,
                SchemaContent.of("\"int\""),
                List.of(),
                Metadata.NONE,
                criteria(CompatibilityLevel.FULL),
                List.of());
        CompatibilityRequest aspect = new CompatibilityRequest(
                subject("s"),
                SchemaType.JSON,
                SchemaContent.of(NUMBER),
                List.of(),
                Metadata.NONE,
                new SubjectSettings(
                        CompatibilityLevel.FULL,
                        CompatibilityPolicy.STRICT,
                        Set.of(DataEncoding.BINARY),
                        null,
                        null,
                        null,
                        null),
                List.of());

        assertThatThrownBy(() -> registry.impact(other)).isInstanceOf(IncomparableTypes.class);
        assertThatThrownBy(() -> registry.impact(aspect)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> impact(CompatibilityLevel.FULL, "{\"type\":7}"))
                .isInstanceOf(InvalidSchema.class);
    }

    @Test
    void tooManyDependents_areCut_andThenNothingIsSaidOfAll() {
        register("s", NUMBER);
        for (int i = 0; i <= RegistryLimits.MAX_IMPACT_DEPENDENTS; i++) {
            register("d" + i, "{\"$ref\":\"s.json\"}", reference("s.json", "s", "1.0.0"));
        }

        ImpactReport report = impact(CompatibilityLevel.BACKWARD, NUMBER + " ");

        assertThat(report.dependents()).hasSize(RegistryLimits.MAX_IMPACT_DEPENDENTS);
        assertThat(report.isCut()).isTrue();
        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(found(report))
                .doesNotContain("1 d0 1.0.0 COMPATIBLE")
                .allMatch(found -> found.endsWith(" COMPATIBLE"));
    }

    @Test
    void nothingIsKept() {
        register("s", NUMBER);
        impact(CompatibilityLevel.FULL, INTEGER);

        assertThat(registry.statistics(TenantId.DEFAULT).versions()).isEqualTo(1);
        assertThatThrownBy(() -> registry.find(new SchemaKey.ByVersion(subject("s"), VersionSelector.parse("1.1.0"))))
                .isInstanceOf(SchemaNotFound.class);
    }

    private ImpactReport impact(CompatibilityLevel level, String text, String... against) {
        return impact(level, text, List.of(), against);
    }

    private ImpactReport impact(
            CompatibilityLevel level, String text, List<RequestedReference> references, String... against) {
        return registry.impact(new CompatibilityRequest(
                subject("s"),
                SchemaType.JSON,
                SchemaContent.of(text),
                references,
                Metadata.NONE,
                criteria(level),
                Arrays.stream(against).map(VersionSelector::parse).toList()));
    }

    private static SubjectSettings criteria(CompatibilityLevel level) {
        return new SubjectSettings(level, CompatibilityPolicy.STRICT, null, null, null, null, null);
    }

    /** As {@code distance subject version verdict}. */
    private static List<String> found(ImpactReport report) {
        return report.dependents().stream()
                .map(impact -> impact.distance() + " " + impact.dependent().subject() + " "
                        + impact.dependent().version() + " "
                        + switch (impact.finding()) {
                            case Finding.Broken _ -> "BROKEN";
                            case Finding.Judged(CompatibilityReport judged) -> judged.verdict();
                        })
                .toList();
    }

    private static String broken(ImpactReport report, int index) {
        return report.dependents().get(index).finding() instanceof Finding.Broken(var violations)
                ? violations.toString()
                : "not broken";
    }

    private void register(String subject, String text, RequestedReference... references) {
        register(subject, text, ACTIVE, references);
    }

    private void register(String subject, String text, SchemaState state, RequestedReference... references) {
        registry.register(new RegistrationRequest(
                subject(subject),
                SchemaType.JSON,
                SchemaContent.of(text),
                Version.of(1, versions.merge(subject, 1, Integer::sum) - 1, 0),
                List.of(references),
                Metadata.NONE,
                state,
                "tester"));
    }

    private static RequestedReference reference(String name, String subject, String version) {
        return new RequestedReference(name, subject(subject), VersionSelector.parse(version));
    }

    private static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }
}
