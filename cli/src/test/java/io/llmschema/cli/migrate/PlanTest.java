package io.llmschema.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.cli.migrate.Plan.Outline;
import io.llmschema.cli.migrate.Plan.PlannedStep;
import io.llmschema.cli.migrate.RegistryView.ListedSubject;
import io.llmschema.cli.migrate.Step.Delete;
import io.llmschema.cli.migrate.Step.Register;
import io.llmschema.cli.migrate.Stock.InSubject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Stock NOTHING = new Stock(new TreeMap<>(), new TreeMap<>());

    private final Map<VersionKey, Outline> outlines = new HashMap<>();
    private final TreeMap<String, InSubject> subjects = new TreeMap<>();

    private static VersionKey key(String subject, int version) {
        return new VersionKey(subject, version);
    }

    private void version(String subject, int version, int id, boolean isDeleted, VersionKey... references) {
        TreeMap<Integer, Boolean> versions =
                new TreeMap<>(subjects.getOrDefault(subject, InSubject.NOTHING).versions());
        versions.put(version, isDeleted);
        subjects.put(subject, new InSubject(new ListedSubject(subject, true, true), versions, Settings.NONE));
        outlines.put(key(subject, version), new Outline(key(subject, version), id, List.of(references)));
    }

    private List<Step> planned() {
        return plan().steps().stream().map(PlannedStep::step).toList();
    }

    private Plan plan() {
        return Plan.of(
                Plan.missing(new Stock(new TreeMap<>(), subjects), NOTHING),
                keys -> keys.stream()
                        .flatMap(key -> Optional.ofNullable(outlines.get(key)).stream())
                        .toList());
    }

    @Test
    void references_comeFirst_acrossSubjects() {
        version("a", 1, 2, false, key("z", 1));
        version("z", 1, 1, false);

        List<Step> steps = planned();

        assertThat(steps).containsExactly(new Register(key("z", 1)), new Register(key("a", 1)));
    }

    @Test
    void versionsOfASubject_keepTheirOrder() {
        version("a", 1, 1, false);
        version("a", 3, 2, false);
        version("a", 10, 3, false);

        List<Step> steps = planned();

        assertThat(steps)
                .containsExactly(new Register(key("a", 1)), new Register(key("a", 3)), new Register(key("a", 10)));
    }

    @Test
    void deletedVersion_goesAfterAllThatReferToIt_andTheirDeletions() {
        version("a", 1, 1, true);
        version("b", 1, 2, true, key("a", 1));

        List<Step> steps = planned();

        assertThat(steps)
                .containsExactly(
                        new Register(key("a", 1)),
                        new Register(key("b", 1)),
                        new Delete(key("b", 1)),
                        new Delete(key("a", 1)));
    }

    @Test
    void sameContentAgain_comesAfterTheDeletionOfTheFirst() {
        version("a", 1, 7, true);
        version("a", 2, 7, false);

        List<Step> steps = planned();

        assertThat(steps)
                .containsExactly(new Register(key("a", 1)), new Delete(key("a", 1)), new Register(key("a", 2)));
    }

    @Test
    void circle_isStillPlanned_withNeedsThatLieBefore() {
        version("a", 1, 1, false, key("b", 1));
        version("b", 1, 2, false, key("a", 1));
        version("c", 1, 3, false);

        Plan plan = plan();

        assertThat(plan.steps()).hasSize(3);
        for (int place = 0; place < plan.steps().size(); place++) {
            int here = place;
            assertThat(plan.steps().get(place).needs()).allMatch(need -> need < here);
        }
    }

    @Test
    void latest_isTheLastVersionKnown() {
        version("a", 1, 3, false, key("z", -1));
        version("z", 1, 1, false);
        version("z", 2, 2, false);

        List<Step> steps = planned();

        assertThat(steps.getLast()).isEqualTo(new Register(key("a", 1)));
    }

    @Test
    void whatHasGoneMeanwhile_isLeftOut() {
        version("a", 1, 1, false);
        outlines.clear();

        assertThat(planned()).isEmpty();
    }

    @Test
    void whatTheTargetHas_isNotPlanned_butItsDeletionIs() {
        version("a", 1, 1, true);
        version("a", 2, 2, false);
        TreeMap<String, InSubject> here = new TreeMap<>();
        TreeMap<Integer, Boolean> live = new TreeMap<>(Map.of(1, false, 2, false));
        here.put("a", new InSubject(new ListedSubject("a", true, true), live, Settings.NONE));

        assertThat(Plan.missing(new Stock(new TreeMap<>(), subjects), new Stock(new TreeMap<>(), here)))
                .containsExactly(new Delete(key("a", 1)));
    }
}
