package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SearchQuery.Order;
import io.llmschema.storage.SearchQuery.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The least that a search finds, and all that it must not. */
abstract class StorageSearchContract extends StorageContract {
    @Test
    void searchSchemas_words_findsTitlesDescriptionsAndFieldNames() {
        register(examples.in("s1").outline(List.of("Customer Invoice"), List.of(), List.of()), "1.0.0");
        register(examples.in("s2").outline(List.of(), List.of("The amount due, before discount."), List.of()), "1.0.0");
        register(examples.in("s3").outline(List.of(), List.of(), List.of("postal_code", "houseNumber")), "1.0.0");

        assertThat(search("invoice")).containsExactly("s1 1.0.0");
        assertThat(search("INVOICE customer")).containsExactly("s1 1.0.0");
        assertThat(search("discount")).containsExactly("s2 1.0.0");
        assertThat(search("postal_code")).containsExactly("s3 1.0.0");
        assertThat(search("postal")).containsExactly("s3 1.0.0");
        assertThat(search("houseNumber")).containsExactly("s3 1.0.0");
        assertThat(search("zebra")).isEmpty();
    }

    @Test
    void searchSchemas_severalWords_askForAllOfThemWhereverTheyStand() {
        register(examples.in("s1").outline(List.of("Invoice"), List.of("amount due"), List.of("currency")), "1.0.0");
        register(examples.in("s2").outline(List.of("Invoice"), List.of("discount"), List.of()), "1.0.0");

        assertThat(search("currency invoice amount")).containsExactly("s1 1.0.0");
        assertThat(search("invoice")).containsExactlyInAnyOrder("s1 1.0.0", "s2 1.0.0");
        assertThat(search("currency discount")).isEmpty();
    }

    @Test
    void searchSchemas_wordsOfOtherScripts_areFound() {
        register(examples.in("s1").title("Größe café 注文"), "1.0.0");

        assertThat(search("größe")).containsExactly("s1 1.0.0");
        assertThat(search("café")).containsExactly("s1 1.0.0");
        assertThat(search("注文")).containsExactly("s1 1.0.0");
    }

    @Test
    void searchSchemas_subjectName_forgivesTypingErrors() {
        register("payments", "1.0.0");
        register("customers", "1.0.0");
        register("shipping/address", "1.0.0");

        assertThat(search("payments")).containsExactly("payments 1.0.0");
        assertThat(search("PAYMENTS")).containsExactly("payments 1.0.0");
        assertThat(search("paymnets")).containsExactly("payments 1.0.0");
        assertThat(search("custmers")).containsExactly("customers 1.0.0");
        assertThat(search("adress")).containsExactly("shipping/address 1.0.0");
    }

    @Test
    void searchSchemas_byRelevance_putsAnEqualNameBeforeASimilarOne() {
        register("payment", "1.0.0");
        register("payments", "1.0.0");
        register("paymentz", "1.0.0");

        List<SearchHit> hits = hits(query("payments", SchemaFilter.all(tenant), Scope.ALL, Order.RELEVANCE));

        assertThat(name(hits.getFirst().schema())).isEqualTo("payments 1.0.0");
        assertThat(hits)
                .extracting(SearchHit::score)
                .allMatch(score -> score > 0)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void searchSchemas_withoutWords_findsAllThatPassesTheFilterWithScoreZero() {
        register("b", "1.0.0");
        register("a", "2.0.0");
        register("a", "1.0.0");

        for (Order order : List.of(Order.RELEVANCE, Order.BY_SUBJECT)) {
            List<SearchHit> hits = hits(query(null, SchemaFilter.all(tenant), Scope.ALL, order));

            assertThat(hits).extracting(hit -> name(hit.schema())).containsExactly("a 2.0.0", "a 1.0.0", "b 1.0.0");
            assertThat(hits).extracting(SearchHit::score).containsOnly(0.0);
        }
    }

    @Test
    void searchSchemas_scopeLatest_looksAtTheLatestVersionOnly() {
        register(examples.in("orders").text("1").title("zebra"), "2.0.0");
        register(examples.in("orders").text("2").title("walrus"), "1.0.0");
        register(examples.in("orders").text("3").title("walrus").state(new SchemaState.Draft()), "3.0.0");
        register(examples.in("orders").text("4").title("walrus"), "4.0.0-rc.1");
        register(examples.in("drafts").text("5").title("zebra").state(new SchemaState.Draft()), "1.0.0");

        assertThat(search("zebra")).containsExactly("orders 2.0.0");
        assertThat(search("walrus")).isEmpty();
        assertThat(search("walrus", SchemaFilter.all(tenant), Scope.ALL, Order.BY_SUBJECT))
                .containsExactly("orders 1.0.0", "orders 3.0.0", "orders 4.0.0-rc.1");
        assertThat(search(null, SchemaFilter.all(tenant), Scope.LATEST, Order.BY_SUBJECT))
                .containsExactly("orders 2.0.0");
        assertThat(search(
                        null, SchemaFilter.all(tenant).withStages(Set.of(Stage.DRAFT)), Scope.LATEST, Order.BY_SUBJECT))
                .isEmpty();
    }

    @Test
    void searchSchemas_scopeLatest_followsChanges() {
        SchemaSummary first = register(examples.in("orders").text("1").title("zebra"), "1.0.0");
        SchemaSummary second = register(examples.in("orders").text("2").title("walrus"), "1.1.0");
        assertThat(search("zebra")).isEmpty();

        storage.updateSchemaState(second.id(), _ -> new SchemaState.Archived());
        assertThat(search("zebra")).containsExactly("orders 1.0.0");
        assertThat(search("walrus")).isEmpty();

        delete(first);
        assertThat(search("zebra")).isEmpty();
    }

    @Test
    void searchSchemas_filter_isAskedToo() {
        register(examples.in("a").title("zebra").type(SchemaType.AVRO).owner("x"), "1.0.0");
        register(examples.in("b").title("zebra").tags("50%"), "1.0.0");
        SchemaSummary deleted = register(examples.in("c").title("zebra"), "1.0.0");
        delete(deleted);

        assertThat(search("zebra", SchemaFilters.types(tenant, SchemaType.AVRO), Scope.LATEST, Order.BY_SUBJECT))
                .containsExactly("a 1.0.0");
        assertThat(search("zebra", SchemaFilters.tags(tenant, "50%"), Scope.LATEST, Order.RELEVANCE))
                .containsExactly("b 1.0.0");
        assertThat(search("zebra", SchemaFilters.owner(tenant, "x"), Scope.ALL, Order.NEWEST_FIRST))
                .containsExactly("a 1.0.0");
        assertThat(search("zebra", SchemaFilter.all(tenant), Scope.ALL, Order.BY_SUBJECT))
                .containsExactly("a 1.0.0", "b 1.0.0");
        assertThat(search("zebra", SchemaFilter.all(tenant).withDeletion(Deletion.ANY), Scope.ALL, Order.BY_SUBJECT))
                .containsExactly("a 1.0.0", "b 1.0.0", "c 1.0.0");
    }

    @Test
    void searchSchemas_inEachOrder_isTheSameInPagesOfAnySize() {
        Instant noon = Instant.parse("2026-03-04T12:00:00Z");
        for (String name : List.of("zebra", "zebras", "horses", "𐐀", "Ａ")) {
            for (String version : List.of("2.0.0", "1.0.0")) {
                register(examples.in(name).text(name + version).title("zebra").createdAt(noon), version);
            }
        }

        for (Order order : Order.values()) {
            for (Scope scope : Scope.values()) {
                for (String words : new String[] {"zebra", null}) {
                    SearchQuery query = query(words, SchemaFilter.all(tenant), scope, order);
                    assertThat(hits(query)).hasSize(scope == Scope.ALL ? 10 : 5);
                    Pages.assertSameInPagesOfAnySize(page -> storage.searchSchemas(query, page));
                }
            }
        }
    }

    @Test
    void searchSchemas_bySubjectAndNewestFirst_areOrderedSo() {
        for (String name : List.of("b", "𐐀", "Ａ", "a")) {
            register(examples.in(name).text("1" + name).title("zebra"), "2.0.0");
            register(examples.in(name).text("2" + name).title("zebra"), "1.0.0");
        }

        assertThat(search("zebra", SchemaFilter.all(tenant), Scope.ALL, Order.BY_SUBJECT))
                .containsExactly(
                        "a 2.0.0", "a 1.0.0", "b 2.0.0", "b 1.0.0", "Ａ 2.0.0", "Ａ 1.0.0", "𐐀 2.0.0", "𐐀 1.0.0");
        assertThat(search("zebra", SchemaFilter.all(tenant), Scope.ALL, Order.NEWEST_FIRST))
                .containsExactly(
                        "a 1.0.0", "a 2.0.0", "Ａ 1.0.0", "Ａ 2.0.0", "𐐀 1.0.0", "𐐀 2.0.0", "b 1.0.0", "b 2.0.0");
    }

    /** Whoever types in a search box is never told of a syntax. */
    @Test
    void searchSchemas_hostileWords_areAnswered() {
        register(examples.in("orders").title("zebra"), "1.0.0");
        List<String> hostile = List.of(
                "'",
                "\"",
                "\"unclosed",
                "'; DROP TABLE schemas; --",
                "&|!():*",
                "zebra & | !",
                "zebra:* <-> (",
                "!!!",
                "- - -",
                "-",
                "or",
                "or or",
                "\\",
                "%",
                "_",
                "$1 ? :name {}",
                "👍",
                "👩‍👩‍👧 zebra",
                "\t\n",
                " ",
                "",
                "the",
                "z".repeat(SearchQuery.MAX_WORDS_LENGTH),
                "z ".repeat(SearchQuery.MAX_WORDS_LENGTH / 2),
                "(".repeat(SearchQuery.MAX_WORDS_LENGTH),
                "\"".repeat(SearchQuery.MAX_WORDS_LENGTH));

        for (String words : hostile) {
            for (Order order : Order.values()) {
                SearchQuery query = query(words, SchemaFilter.all(tenant), Scope.LATEST, order);

                assertThat(hits(query)).as(words).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void searchSchemas_onlyPunctuation_findsNothing() {
        register(examples.in("orders").title("zebra ! ' %"), "1.0.0");

        assertThat(List.of("!", "'", "\"\"", "%", "_", "&|!():*", "…"))
                .allSatisfy(words -> assertThat(search(words)).isEmpty());
    }

    private List<String> search(String words) {
        return search(words, SchemaFilter.all(tenant), Scope.LATEST, Order.RELEVANCE);
    }

    private List<String> search(@Nullable String words, SchemaFilter filter, Scope scope, Order order) {
        return hits(query(words, filter, scope, order)).stream()
                .map(hit -> name(hit.schema()))
                .toList();
    }

    private List<SearchHit> hits(SearchQuery query) {
        return Pages.all(page -> storage.searchSchemas(query, page));
    }

    private static SearchQuery query(@Nullable String words, SchemaFilter filter, Scope scope, Order order) {
        return new SearchQuery(words, filter, scope, order);
    }
}
