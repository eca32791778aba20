package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static io.llmschema.testkit.RegistrationRules.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Placement;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.GlobalIdDiffers;
import io.llmschema.model.RegistryException.GlobalIdTaken;
import io.llmschema.model.RegistryException.OrdinalRefused;
import io.llmschema.model.RegistryException.Overloaded;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.StorageTransaction;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is promised of versions whose authors wish for numbers. */
abstract class StoragePlacementContract extends StorageContract {
    private Registration registerAs(Placement placement, String subject, String text) {
        return storage.registerSchema(wishing(placement, subject, text), nextMinor());
    }

    private NewSchema wishing(Placement placement, String subject, String text) {
        return examples.in(subject).text(text).placement(placement).build();
    }

    private SchemaSummary registerText(String subject, String text) {
        return registerAs(Placement.NEXT, subject, text).schema();
    }

    private SchemaSummary importAt(int ordinal, String subject, String text) {
        return registerAs(imported(ordinal, null), subject, text).schema();
    }

    private SchemaSummary importWithId(int globalId, String subject, String text) {
        return registerAs(imported(null, globalId), subject, text).schema();
    }

    private static Placement imported(@Nullable Integer ordinal, @Nullable Integer globalId) {
        return new Placement(ordinal, globalId, true);
    }

    private List<SchemaSummary> live(String subject) {
        SchemaFilter filter = SchemaFilter.all(tenant).withSubject(subject(subject));
        return Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page));
    }

    /** An id that this tenant has not, and that the store would choose soon. */
    private int idToCome() {
        return register("the-last", "1.0.0").globalId().value() + 3;
    }

    private long revision(String subject) {
        return storage.getSubject(subject(subject)).orElseThrow().revision();
    }

    @Test
    void registerSchema_nextOrdinal_getsIt() {
        SchemaSummary first = registerAs(Placement.asNext(1), "orders", "true").schema();
        SchemaSummary second =
                registerAs(Placement.asNext(2), "orders", "false").schema();

        assertThat(first.ordinal()).isEqualTo(1);
        assertThat(second.ordinal()).isEqualTo(2);
    }

    @Test
    void registerSchema_anyOtherOrdinal_isRefusedAndTheNextIsTold() {
        registerText("orders", "true");
        delete(registerText("orders", "{}"));
        long revision = revision("orders");

        for (int ordinal : List.of(1, 2, 4)) {
            OrdinalRefused refusal = catchThrowableOfType(
                    OrdinalRefused.class, () -> registerAs(Placement.asNext(ordinal), "orders", "false"));

            assertThat(refusal.next()).isEqualTo(3);
        }
        assertThat(revision("orders")).isEqualTo(revision);
    }

    @Test
    void registerSchema_liveAlready_isFoundWhateverOrdinalItWishesFor() {
        SchemaSummary there = registerText("orders", "true");
        registerText("orders", "false");

        for (int ordinal : List.of(1, 2, 3, 7)) {
            assertThat(registerAs(Placement.asNext(ordinal), "orders", "true"))
                    .isEqualTo(new Registration(there, false));
        }
    }

    @Test
    void registerSchema_wishThatCannotBe_isRefusedByTheRuleFirst() {
        int taken = registerText("orders", "true").globalId().value();

        for (Placement placement : List.of(Placement.asNext(9), imported(1, null), imported(null, taken))) {
            assertThatThrownBy(() ->
                            storage.registerSchema(wishing(placement, "orders", "false"), refuse(new Overloaded("no"))))
                    .isInstanceOf(Overloaded.class);
        }
    }

    @Test
    void importing_leavesOrdinalsOut_andFillsThemLater() {
        importAt(3, "orders", "[3]");
        importAt(1, "orders", "[1]");
        SchemaSummary next = registerText("orders", "[4]");
        SchemaSummary late = importAt(2, "orders", "[2]");

        assertThat(next.ordinal()).isEqualTo(4);
        assertThat(live("orders")).extracting(SchemaSummary::ordinal).containsExactly(1, 2, 3, 4);
        assertFound(find("orders", "ordinal:2"), late);
        assertThat(registerText("orders", "[5]").ordinal()).isEqualTo(5);
    }

    @Test
    void importing_sameContentWithTheSameOrdinal_isFoundEvenDeleted() {
        SchemaSummary there = importAt(7, "orders", "true");

        assertThat(registerAs(imported(7, null), "orders", "true")).isEqualTo(new Registration(there, false));
        delete(there);
        assertThat(registerAs(imported(7, there.globalId().value()), "orders", "true"))
                .isEqualTo(new Registration(now(there), false));
    }

    @Test
    void importing_usedOrdinal_isRefused() {
        registerText("orders", "[1]");
        delete(registerText("orders", "[2]"));
        SchemaSummary purged = registerText("orders", "[3]");
        delete(purged);
        storage.purgeSchema(purged.id());

        for (int ordinal : List.of(1, 2, 3)) {
            assertThatThrownBy(() -> importAt(ordinal, "orders", "[4]")).isInstanceOf(OrdinalRefused.class);
        }
        assertThatThrownBy(() -> importAt(3, "orders", "[3]"))
                .as("what is gone cannot be found")
                .isInstanceOf(OrdinalRefused.class);
        assertThat(importAt(4, "orders", "[3]").ordinal()).isEqualTo(4);
    }

    @Test
    void importing_sameContentWithAnotherOrdinal_isAnotherVersion() {
        SchemaSummary one = importAt(2, "orders", "true");
        SchemaSummary other = importAt(5, "orders", "true");

        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(other.globalId()).isEqualTo(one.globalId());
        assertThat(live("orders")).containsExactly(one, other);
        assertThat(registerText("orders", "true")).as("the last of them").isEqualTo(other);
        delete(other);
        assertThat(registerText("orders", "true")).isEqualTo(one);
    }

    @Test
    void importing_eachIsFoundByItsOwnWords_beItBeforeOthers() {
        for (int ordinal : List.of(2, 4, 6)) {
            storage.registerSchema(called("word" + ordinal, imported(ordinal, null)), nextMinor());
        }
        for (int ordinal : List.of(1, 5, 3)) {
            storage.registerSchema(called("word" + ordinal, imported(ordinal, null)), nextMinor());
        }
        storage.registerSchema(called("word7", Placement.NEXT), nextMinor());

        IntStream.rangeClosed(1, 7)
                .forEach(
                        ordinal -> assertThat(ordinalsFoundBy("word" + ordinal)).containsExactly(ordinal));
        assertThat(ordinalsFoundBy("common")).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    private NewSchema called(String word, Placement placement) {
        return examples.in("orders")
                .text("{\"title\": \"%s\"}".formatted(word))
                .outline(
                        List.of(word),
                        List.of("what they have in common, which is much more than the title"),
                        List.of())
                .placement(placement)
                .build();
    }

    private List<Integer> ordinalsFoundBy(String word) {
        SearchQuery query =
                new SearchQuery(word, SchemaFilter.all(tenant), SearchQuery.Scope.ALL, SearchQuery.Order.BY_SUBJECT);
        return storage.searchSchemas(query, PageRequest.first(10)).items().stream()
                .map(hit -> hit.schema().ordinal())
                .toList();
    }

    @Test
    void importing_givenId_isThatOfTheContentWhereverItIs() {
        int given = idToCome();

        SchemaSummary imported = importWithId(given, "orders", "true");
        SchemaSummary same = importWithId(given, "invoices", "true");
        SchemaSummary registered = registerText("payments", "true");

        assertThat(imported.globalId()).isEqualTo(new GlobalId(tenant, given));
        assertThat(same.globalId()).isEqualTo(imported.globalId());
        assertThat(registered.globalId()).isEqualTo(imported.globalId());
        assertFound(find(new SchemaKey.ByGlobalId(imported.globalId())), imported);
        assertThat(importWithId(given, "orders", "true")).isEqualTo(imported);
    }

    @Test
    void importing_givenIds_areNeverChosenForOthers() {
        int given = idToCome();
        List<Integer> ids = List.of(given, given + 1, given - 1, given + 100_000);
        ids.forEach(id -> importWithId(id, "orders", "[%d]".formatted(id)));

        List<SchemaSummary> others = IntStream.range(0, 10)
                .mapToObj(i -> registerText("others", "{\"const\": %d}".formatted(i)))
                .toList();

        assertThat(others).extracting(schema -> schema.globalId().value()).doesNotContainAnyElementsOf(ids);
        assertThat(others).extracting(SchemaSummary::globalId).doesNotHaveDuplicates();
        ids.forEach(id -> assertThat(find(new SchemaKey.ByGlobalId(new GlobalId(tenant, id))))
                .map(schema -> schema.subject().name())
                .contains("orders"));
    }

    @Test
    void importing_idOfAnotherContent_isRefused() {
        SchemaSummary there = registerText("orders", "true");
        long revision = revision("orders");

        GlobalIdTaken refusal = catchThrowableOfType(
                GlobalIdTaken.class, () -> importWithId(there.globalId().value(), "orders", "false"));

        assertThat(refusal.id()).isEqualTo(there.globalId());
        assertThat(revision("orders")).isEqualTo(revision);
    }

    @Test
    void importing_contentThatHasAnotherId_isRefusedEvenWhereItIsLive() {
        SchemaSummary there = registerText("orders", "true");
        int given = idToCome();

        for (String subject : List.of("orders", "invoices")) {
            GlobalIdDiffers refusal =
                    catchThrowableOfType(GlobalIdDiffers.class, () -> importWithId(given, subject, "true"));

            assertThat(refusal.present()).isEqualTo(there.globalId());
        }
        assertThat(storage.getSubject(subject("invoices"))).isEmpty();
    }

    @Test
    void importing_idOfAnotherTenant_isGiven() {
        int given = idToCome();
        importWithId(given, "orders", "true");
        SchemaExamples others = SchemaExamples.ofFreshTenant();

        SchemaSummary there = storage.registerSchema(
                        others.in("orders")
                                .text("false")
                                .placement(imported(null, given))
                                .build(),
                        nextMinor())
                .schema();

        assertFound(find(new SchemaKey.ByGlobalId(there.globalId())), there);
        assertThat(there.globalId().value()).isEqualTo(given);
    }

    @Test
    void importing_idOfWhatWasPurged_isGivenAgain() {
        int given = idToCome();
        SchemaSummary gone = importWithId(given, "orders", "true");
        delete(gone);
        storage.purgeSchema(gone.id());

        assertThat(registerText("others", "[1]").globalId().value()).isNotEqualTo(given);
        SchemaSummary again = importWithId(given, "orders", "true");

        assertThat(again.globalId()).isEqualTo(gone.globalId());
        assertThat(again.ordinal()).isEqualTo(2);
        assertFound(find(new SchemaKey.ByGlobalId(gone.globalId())), again);
    }

    @Test
    void importing_givenUp_leavesTheNumbersFree() {
        int given = idToCome();
        Placement placement = imported(2, given);
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(wishing(placement, "orders", "true"), nextMinor());
        }

        SchemaSummary other = registerAs(placement, "orders", "false").schema();

        assertThat(other.ordinal()).isEqualTo(2);
        assertThat(other.globalId().value()).isEqualTo(given);
    }
}
