package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Placement;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which version each key picks. */
abstract class StorageSelectionContract extends StorageContract {
    /** From the lowest to the highest, as section 11 of the standard orders them. */
    private static final List<String> ASCENDING = List.of(
            "0.0.0-0",
            "0.0.0",
            "0.9.0",
            "0.10.0",
            "1.0.0-0",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-99999999999999999998",
            "1.0.0-99999999999999999999",
            "1.0.0-100000000000000000000",
            "1.0.0-1" + "0".repeat(60),
            "1.0.0--",
            "1.0.0--1",
            "1.0.0-0a",
            "1.0.0-1-",
            "1.0.0-A",
            "1.0.0-Z",
            "1.0.0-a",
            "1.0.0-a.0",
            "1.0.0-a.a",
            "1.0.0-a-b",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0-rc.1.0",
            "1.0.0-rc.2",
            "1.0.0-rc.10",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.11.0",
            "2.0.0-rc.1",
            "2147483647.2147483647.2147483647");

    @Test
    void getSchema_nothingThere_isEmpty() {
        SchemaId unknown = examples.newId();

        assertThat(List.<SchemaKey>of(
                        new SchemaKey.ById(unknown),
                        new SchemaKey.ByGlobalId(new GlobalId(tenant, Integer.MAX_VALUE)),
                        new SchemaKey.ByFingerprint(tenant, Fingerprint.sha256(new byte[0])),
                        new SchemaKey.ByGuid(tenant, UUID.randomUUID()),
                        key("orders", "latest"),
                        key("orders", "1.0.0"),
                        key("orders", "^1"),
                        key("orders", "ordinal:1")))
                .allSatisfy(key -> {
                    assertThat(storage.getSchema(key)).isEmpty();
                    assertThat(storage.exists(key)).isFalse();
                });
    }

    @Test
    void getSchema_byGuid_findsTheVersionItsContentCameWithDeletedOrNot() {
        UUID guid = UUID.randomUUID();
        SchemaSummary first = register(examples.in("z").text("true").guid(guid).build(), "1.0.0");
        register(examples.in("a").text("true").guid(guid).build(), "1.0.0");
        register(examples.in("b").text("false").guid(UUID.randomUUID()).build(), "1.0.0");

        assertFound(find(new SchemaKey.ByGuid(tenant, guid)), first);
        assertThat(storage.exists(new SchemaKey.ByGuid(tenant, guid))).isTrue();
        delete(first);
        assertFound(find(new SchemaKey.ByGuid(tenant, guid)), now(first));
        storage.purgeSchema(first.id());
        assertFound(
                find(new SchemaKey.ByGuid(tenant, guid)), find("a", "latest").orElseThrow());
        assertThat(find(new SchemaKey.ByGuid(SchemaExamples.freshTenant(), guid)))
                .isEmpty();
    }

    @Test
    void getSchema_byGuidOfSeveralContents_findsThatWithTheLowestGlobalId() {
        UUID guid = UUID.randomUUID();
        SchemaSummary gone = register("gone", "1.0.0");
        delete(gone);
        storage.purgeSchema(gone.id());
        register(examples.in("a").text("true").guid(guid).build(), "1.0.0");
        SchemaSummary first = register(
                examples.in("z")
                        .text("false")
                        .guid(guid)
                        .placement(new Placement(null, gone.globalId().value(), true))
                        .build(),
                "1.0.0");

        assertFound(find(new SchemaKey.ByGuid(tenant, guid)), first);
    }

    @Test
    void getSummary_isThatOfTheVersionDeletedOrNot() {
        SchemaSummary schema = register("orders", "1.2.3");

        assertThat(storage.getSummary(schema.id())).contains(schema);
        delete(schema);
        assertThat(storage.getSummary(schema.id())).contains(now(schema));
        storage.purgeSchema(schema.id());
        assertThat(storage.getSummary(schema.id())).isEmpty();
        assertThat(storage.getSummary(
                        new SchemaId(SchemaExamples.freshTenant(), schema.id().uuid())))
                .isEmpty();
    }

    @Test
    void getSchema_byEachKey_findsTheSame() {
        SchemaSummary schema = register("orders", "1.2.3");

        assertThat(List.<SchemaKey>of(
                        new SchemaKey.ById(schema.id()),
                        new SchemaKey.ByGlobalId(schema.globalId()),
                        new SchemaKey.ByFingerprint(
                                tenant, schema.fingerprints().raw()),
                        key("orders", "latest"),
                        key("orders", "1.2.3"),
                        key("orders", "~1.2"),
                        key("orders", "ordinal:1")))
                .allSatisfy(key -> {
                    assertFound(find(key), schema);
                    assertThat(storage.exists(key)).isTrue();
                });
    }

    @Test
    void getSchema_byGlobalId_findsTheVersionItsContentCameWithDeletedOrNot() {
        SchemaSummary first = register(examples.schema("z", "{}"), "1.0.0");
        SchemaSummary second = register(examples.schema("a", "{}"), "1.0.0");

        assertFound(find(new SchemaKey.ByGlobalId(first.globalId())), first);
        delete(first);
        assertFound(find(new SchemaKey.ByGlobalId(second.globalId())), now(first));
    }

    @Test
    void getSchema_registeredInAnotherOrderThanTheirIds_byGlobalIdIsTheFirst_byFingerprintTheLowestId() {
        var lower = examples.schema("orders", "{}");
        SchemaSummary registeredFirst = register(examples.schema("invoices", "{}"), "1.0.0");
        SchemaSummary registeredLater = register(lower, "1.0.0");

        assertFound(find(new SchemaKey.ByGlobalId(registeredLater.globalId())), registeredFirst);
        assertFound(
                find(new SchemaKey.ByFingerprint(
                        tenant, registeredLater.fingerprints().raw())),
                registeredLater);
    }

    @Test
    void getSchema_byFingerprint_findsTheFirstVersionByIdWhateverItsType() {
        SchemaSummary json = register(examples.in("orders").text("\"string\""), "1.0.0");
        register(examples.in("orders").text("\"string\"").type(SchemaType.AVRO), "2.0.0");
        SchemaKey key = new SchemaKey.ByFingerprint(tenant, json.fingerprints().raw());

        assertFound(find(key), json);
        delete(json);
        assertFound(find(key), now(json));
    }

    @Test
    void getSchema_byFingerprint_looksAtTheRawHashOnly() {
        SchemaSummary schema = register(examples.schema("orders", "{ \"b\": 1 }"), "1.0.0");

        assertThat(find(new SchemaKey.ByFingerprint(
                        tenant, schema.fingerprints().canonical())))
                .isEmpty();
        assertThat(find(new SchemaKey.ByFingerprint(
                        tenant, schema.fingerprints().unordered())))
                .isEmpty();
    }

    @Test
    void getSchema_latest_isTheHighestNotTheNewest() {
        SchemaSummary highest = register("orders", "2.10.0");
        register("orders", "2.9.0");
        register("orders", "1.99.99");

        assertFound(find("orders", "latest"), highest);
    }

    @Test
    void getSchema_latest_prefersReleasesToHigherPreReleases() {
        SchemaSummary release = register("orders", "1.0.0");
        register("orders", "2.0.0-rc.1");

        assertFound(find("orders", "latest"), release);
    }

    @Test
    void getSchema_latestOfPreReleasesOnly_isTheHighestOfThem() {
        SchemaSummary highest = register("orders", "1.0.0-rc.10");
        register("orders", "1.0.0-rc.9");
        register("orders", "1.0.0-beta.100");

        assertFound(find("orders", "latest"), highest);
    }

    @Test
    void getSchema_latestAndRange_seeActiveAndDeprecatedVersionsOnly() {
        register(examples.in("orders").text("1").state(new SchemaState.Archived()), "1.4.0");
        register(examples.in("orders").text("2").state(new SchemaState.Draft()), "1.3.0");
        SchemaSummary deprecated =
                register(examples.in("orders").text("3").state(new SchemaState.Deprecated("old", null, null)), "1.2.0");
        SchemaSummary active = register("orders", "1.1.0");

        assertFound(find("orders", "latest"), deprecated);
        assertFound(find("orders", "^1"), deprecated);
        delete(deprecated);
        assertFound(find("orders", "latest"), active);
        assertFound(find("orders", ">1.0"), active);
        delete(active);
        assertThat(find("orders", "latest")).isEmpty();
        assertThat(find("orders", "*")).isEmpty();
    }

    @Test
    void getSchema_latest_followsChangesOfState() {
        SchemaSummary low = register("orders", "1.0.0");
        SchemaSummary high = register(examples.in("orders").text("[]").state(new SchemaState.Draft()), "1.1.0");
        assertFound(find("orders", "latest"), low);

        SchemaSummary activated = storage.updateSchemaState(high.id(), _ -> new SchemaState.Active());
        assertFound(find("orders", "latest"), activated);

        storage.updateSchemaState(high.id(), _ -> new SchemaState.Archived());
        assertFound(find("orders", "latest"), low);
        assertThat(storage.getSubject(subject("orders")).orElseThrow().latest()).isEqualTo(low.version());
    }

    @Test
    void getSchema_latestOfDraftReleaseAndActivePreRelease_isThePreRelease() {
        register(examples.in("orders").text("1").state(new SchemaState.Draft()), "1.0.0");
        SchemaSummary preRelease = register("orders", "0.9.0-rc.1");

        assertFound(find("orders", "latest"), preRelease);
    }

    @Test
    void getSchema_exactOrOrdinal_findsAnyStateButNotDeletedOnes() {
        SchemaSummary draft = register(examples.in("orders").text("1").state(new SchemaState.Draft()), "1.0.0");
        SchemaSummary archived = register(examples.in("orders").text("2").state(new SchemaState.Archived()), "1.1.0");
        SchemaSummary deleted = register("orders", "1.2.0");
        delete(deleted);

        assertFound(find("orders", "1.0.0"), draft);
        assertFound(find("orders", "ordinal:1"), draft);
        assertFound(find("orders", "1.1.0"), archived);
        assertFound(find("orders", "ordinal:2"), archived);
        assertThat(find("orders", "1.2.0")).isEmpty();
        assertThat(find("orders", "ordinal:3")).isEmpty();
        assertThat(find("orders", "ordinal:4")).isEmpty();
        assertThat(find("orders", "ordinal:" + Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void getSchema_exact_goesByPrecedence() {
        SchemaSummary schema = register("orders", "1.0.0+build.7");

        assertFound(find("orders", "1.0.0"), schema);
        assertFound(find("orders", "1.0.0+build.7"), schema);
        assertFound(find("orders", "1.0.0+other"), schema);
        assertThat(find("orders", "1.0.0-build.7")).isEmpty();
    }

    @Test
    void getSchema_range_findsTheHighestMember() {
        for (String version :
                List.of("0.9.0", "1.2.0", "1.10.0", "1.9.5", "2.0.0", "2.1.0-rc.1", "2.1.0-rc.2", "3.0.0-rc.1")) {
            register("orders", version);
        }

        assertRange("^1", "1.10.0");
        assertRange("1.x", "1.10.0");
        assertRange("~1.9", "1.9.5");
        assertRange("<1.10", "1.9.5");
        assertRange("1.2 - 1.9", "1.9.5");
        assertRange("^0.9 || ^1.2 <1.3", "1.2.0");
        assertRange("^0.8 || ^2", "2.0.0");
        assertRange("*", "2.0.0");
        assertRange(">=2.1.0-rc.1", "2.1.0-rc.2");
        assertRange("^2.1.0-rc.1", "2.1.0-rc.2");
        assertRange(">2.1.0-rc.1 <2.1.0", "2.1.0-rc.2");
        assertRange("^3.0.0-0", "3.0.0-rc.1");
        assertThat(find("orders", "^3")).isEmpty();
        assertThat(find("orders", "^4")).isEmpty();
        assertThat(find("orders", "<0.9")).isEmpty();
    }

    private void assertRange(String range, String version) {
        assertThat(find("orders", range).map(schema -> schema.version().toString()))
                .as(range)
                .contains(version);
    }

    @Test
    void listSchemas_byVersion_isInTheOrderOfTheStandard() {
        long seed = System.nanoTime();
        List<String> shuffled = new ArrayList<>(ASCENDING);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.forEach(version -> register("orders", version));

        var listed = Pages.all(7, page -> storage.listSchemas(SchemaFilter.all(tenant), SchemaOrder.BY_VERSION, page));

        assertThat(listed.stream().map(schema -> schema.version().toString()))
                .as("seed " + seed)
                .isEqualTo(ASCENDING.reversed());
    }

    @Test
    void getSchema_exact_tellsSimilarVersionsApart() {
        ASCENDING.forEach(version -> register("orders", version));

        assertThat(ASCENDING)
                .allSatisfy(version -> assertThat(
                                find("orders", version).orElseThrow().version().toString())
                        .isEqualTo(version));
    }

    @Test
    void getSchema_similarSubjects_areToldApart() {
        List<String> names =
                List.of("orders", "Orders", "ORDERS", "order", "orders/v1", "orders.v1", "orders-v1", "órders");
        List<SchemaSummary> schemas =
                names.stream().map(name -> register(name, "1.0.0")).toList();

        assertThat(schemas)
                .allSatisfy(schema -> assertFound(find(schema.subject().name(), "latest"), schema));
    }
}
