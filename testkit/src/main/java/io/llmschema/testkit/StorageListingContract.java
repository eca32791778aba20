package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.SubjectFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the lists of versions hold, in what order, and how they are read page by page. */
abstract class StorageListingContract extends StorageContract {
    @Test
    void listSchemas_nothingThere_isEmpty() {
        for (SchemaOrder order : SchemaOrder.values()) {
            Page<SchemaSummary> page = storage.listSchemas(SchemaFilter.all(tenant), order, PageRequest.first(1));

            assertThat(page).isEqualTo(new Page<>(List.of(), null));
        }
    }

    @Test
    void listSchemas_byOrdinal_isBySubjectThenInTheOrderOfRegistration() {
        for (String name : List.of("𐐀", "Ａ", "b", "a")) {
            register(name, "2.0.0");
            register(name, "1.0.0");
        }

        assertThat(list(SchemaFilter.all(tenant), SchemaOrder.BY_ORDINAL))
                .containsExactly(
                        "a 2.0.0", "a 1.0.0", "b 2.0.0", "b 1.0.0", "Ａ 2.0.0", "Ａ 1.0.0", "𐐀 2.0.0", "𐐀 1.0.0");
    }

    @Test
    void listSchemas_byOrdinal_countsBeyondNine() {
        for (int minor = 0; minor < 12; minor++) {
            register("orders", "1." + (11 - minor) + ".0");
        }

        assertThat(Pages.all(page -> storage.listSchemas(SchemaFilter.all(tenant), SchemaOrder.BY_ORDINAL, page)))
                .extracting(SchemaSummary::ordinal)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void listSchemas_byVersion_isBySubjectThenTheHighestFirst() {
        for (String name : List.of("b", "a")) {
            List.of("1.0.0-rc.2", "1.0.0", "1.10.0", "1.0.0-rc.10", "1.9.0")
                    .forEach(version -> register(name, version));
        }

        assertThat(list(SchemaFilter.all(tenant), SchemaOrder.BY_VERSION))
                .containsExactly(
                        "a 1.10.0",
                        "a 1.9.0",
                        "a 1.0.0",
                        "a 1.0.0-rc.10",
                        "a 1.0.0-rc.2",
                        "b 1.10.0",
                        "b 1.9.0",
                        "b 1.0.0",
                        "b 1.0.0-rc.10",
                        "b 1.0.0-rc.2");
    }

    @Test
    void listSchemas_newestFirst_isByTimeThenByIdWhateverTheSubject() {
        Instant noon = Instant.parse("2026-03-04T12:00:00.000001Z");
        register(examples.in("b").createdAt(noon), "1.0.0");
        register(examples.in("a").createdAt(noon), "1.0.0");
        register(examples.in("c").createdAt(noon.plusNanos(1000)), "1.0.0");
        register(examples.in("d").createdAt(noon.minusNanos(1000)), "1.0.0");

        assertThat(list(SchemaFilter.all(tenant), SchemaOrder.NEWEST_FIRST))
                .containsExactly("c 1.0.0", "a 1.0.0", "b 1.0.0", "d 1.0.0");
    }

    @Test
    void listSchemas_anyOrder_isTheSameInPagesOfAnySize() {
        Instant noon = Instant.parse("2026-03-04T12:00:00Z");
        for (String name : List.of("𐐀", "b", "Ａ", "a")) {
            for (String version : List.of("1.0.0-rc.10", "1.0.0", "1.0.0-rc.2+x", "0.1.0")) {
                register(examples.in(name).text(version).createdAt(noon), version);
            }
        }
        delete(find("b", "1.0.0").orElseThrow());

        for (SchemaOrder order : SchemaOrder.values()) {
            for (Deletion deletion : Deletion.values()) {
                SchemaFilter filter = SchemaFilter.all(tenant).withDeletion(deletion);
                Pages.assertSameInPagesOfAnySize(page -> storage.listSchemas(filter, order, page));
            }
        }
    }

    @Test
    void listSchemas_versionsComeAndGoBetweenPages_doNotMoveTheOthers() {
        for (SchemaOrder order : SchemaOrder.values()) {
            String prefix = order.name().toLowerCase(Locale.ROOT);
            List<SchemaSummary> before = new ArrayList<>();
            for (int minor = 1; minor <= 4; minor++) {
                before.add(register(prefix, "1." + minor + ".0"));
            }
            SchemaFilter filter = SchemaFilters.prefix(tenant, prefix);
            List<SchemaSummary> seen = Pages.all(1, page -> {
                Page<SchemaSummary> answer = storage.listSchemas(filter, order, page);
                SchemaSummary last = answer.items().getFirst();
                if (before.stream().anyMatch(last::equals)) {
                    delete(last);
                    // Before the place reached by version, after it in the other orders.
                    register(
                            examples.in(prefix).text(prefix + last.id()).createdAt(Instant.EPOCH),
                            "2." + last.version().minor() + ".0");
                }
                return answer;
            });

            assertThat(seen).as(order.name()).doesNotHaveDuplicates().containsAll(before);
        }
    }

    @Test
    void listSchemas_bySubject_isExact() {
        List.of("orders", "orders2", "Orders").forEach(name -> register(name, "1.0.0"));

        assertThat(list(SchemaFilter.all(tenant).withSubject(subject("orders"))))
                .containsExactly("orders 1.0.0");
        assertThat(list(SchemaFilter.all(tenant).withSubject(subject("nobody"))))
                .isEmpty();
    }

    @Test
    void listSchemas_byPrefix_takesEveryCharacterAsItself() {
        List.of("a%b", "a_b", "a\\b", "axb", "A%B", "a'b", "𐐀b").forEach(name -> register(name, "1.0.0"));

        assertThat(list(SchemaFilters.prefix(tenant, "a%"))).containsExactly("a%b 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "a_"))).containsExactly("a_b 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "a\\"))).containsExactly("a\\b 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "a'"))).containsExactly("a'b 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "A"))).containsExactly("A%B 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "𐐀"))).containsExactly("𐐀b 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "%"))).isEmpty();
    }

    @Test
    void listSchemas_byTypeAndStage_takesAnyOfThem() {
        register(examples.in("a").type(SchemaType.AVRO), "1.0.0");
        register(examples.in("b").type(SchemaType.PROTOBUF).state(new SchemaState.Draft()), "1.0.0");
        register(examples.in("c").state(new SchemaState.Deprecated("old", null, null)), "1.0.0");

        assertThat(list(SchemaFilters.types(tenant, SchemaType.AVRO, SchemaType.JSON)))
                .containsExactly("a 1.0.0", "c 1.0.0");
        assertThat(list(SchemaFilter.all(tenant).withStages(Set.of(Stage.DRAFT, Stage.DEPRECATED))))
                .containsExactly("b 1.0.0", "c 1.0.0");
        assertThat(list(SchemaFilter.all(tenant).withStages(Set.of(Stage.ARCHIVED))))
                .isEmpty();
    }

    @Test
    void listSchemas_byOwner_isExact() {
        List<String> owners = List.of("o'neil", "o_neil", "oxneil", "O'NEIL", "50%", "a\\b", "\"q\"");
        for (String owner : owners) {
            register(examples.in("s" + owners.indexOf(owner)).owner(owner), "1.0.0");
        }
        register("nobody", "1.0.0");

        for (String owner : owners) {
            assertThat(list(SchemaFilters.owner(tenant, owner)))
                    .containsExactly("s" + owners.indexOf(owner) + " 1.0.0");
        }
        assertThat(list(SchemaFilters.owner(tenant, "%"))).isEmpty();
    }

    @Test
    void listSchemas_byTags_asksForAllOfThemExactly() {
        register(examples.in("a").tags("x", "a,b", "50%"), "1.0.0");
        register(examples.in("b").tags("x", "{y}", "o'neil"), "1.0.0");
        register(examples.in("c").tags("a", "b", "\\", "\""), "1.0.0");

        assertThat(list(SchemaFilters.tags(tenant, "x"))).containsExactly("a 1.0.0", "b 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "{y}", "x"))).containsExactly("b 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "a,b"))).containsExactly("a 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "a", "b"))).containsExactly("c 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "o'neil"))).containsExactly("b 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "\\", "\""))).containsExactly("c 1.0.0");
        assertThat(list(SchemaFilters.tags(tenant, "X"))).isEmpty();
        assertThat(list(SchemaFilters.tags(tenant, "%"))).isEmpty();
    }

    @Test
    void listSchemas_byAttributes_isContainment() {
        register(
                examples.in("a").attributes("{\"team\": \"x\", \"deep\": {\"er\": {\"est\": 1.0}, \"n\": null}}"),
                "1.0.0");
        register(
                examples.in("b").attributes("{\"team\": \"y\", \"list\": [1, [2, 3], {\"k\": \"v\", \"w\": true}]}"),
                "1.0.0");
        register("c", "1.0.0");

        assertAttributes("{}", "a 1.0.0", "b 1.0.0", "c 1.0.0");
        assertAttributes("{\"team\": \"x\"}", "a 1.0.0");
        assertAttributes("{\"team\": \"X\"}");
        assertAttributes("{\"deep\": {}}", "a 1.0.0");
        assertAttributes("{\"deep\": {\"er\": {\"est\": 1}}}", "a 1.0.0");
        assertAttributes("{\"deep\": {\"n\": null}}", "a 1.0.0");
        assertAttributes("{\"deep\": {\"missing\": null}}");
        assertAttributes("{\"er\": {\"est\": 1}}");
        assertAttributes("{\"list\": []}", "b 1.0.0");
        assertAttributes("{\"list\": [1, 1]}", "b 1.0.0");
        assertAttributes("{\"list\": [[3]]}", "b 1.0.0");
        assertAttributes("{\"list\": [{\"k\": \"v\"}]}", "b 1.0.0");
        assertAttributes("{\"list\": [{\"k\": \"v\", \"w\": false}]}");
        assertAttributes("{\"list\": [3]}");
        assertAttributes("{\"list\": 1}");
        assertAttributes("{\"list\": {\"k\": \"v\"}}");
    }

    private void assertAttributes(String json, String... expected) {
        assertThat(list(SchemaFilters.attributes(tenant, json))).as(json).containsExactly(expected);
    }

    @Test
    void listSchemas_byFingerprint_takesAnyOfTheThree() {
        SchemaSummary schema = register(examples.schema("a", "{ \"ab\": 12 }"), "1.0.0");
        register(examples.schema("b", "{\"ab\":12}"), "1.0.0");
        register(examples.schema("c", "{\"ba\":21}"), "1.0.0");

        SchemaFilter all = SchemaFilter.all(tenant);
        assertThat(list(all.withFingerprint(schema.fingerprints().raw()))).containsExactly("a 1.0.0");
        assertThat(list(all.withFingerprint(schema.fingerprints().canonical()))).containsExactly("a 1.0.0", "b 1.0.0");
        assertThat(list(all.withFingerprint(schema.fingerprints().unordered())))
                .containsExactly("a 1.0.0", "b 1.0.0", "c 1.0.0");
        assertThat(list(all.withFingerprint(new Fingerprint(0, -1, 0, -1)))).isEmpty();
    }

    @Test
    void listSchemas_byGlobalId_findsAllVersionsWithThatContent() {
        SchemaSummary schema = register(examples.schema("b", "{}"), "1.0.0");
        register(examples.schema("a", "{}"), "1.0.0");
        register(examples.schema("a", "true"), "2.0.0");

        assertThat(list(SchemaFilter.all(tenant).withGlobalId(schema.globalId())))
                .containsExactly("a 1.0.0", "b 1.0.0");
    }

    @Test
    void listSchemas_severalConditions_asksAllOfThem() {
        register(examples.in("a").type(SchemaType.AVRO).owner("x"), "1.0.0");
        register(examples.in("a").type(SchemaType.AVRO).text("[]").state(new SchemaState.Draft()), "2.0.0");
        register(examples.in("b").type(SchemaType.AVRO), "1.0.0");

        SchemaFilter filter = SchemaFilters.types(tenant, SchemaType.AVRO)
                .withSubject(subject("a"))
                .withStages(Set.of(Stage.ACTIVE));

        assertThat(list(filter)).containsExactly("a 1.0.0");
        assertThat(list(SchemaFilters.prefix(tenant, "b").withSubject(subject("a"))))
                .isEmpty();
    }

    @Test
    void everyList_forgedPosition_isRefusedAsACursor() {
        SchemaSummary schema = register("orders", "1.0.0");
        SchemaFilter filter = SchemaFilter.all(tenant);
        for (SchemaOrder order : SchemaOrder.values()) {
            assertForgedIsRefused(page -> storage.listSchemas(filter, order, page), "orders", "x y");
        }
        for (SearchQuery.Order order : SearchQuery.Order.values()) {
            for (String words : new String[] {"orders", null}) {
                SearchQuery query = new SearchQuery(words, filter, SearchQuery.Scope.ALL, order);
                assertForgedIsRefused(page -> storage.searchSchemas(query, page), "orders", "x y");
            }
        }
        for (Direction direction : Direction.values()) {
            assertForgedIsRefused(page -> storage.dependencies(schema.id(), direction, true, page), "1", "x y");
            assertForgedIsRefused(
                    page -> storage.dependencies(schema.id(), direction, false, page),
                    "one",
                    schema.id().toString());
        }
        assertForgedIsRefused(page -> storage.listSubjects(SubjectFilter.all(tenant), page));
        assertForgedIsRefused(page -> storage.listSettings(SettingsFilter.all(tenant), page));
    }

    /** Refuses these keys, and too few of them; even where nothing is in the list. */
    private <T> void assertForgedIsRefused(Function<PageRequest, Page<T>> list, String... keys) {
        List<String> forged = List.of(keys);
        for (int size = 0; size <= forged.size(); size++) {
            PagePosition position = new PagePosition(forged.subList(0, size));
            assertThatThrownBy(() -> list.apply(new PageRequest(10, position)))
                    .as(position.toString())
                    .isInstanceOfSatisfying(
                            InvalidValue.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("cursor"));
        }
    }

    private List<String> list(SchemaFilter filter) {
        return list(filter, SchemaOrder.BY_ORDINAL);
    }

    private List<String> list(SchemaFilter filter, SchemaOrder order) {
        return names(Pages.all(page -> storage.listSchemas(filter, order, page)));
    }
}
