package io.llmschema.testkit;

import static io.llmschema.storage.DependencyReader.Direction.DEPENDENTS;
import static io.llmschema.storage.DependencyReader.Direction.REFERENCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who refers to whom, in both directions. */
abstract class StorageDependencyContract extends StorageContract {
    @Test
    void dependencies_none_isEmpty() {
        SchemaSummary schema = register("orders", "1.0.0");

        for (Direction direction : Direction.values()) {
            assertThat(reached(schema.id(), direction, true)).isEmpty();
            assertThat(reached(examples.newId(), direction, true)).isEmpty();
        }
    }

    @Test
    void dependencies_direct_leavesOutReferencesOfReferences() {
        SchemaSummary a = refer("a");
        SchemaSummary b = refer("b", "a");
        SchemaSummary c = refer("c", "b");

        assertThat(reached(c.id(), REFERENCES, false)).containsExactly("1 b");
        assertThat(reached(b.id(), REFERENCES, false)).containsExactly("1 a");
        assertThat(reached(a.id(), DEPENDENTS, false)).containsExactly("1 b");
        assertThat(reached(b.id(), DEPENDENTS, false)).containsExactly("1 c");
    }

    @Test
    void dependencies_transitive_followsAllAndSaysHowFar() {
        SchemaSummary a = refer("a");
        refer("b", "a");
        refer("c", "b");
        SchemaSummary d = refer("d", "c");

        assertThat(reached(d.id(), REFERENCES, true)).containsExactly("1 c", "2 b", "3 a");
        assertThat(reached(a.id(), DEPENDENTS, true)).containsExactly("1 b", "2 c", "3 d");
    }

    @Test
    void dependencies_diamond_isReachedOnceAtTheShortestDistance() {
        SchemaSummary base = refer("base");
        refer("left", "base");
        refer("right", "base");
        refer("far", "right");
        SchemaSummary top = refer("top", "left", "right", "far", "base");

        assertThat(reached(top.id(), REFERENCES, true)).containsExactly("1 base", "1 left", "1 right", "1 far");
        assertThat(reached(base.id(), DEPENDENTS, true)).containsExactly("1 left", "1 right", "1 top", "2 far");
    }

    @Test
    void dependencies_ofOneDistance_areOrderedById() {
        refer("z");
        refer("a");
        refer("m");
        SchemaSummary top = refer("top", "a", "m", "z");

        assertThat(reached(top.id(), REFERENCES, true)).containsExactly("1 z", "1 a", "1 m");
    }

    @Test
    void dependencies_sameVersionUnderTwoNames_isReachedOnce() {
        refer("a");
        SchemaSummary top = register(
                examples.in("top")
                        .references(
                                examples.reference("a", "1.0.0"),
                                new SchemaReference(
                                        "twice",
                                        subject("a"),
                                        find("a", "1.0.0").orElseThrow().version())),
                "1.0.0");

        assertThat(reached(top.id(), REFERENCES, false)).containsExactly("1 a");
        assertThat(reached(find("a", "1.0.0").orElseThrow().id(), DEPENDENTS, false))
                .containsExactly("1 top");
    }

    @Test
    void dependencies_goByVersion() {
        SchemaSummary old = refer("a");
        SchemaSummary recent = register("a", "2.0.0");
        refer("user", "a");

        assertThat(reached(old.id(), DEPENDENTS, true)).containsExactly("1 user");
        assertThat(reached(recent.id(), DEPENDENTS, true)).isEmpty();
    }

    @Test
    void dependencies_deletedDependents_areLeftOut() {
        SchemaSummary a = refer("a");
        SchemaSummary b = refer("b", "a");
        SchemaSummary c = refer("c", "b");

        delete(c);
        assertThat(reached(a.id(), DEPENDENTS, true)).containsExactly("1 b");
        delete(b);
        assertThat(reached(a.id(), DEPENDENTS, true)).isEmpty();
    }

    @Test
    void dependencies_deletedReferences_areStillFound() {
        SchemaSummary a = refer("a");
        SchemaSummary b = refer("b", "a");
        SchemaSummary c = refer("c", "b");
        List.of(c, b, a).forEach(this::delete);

        assertThat(reached(c.id(), REFERENCES, true)).containsExactly("1 b", "2 a");
        assertThat(dependencies(c.id(), REFERENCES, true))
                .allSatisfy(dependency ->
                        assertThat(dependency.schema().isDeleted()).isTrue());
    }

    @Test
    void dependencies_byDeletion_findAndFollowThoseAlone() {
        SchemaSummary base = refer("base");
        SchemaSummary live = refer("live", "base");
        refer("liveUser", "live");
        SchemaSummary deletedUser = refer("deletedUser", "live");
        SchemaSummary deleted = refer("deleted", "base");
        SchemaSummary user = refer("user", "deleted");
        List.of(deletedUser, user, deleted).forEach(this::delete);

        assertThat(reached(base.id(), DEPENDENTS, Deletion.LIVE)).containsExactly("1 live", "2 liveUser");
        assertThat(reached(base.id(), DEPENDENTS, Deletion.DELETED)).containsExactly("1 deleted", "2 user");
        assertThat(reached(base.id(), DEPENDENTS, Deletion.ANY))
                .containsExactly("1 live", "1 deleted", "2 liveUser", "2 deletedUser", "2 user");
        assertThat(reached(user.id(), REFERENCES, Deletion.LIVE)).isEmpty();
        assertThat(reached(user.id(), REFERENCES, Deletion.DELETED)).containsExactly("1 deleted");
        assertThat(reached(deletedUser.id(), REFERENCES, Deletion.LIVE)).containsExactly("1 live", "2 base");
        assertThat(reached(live.id(), REFERENCES, Deletion.DELETED)).isEmpty();
    }

    @Test
    void dependencies_ofOneSchemaByDeletion_areNotConfused() {
        SchemaSummary a = refer("a");
        SchemaSummary b = refer("b", "a");
        delete(b);

        for (int time = 1; time <= 2; time++) {
            assertThat(reached(a.id(), DEPENDENTS, Deletion.LIVE)).isEmpty();
            assertThat(reached(a.id(), DEPENDENTS, Deletion.ANY)).containsExactly("1 b");
        }
        storage.purgeSchema(b.id());
        assertThat(reached(a.id(), DEPENDENTS, Deletion.ANY)).isEmpty();
    }

    @Test
    void dependencies_showTheSchemasAsTheyAreNow() {
        SchemaSummary a = refer("a");
        SchemaSummary b = refer("b", "a");
        SchemaSummary deprecated =
                storage.updateSchemaState(a.id(), _ -> new SchemaState.Deprecated("old", null, null));

        assertThat(dependencies(b.id(), REFERENCES, true)).containsExactly(new Dependency(deprecated, 1));
    }

    @Test
    void dependencies_inPagesOfAnySize_areTheSame() {
        SchemaSummary base = refer("base");
        for (String first : List.of("b", "a", "c")) {
            refer(first, "base");
            refer(first + "x", first);
            refer(first + "y", first, first + "x");
        }
        SchemaSummary top = refer("top", "ax", "by", "c", "cy");

        for (boolean isTransitive : new boolean[] {true, false}) {
            Pages.assertSameInPagesOfAnySize(page -> storage.dependencies(base.id(), DEPENDENTS, isTransitive, page));
            Pages.assertSameInPagesOfAnySize(page -> storage.dependencies(top.id(), REFERENCES, isTransitive, page));
        }
    }

    /** A ladder in which the number of paths doubles with each step must not cost as many steps. */
    @Test
    void dependencies_manyPaths_areFollowedOnce() {
        SchemaSummary bottom = refer("l0");
        refer("r0");
        for (int step = 1; step <= 30; step++) {
            refer("l" + step, "l" + (step - 1), "r" + (step - 1));
            refer("r" + step, "l" + (step - 1), "r" + (step - 1));
        }
        SchemaSummary top = find("l30", "latest").orElseThrow();

        assertThat(dependencies(top.id(), REFERENCES, true)).hasSize(60);
        assertThat(dependencies(bottom.id(), DEPENDENTS, true)).hasSize(60);
    }

    private SchemaSummary refer(String subject, String... targets) {
        SchemaReference[] references = Arrays.stream(targets)
                .map(target -> examples.reference(target, "1.0.0"))
                .toArray(SchemaReference[]::new);
        return register(examples.in(subject).text("\"" + subject + "\"").references(references), "1.0.0");
    }

    private List<Dependency> dependencies(SchemaId id, Direction direction, boolean isTransitive) {
        return Pages.all(page -> storage.dependencies(id, direction, isTransitive, page));
    }

    private List<String> reached(SchemaId id, Direction direction, Deletion deletion) {
        return shown(Pages.all(page -> storage.dependencies(id, direction, deletion, true, page)));
    }

    private List<String> reached(SchemaId id, Direction direction, boolean isTransitive) {
        return shown(dependencies(id, direction, isTransitive));
    }

    private static List<String> shown(List<Dependency> dependencies) {
        return dependencies.stream()
                .map(found -> found.distance() + " " + found.schema().subject())
                .toList();
    }
}
