package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.Overloaded;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.Version;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectFilter;
import io.llmschema.storage.SubjectHistory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is promised of what is set for subjects. */
abstract class StorageSettingsContract extends StorageContract {
    private static final SubjectSettings ALL = new SubjectSettings(
            CompatibilityLevel.FULL_TRANSITIVE,
            CompatibilityPolicy.LENIENT,
            Set.of(DataEncoding.BINARY),
            false,
            "line of product",
            true,
            ValidationMode.MONITOR,
            WriteMode.READONLY,
            "{ \"alias\" :  \"other\", \"b\": 1, \"a\": 1.10, \"a\": \"\\u00fc\" }");
    private static final SubjectSettings LEVEL_ONLY =
            new SubjectSettings(CompatibilityLevel.NONE, null, null, null, null, null, null);
    private static final SubjectSettings EMPTY_PARTS = new SubjectSettings(null, null, Set.of(), true, "", false, null);

    private SubjectSettings set(Subject subject, SubjectSettings settings) {
        return storage.updateSettings(subject, _ -> settings);
    }

    @Test
    void getSettings_nothingSet_isNone() {
        register("orders", "1.0.0");

        assertThat(storage.getSettings(subject("orders"))).isEqualTo(SubjectSettings.NONE);
        assertThat(storage.getSettings(subject("nobody"))).isEqualTo(SubjectSettings.NONE);
        assertThat(storage.getSettings(Subject.global(examples.tenant()))).isEqualTo(SubjectSettings.NONE);
    }

    @Test
    void updateSettings_isVisibleAtOnceAndComesBackAsItWasSet() {
        register("orders", "1.0.0");

        for (SubjectSettings settings : List.of(ALL, LEVEL_ONLY, EMPTY_PARTS, SubjectSettings.NONE)) {
            assertThat(set(subject("orders"), settings)).isEqualTo(settings);
            assertThat(storage.getSettings(subject("orders"))).isEqualTo(settings);
        }
    }

    @Test
    void updateSettings_ruleSeesWhatIsSet_andARefusalChangesNothing() {
        set(subject("orders"), ALL);
        AtomicReference<SubjectSettings> seen = new AtomicReference<>(SubjectSettings.NONE);

        assertThatThrownBy(() -> storage.updateSettings(subject("orders"), present -> {
                    seen.set(present);
                    throw new Overloaded("no");
                }))
                .isInstanceOf(Overloaded.class);

        assertThat(seen).hasValue(ALL);
        assertThat(storage.getSettings(subject("orders"))).isEqualTo(ALL);
    }

    @Test
    void updateSettings_ofWhatIsNotThere_makesNoSubject() {
        set(subject("orders"), ALL);
        set(Subject.global(examples.tenant()), LEVEL_ONLY);

        assertThat(storage.getSubject(subject("orders"))).isEmpty();
        for (Deletion deletion : Deletion.values()) {
            SubjectFilter filter = new SubjectFilter(examples.tenant(), null, Set.of(), null, List.of(), deletion);
            assertThat(storage.listSubjects(filter, PageRequest.first(10)).items())
                    .isEmpty();
        }
        assertThat(storage.statistics(examples.tenant()).subjects()).isZero();
    }

    @Test
    void updateSettings_beforeTheFirstRegistration_areThereAfterIt() {
        set(subject("orders"), ALL);

        register("orders", "1.0.0");

        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(storage.getSettings(subject("orders"))).isEqualTo(ALL);
        assertThat(subject.versionCount()).isEqualTo(1);
        assertThat(subject.isDeleted()).isFalse();
    }

    @Test
    void updateSettings_changeNothingOfTheSubjectButItsRevision() {
        register("orders", "1.0.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();

        set(subject("orders"), ALL);

        SubjectSummary after = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(after.revision()).isGreaterThan(before.revision());
        assertThat(after).isEqualTo(before.atRevision(after.revision()));
    }

    @Test
    void settings_outliveTheSubject() {
        register("orders", "1.0.0");
        set(subject("orders"), ALL);

        storage.deleteSubject(subject("orders"), Instant.now());

        assertThat(storage.getSettings(subject("orders"))).isEqualTo(ALL);
    }

    @Test
    void settings_areOfOneSubjectAndTenant() {
        set(subject("orders"), ALL);

        assertThat(storage.getSettings(subject("order"))).isEqualTo(SubjectSettings.NONE);
        assertThat(storage.getSettings(Subject.global(examples.tenant()))).isEqualTo(SubjectSettings.NONE);
        assertThat(storage.getSettings(SchemaExamples.ofFreshTenant().subject("orders")))
                .isEqualTo(SubjectSettings.NONE);
    }

    private SettingsFilter anything() {
        return SettingsFilter.all(examples.tenant());
    }

    private List<String> listed(SettingsFilter filter) {
        return Pages.all(page -> storage.listSettings(filter, page)).stream()
                .map(set -> set.subject().name())
                .toList();
    }

    @Test
    void listSettings_nothingSet_isEmpty() {
        register("orders", "1.0.0");
        set(subject("orders"), ALL);
        set(subject("orders"), SubjectSettings.NONE);

        assertThat(listed(anything())).isEmpty();
    }

    @Test
    void listSettings_hasWhatIsSetUnderEveryNameInTheOrderOfNames() {
        register("orders", "1.0.0");
        set(subject("orders"), ALL);
        set(subject("𐐀"), LEVEL_ONLY);
        set(subject("Ａ"), LEVEL_ONLY);
        set(subject(":.team:"), EMPTY_PARTS);
        set(Subject.global(examples.tenant()), mode(WriteMode.IMPORT));
        set(SchemaExamples.ofFreshTenant().subject("theirs"), ALL);

        assertThat(Pages.all(page -> storage.listSettings(anything(), page)))
                .containsExactly(
                        new NamedSettings(subject(":.team:"), EMPTY_PARTS),
                        new NamedSettings(Subject.global(examples.tenant()), mode(WriteMode.IMPORT)),
                        new NamedSettings(subject("orders"), ALL),
                        new NamedSettings(subject("Ａ"), LEVEL_ONLY),
                        new NamedSettings(subject("𐐀"), LEVEL_ONLY));
        Pages.assertSameInPagesOfAnySize(page -> storage.listSettings(anything(), page));
    }

    @Test
    void listSettings_eachSettingByItself_isAnything() {
        List<SubjectSettings> alone = List.of(
                LEVEL_ONLY,
                new SubjectSettings(null, CompatibilityPolicy.STRICT, null, null, null, null, null),
                new SubjectSettings(null, null, Set.of(), null, null, null, null),
                new SubjectSettings(null, null, null, false, null, null, null),
                new SubjectSettings(null, null, null, null, "", null, null),
                new SubjectSettings(null, null, null, null, null, false, null),
                new SubjectSettings(null, null, null, null, null, null, ValidationMode.MONITOR),
                mode(WriteMode.READWRITE),
                SubjectSettings.NONE.withAttributes("{}"));

        for (SubjectSettings settings : alone) {
            set(subject("orders"), settings);

            assertThat(Pages.all(page -> storage.listSettings(anything(), page)))
                    .containsExactly(new NamedSettings(subject("orders"), settings));
        }
    }

    @Test
    void listSettings_byModeAndPrefix_asksBoth() {
        set(subject(":.c:a"), mode(WriteMode.READWRITE));
        set(subject(":.c:b"), LEVEL_ONLY);
        set(subject(":.d:a"), mode(WriteMode.READONLY));
        set(subject("a"), ALL);

        assertThat(listed(new SettingsFilter(examples.tenant(), null, true, null)))
                .containsExactly(":.c:a", ":.d:a", "a");
        assertThat(listed(new SettingsFilter(examples.tenant(), ":.c:", true, null)))
                .containsExactly(":.c:a");
        assertThat(listed(new SettingsFilter(examples.tenant(), ":.c:", false, null)))
                .containsExactly(":.c:a", ":.c:b");
    }

    @Test
    void listSettings_byPartOfTheAttributes_takesThatTextAsItStands() {
        set(subject("all"), ALL);
        set(subject("other"), SubjectSettings.NONE.withAttributes("{\"alias\":\"\\u0000\\ud800%\"}"));
        set(subject("none"), LEVEL_ONLY);

        assertThat(listed(withAttributes("\"alias\""))).containsExactly("all", "other");
        assertThat(listed(withAttributes("\"alias\":"))).containsExactly("other");
        assertThat(listed(withAttributes("\"alias\" :  \"other\""))).containsExactly("all");
        assertThat(listed(withAttributes("\\u00fc"))).containsExactly("all");
        assertThat(listed(withAttributes("\\ud800%"))).containsExactly("other");
        assertThat(listed(withAttributes("ü"))).isEmpty();
        assertThat(listed(withAttributes("ALIAS"))).isEmpty();
        assertThat(listed(withAttributes("a%s"))).isEmpty();
    }

    private SettingsFilter withAttributes(String part) {
        return new SettingsFilter(examples.tenant(), null, false, part);
    }

    @Test
    void listSettings_namesComeAndGoBetweenPages_doNotMoveTheOthers() {
        List<String> names = List.of("a", "b", "c", "d");
        names.forEach(name -> set(subject(name), mode(WriteMode.READONLY)));

        List<NamedSettings> seen = Pages.all(1, page -> {
            Page<NamedSettings> answer =
                    storage.listSettings(new SettingsFilter(examples.tenant(), null, true, null), page);
            answer.items().forEach(set -> set(set.subject(), SubjectSettings.NONE));
            return answer;
        });

        assertThat(seen).extracting(set -> set.subject().name()).isEqualTo(names);
        assertThat(listed(anything())).isEmpty();
    }

    @Test
    void listSettings_inATransaction_showsWhatItHasSet() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.updateSettings(subject("orders"), _ -> ALL);

            assertThat(Pages.all(page -> transaction.listSettings(anything(), page)))
                    .containsExactly(new NamedSettings(subject("orders"), ALL));
        }

        assertThat(listed(anything())).isEmpty();
    }

    @Test
    void registerSchema_showsTheRuleWhatIsSet() {
        set(subject("orders"), ALL);
        set(Subject.global(examples.tenant()), LEVEL_ONLY);
        AtomicReference<SubjectHistory> first = new AtomicReference<>();
        AtomicReference<SubjectHistory> second = new AtomicReference<>();

        storage.registerSchema(examples.schema("orders", "true"), (_, history, _) -> {
            first.set(history);
            return Version.of(1, 0, 0);
        });
        set(subject("orders"), LEVEL_ONLY);
        storage.registerSchema(examples.schema("orders", "false"), (_, history, _) -> {
            second.set(history);
            return Version.of(1, 1, 0);
        });

        assertThat(first.get().settings()).isEqualTo(ALL.withoutAttributes());
        assertThat(first.get().globalSettings()).isEqualTo(LEVEL_ONLY);
        assertThat(first.get().latestVersion()).isEmpty();
        assertThat(second.get().settings()).isEqualTo(LEVEL_ONLY);
        assertThat(second.get().latestVersion()).contains(Version.of(1, 0, 0));
    }

    private static SubjectSettings mode(WriteMode mode) {
        return SubjectSettings.NONE.withMode(mode);
    }

    /** What the rule of a registration sees of what is set beneath the subject's own. */
    private SubjectSettings globalSettingsSeenIn(String subject) {
        AtomicReference<SubjectSettings> seen = new AtomicReference<>();
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema(subject, "true"), (_, history, _) -> {
                seen.set(history.globalSettings());
                return Version.of(1, 0, 0);
            });
        }
        return seen.get();
    }

    @Test
    void registerSchema_showsTheRuleWhatIsSetForTheContext() {
        set(Subject.global(examples.tenant()), LEVEL_ONLY);
        set(subject(":.team:"), EMPTY_PARTS);

        assertThat(globalSettingsSeenIn("orders")).isEqualTo(LEVEL_ONLY);
        assertThat(globalSettingsSeenIn(":.team:orders")).isEqualTo(EMPTY_PARTS);
        assertThat(globalSettingsSeenIn(":.teams:orders")).isEqualTo(SubjectSettings.NONE);
    }

    @Test
    void registerSchema_showsTheRuleWhatIsSetForAllContextsWhereTheContextSaysNothing() {
        set(Subject.ofAllContexts(examples.tenant()), ALL);
        set(Subject.global(examples.tenant()), LEVEL_ONLY);
        set(subject(":.team:"), EMPTY_PARTS);

        assertThat(globalSettingsSeenIn("orders")).isEqualTo(LEVEL_ONLY.over(ALL));
        assertThat(globalSettingsSeenIn(":.team:orders")).isEqualTo(EMPTY_PARTS.over(ALL));
        assertThat(globalSettingsSeenIn(":.teams:orders")).isEqualTo(ALL.withoutAttributes());
    }

    @Test
    void registerSchema_modeOfAllContexts_isThatOfTheContextUnlessItOverrides() {
        for (WriteMode ofAll : WriteMode.values()) {
            set(Subject.ofAllContexts(examples.tenant()), mode(ofAll));
            set(subject(":.team:"), mode(WriteMode.IMPORT));

            assertThat(globalSettingsSeenIn(":.team:orders").mode())
                    .isEqualTo(ofAll == WriteMode.READONLY_OVERRIDE ? ofAll : WriteMode.IMPORT);
            assertThat(globalSettingsSeenIn("orders").mode()).isEqualTo(ofAll);
        }
    }

    @Test
    void updateSettings_ruleSeesAttributes_andTheyOutliveARegistration() {
        set(subject("orders"), ALL);
        register("orders", "1.0.0");

        storage.updateSettings(subject("orders"), present -> present.withMode(WriteMode.FORWARD));

        assertThat(storage.getSettings(subject("orders"))).isEqualTo(ALL.withMode(WriteMode.FORWARD));
    }

    @Test
    void transaction_isUndoneWithItsSettings() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.updateSettings(subject("orders"), _ -> ALL);
            assertThat(transaction.getSettings(subject("orders"))).isEqualTo(ALL);
        }

        assertThat(storage.getSettings(subject("orders"))).isEqualTo(SubjectSettings.NONE);
    }
}
