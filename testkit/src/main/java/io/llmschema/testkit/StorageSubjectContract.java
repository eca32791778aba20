package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SubjectSummary;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is promised of subjects. */
abstract class StorageSubjectContract extends StorageContract {
    private static final SchemaState ACTIVE = new SchemaState.Active();

    @Test
    void getSubject_neverRegistered_isEmpty() {
        register("orders", "1.0.0");

        assertThat(storage.getSubject(subject("order"))).isEmpty();
        assertThat(storage.getSubject(subject("ORDERS"))).isEmpty();
    }

    @Test
    void updateSubject_isVisibleAtOnceAndChangesNothingElse() {
        register("orders", "1.0.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();
        Metadata metadata = new Metadata("What is sold", "o'neil", List.of("money", "50%"), "{\"level\": 1}");
        SchemaState state = new SchemaState.Deprecated("old", null, "invoices").since(examples.now());
        Instant at = examples.now();

        SubjectSummary after = storage.updateSubject(subject("orders"), _ -> new SubjectDetails(metadata, state), at);

        assertThat(storage.getSubject(subject("orders"))).contains(after);
        assertThat(after.metadata()).isEqualTo(metadata);
        assertThat(after.state()).isEqualTo(state);
        assertThat(after.updatedAt()).isEqualTo(at);
        assertThat(after.revision()).isGreaterThan(before.revision());
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("metadata", "state", "updatedAt", "revision")
                .isEqualTo(before);
    }

    @Test
    void updateSubject_ruleSeesTheSubjectAsItIs() {
        register("orders", "1.0.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();

        storage.updateSubject(
                subject("orders"),
                present -> {
                    assertThat(present).isEqualTo(before);
                    return new SubjectDetails(present.metadata(), new SchemaState.Archived());
                },
                examples.now());

        assertThat(storage.getSubject(subject("orders")).orElseThrow().state()).isEqualTo(new SchemaState.Archived());
    }

    @Test
    void updateSubject_leavesTheStatesOfItsVersions() {
        SchemaSummary schema = register("orders", "1.0.0");

        storage.updateSubject(
                subject("orders"), _ -> new SubjectDetails(Metadata.NONE, new SchemaState.Archived()), examples.now());

        assertThat(now(schema).state()).isEqualTo(ACTIVE);
        assertThat(find("orders", "latest")).isPresent();
    }

    @Test
    void updateSubject_ruleRefuses_changesNothing() {
        register("orders", "1.0.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();
        InvalidValue refusal = new InvalidValue("state", "ACTIVE", "no");

        assertThatThrownBy(() -> storage.updateSubject(
                        subject("orders"),
                        _ -> {
                            throw refusal;
                        },
                        examples.now()))
                .isEqualTo(refusal);

        assertThat(storage.getSubject(subject("orders"))).contains(before);
    }

    @Test
    void updateAndDeleteSubject_absentOrDeleted_isRefused() {
        register("deleted", "1.0.0");
        storage.deleteSubject(subject("deleted"), examples.now());

        for (String name : List.of("deleted", "absent")) {
            assertThatThrownBy(() -> storage.updateSubject(
                            subject(name), _ -> new SubjectDetails(Metadata.NONE, ACTIVE), examples.now()))
                    .isInstanceOf(SubjectNotFound.class);
            assertThatThrownBy(() -> storage.deleteSubject(subject(name), examples.now()))
                    .isInstanceOf(SubjectNotFound.class);
        }
        assertThat(storage.getSubject(subject("absent"))).isEmpty();
    }

    @Test
    void deleteSubject_deletesItsLiveVersionsAndReturnsThemByOrdinal() {
        SchemaSummary second = register(examples.in("orders").text("[]"), "2.0.0");
        SchemaSummary before = register("orders", "1.5.0");
        delete(before);
        SchemaSummary first = register("orders", "1.0.0");
        Instant at = examples.now();

        List<SchemaSummary> deleted = storage.deleteSubject(subject("orders"), at);

        assertThat(deleted).extracting(SchemaSummary::id).containsExactly(second.id(), first.id());
        assertThat(deleted).allSatisfy(schema -> {
            assertThat(schema.deletedAt()).isEqualTo(at);
            assertThat(now(schema)).isEqualTo(schema);
        });
        assertThat(now(before).deletedAt()).isNotEqualTo(at);
        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(subject.deletedAt()).isEqualTo(at);
        assertThat(subject.versionCount()).isZero();
        assertThat(subject.latest()).isNull();
        assertThat(deleted).allSatisfy(schema -> assertThat(schema.revision()).isEqualTo(subject.revision()));
    }

    @Test
    void deleteSubject_inUseByAnotherSubject_isRefusedAndChangesNothing() {
        SchemaSummary first = register("address", "1.0.0");
        register("address", "1.1.0");
        SchemaSummary user =
                register(examples.in("orders").references(examples.reference("address", "1.1.0")), "1.0.0");

        assertThatThrownBy(() -> storage.deleteSubject(subject("address"), examples.now()))
                .hasMessageContaining("orders")
                .isInstanceOfSatisfying(
                        SchemaInUse.class,
                        refusal -> assertThat(refusal.users()).containsExactly(user));

        assertThat(now(first).isDeleted()).isFalse();
        assertThat(storage.getSubject(subject("address")).orElseThrow().versionCount())
                .isEqualTo(2);
    }

    @Test
    void deleteSubject_usedByItselfOnly_isFine() {
        register("orders", "1.0.0");
        register(examples.in("orders").references(examples.reference("orders", "1.0.0")), "1.1.0");

        assertThat(storage.deleteSubject(subject("orders"), examples.now())).hasSize(2);
    }

    @Test
    void deleteSubject_usersDeletedBefore_isFine() {
        register("address", "1.0.0");
        delete(register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0"));

        assertThat(storage.deleteSubject(subject("address"), examples.now())).hasSize(1);
    }

    @Test
    void listSubjects_isInTheOrderOfUtf8Bytes() {
        // U+10400 is two chars from U+D801 on, below U+FF21, but its UTF-8 bytes are above.
        List<String> ascending = List.of("!", "-a", "0", "A", "B", "a", "a-", "a/b", "aa", "b", "ä", "Ａ", "𐐀", "𐐀a");
        ascending.reversed().forEach(name -> register(name, "1.0.0"));

        assertThat(list(SubjectFilter.all(tenant))).isEqualTo(ascending);
        Pages.assertSameInPagesOfAnySize(page -> storage.listSubjects(SubjectFilter.all(tenant), page));
    }

    @Test
    void listSubjects_subjectsComeAndGoBetweenPages_doNotMoveTheOthers() {
        List.of("b", "d", "f", "h").forEach(name -> register(name, "1.0.0"));
        SubjectFilter filter = SubjectFilter.all(tenant);
        List<String> seen = Pages.all(1, page -> {
                    var answer = storage.listSubjects(filter, page);
                    String last = answer.items().getFirst().subject().name();
                    register("a" + last, "1.0.0");
                    storage.deleteSubject(subject(last), examples.now());
                    return answer;
                })
                .stream()
                .map(subject -> subject.subject().name())
                .toList();

        assertThat(seen).containsExactly("b", "d", "f", "h");
    }

    @Test
    void listSubjects_byDeletion_showsThoseAskedFor() {
        register("live", "1.0.0");
        register("deleted", "1.0.0");
        storage.deleteSubject(subject("deleted"), examples.now());

        assertThat(list(filter(null, Set.of(), null, List.of(), Deletion.LIVE))).containsExactly("live");
        assertThat(list(filter(null, Set.of(), null, List.of(), Deletion.DELETED)))
                .containsExactly("deleted");
        assertThat(list(filter(null, Set.of(), null, List.of(), Deletion.ANY))).containsExactly("deleted", "live");
    }

    @Test
    void listSubjects_byPrefix_takesEveryCharacterAsItself() {
        List.of("a%b", "a_b", "a\\b", "axb", "A%B", "a%", "b", "a'b", "a*b").forEach(name -> register(name, "1.0.0"));

        assertThat(byPrefix("a%")).containsExactly("a%", "a%b");
        assertThat(byPrefix("a_")).containsExactly("a_b");
        assertThat(byPrefix("a\\")).containsExactly("a\\b");
        assertThat(byPrefix("a'")).containsExactly("a'b");
        assertThat(byPrefix("a*")).containsExactly("a*b");
        assertThat(byPrefix("A")).containsExactly("A%B");
        assertThat(byPrefix("%")).isEmpty();
        assertThat(byPrefix("")).hasSize(9);
    }

    @Test
    void listSubjects_byPrefixAtTheEndOfUnicode_findsItsSubjects() {
        List.of("z", "𐐀", "𐐀a", "\uD801\uDC01").forEach(name -> register(name, "1.0.0"));

        assertThat(byPrefix("𐐀")).containsExactly("𐐀", "𐐀a");
    }

    private List<String> byPrefix(String prefix) {
        return list(filter(prefix, Set.of(), null, List.of(), Deletion.LIVE));
    }

    @Test
    void listSubjects_byOwnerTagsAndStage_asksAllOfThem() {
        describe("a", new Metadata(null, "o'neil", List.of("x", "y"), "{}"), ACTIVE);
        describe("b", new Metadata(null, "o_neil", List.of("x"), "{}"), new SchemaState.Archived());
        describe("c", Metadata.NONE, new SchemaState.Deprecated("old", null, null));

        assertThat(list(filter(null, Set.of(), "o'neil", List.of(), Deletion.LIVE)))
                .containsExactly("a");
        assertThat(list(filter(null, Set.of(), "o_neil", List.of(), Deletion.LIVE)))
                .containsExactly("b");
        assertThat(list(filter(null, Set.of(), "o%", List.of(), Deletion.LIVE))).isEmpty();
        assertThat(list(filter(null, Set.of(), null, List.of("x"), Deletion.LIVE)))
                .containsExactly("a", "b");
        assertThat(list(filter(null, Set.of(), null, List.of("y", "x"), Deletion.LIVE)))
                .containsExactly("a");
        assertThat(list(filter(null, Set.of(), null, List.of("z"), Deletion.LIVE)))
                .isEmpty();
        assertThat(list(filter(null, Set.of(Stage.ARCHIVED), null, List.of(), Deletion.LIVE)))
                .containsExactly("b");
        assertThat(list(filter(null, Set.of(Stage.ACTIVE, Stage.DEPRECATED), null, List.of(), Deletion.LIVE)))
                .containsExactly("a", "c");
        assertThat(list(filter("b", Set.of(Stage.ACTIVE), null, List.of(), Deletion.LIVE)))
                .isEmpty();
    }

    @Test
    void listSubjects_many_arePagedWithoutLoss() {
        IntStream.range(0, 25).forEach(i -> register("s" + i, "1.0.0"));

        Pages.assertSameInPagesOfAnySize(page -> storage.listSubjects(SubjectFilter.all(tenant), page));
    }

    private void describe(String name, Metadata metadata, SchemaState state) {
        register(name, "1.0.0");
        storage.updateSubject(subject(name), _ -> new SubjectDetails(metadata, state), examples.now());
    }

    private SubjectFilter filter(
            @Nullable String prefix, Set<Stage> stages, @Nullable String owner, List<String> tags, Deletion deletion) {
        return new SubjectFilter(tenant, prefix, stages, owner, tags, deletion);
    }

    private List<String> list(SubjectFilter filter) {
        return Pages.all(page -> storage.listSubjects(filter, page)).stream()
                .map(subject -> subject.subject().name())
                .toList();
    }
}
