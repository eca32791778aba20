package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.PageRequest;
import io.llmschema.model.RegistryException.NotDeletedYet;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SubjectSummary;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.StorageTransaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the permanent removal of versions promises. */
abstract class StoragePurgeContract extends StorageContract {
    /** Soft-deletes a version, asks for it in every way so that whoever keeps answers has them, and removes it for good. */
    private SchemaSummary purge(SchemaSummary schema) {
        delete(schema);
        keysOf(schema).forEach(storage::getSchema);
        return storage.purgeSchema(schema.id());
    }

    private List<SchemaKey> keysOf(SchemaSummary schema) {
        String subject = schema.subject().name();
        return List.of(
                new SchemaKey.ById(schema.id()),
                new SchemaKey.ByGlobalId(schema.globalId()),
                new SchemaKey.ByFingerprint(tenant, schema.fingerprints().raw()),
                key(subject, schema.version().toString()),
                key(subject, "ordinal:" + schema.ordinal()),
                key(subject, "latest"));
    }

    private List<SchemaSummary> listed(SchemaFilter filter) {
        return Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page));
    }

    private SchemaFilter all() {
        return SchemaFilter.all(tenant).withDeletion(Deletion.ANY);
    }

    private SubjectSummary describe(String subject) {
        return storage.getSubject(subject(subject)).orElseThrow();
    }

    @Test
    void purgeSchema_nothingLeadsToItAnyMore() {
        SchemaSummary schema = register("orders", "1.0.0");

        SchemaSummary last = purge(schema);

        assertThat(last)
                .usingRecursiveComparison()
                .ignoringFields("deletedAt", "revision")
                .isEqualTo(schema);
        assertThat(last.isDeleted()).isTrue();
        assertThat(keysOf(schema)).allSatisfy(key -> {
            assertThat(storage.getSchema(key)).as(key.toString()).isEmpty();
            assertThat(storage.exists(key)).as(key.toString()).isFalse();
        });
        assertThat(listed(all())).isEmpty();
        assertThat(listed(all().withGlobalId(schema.globalId()))).isEmpty();
        assertThat(listed(all().withFingerprint(schema.fingerprints().canonical())))
                .isEmpty();
        assertThat(storage.statistics(tenant).deletedVersions()).isZero();
        assertThat(storage.statistics(tenant).contents()).isZero();
        assertThat(storage.statistics(tenant).contentBytes()).isZero();
    }

    @Test
    void purgeSchema_isNoLongerFoundByItsWords() {
        SchemaSummary schema = register(examples.in("orders").title("Zebra"), "1.0.0");
        SearchQuery query = new SearchQuery("zebra", all(), SearchQuery.Scope.ALL, SearchQuery.Order.BY_SUBJECT);
        delete(schema);
        assertThat(storage.searchSchemas(query, PageRequest.first(10)).items()).hasSize(1);

        storage.purgeSchema(schema.id());

        assertThat(storage.searchSchemas(query, PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void purgeSchema_leavesOtherVersionsAlone() {
        SchemaSummary gone = register("orders", "1.0.0");
        SchemaSummary left = register("orders", "1.1.0");

        purge(gone);

        assertThat(listed(all())).containsExactly(left);
        assertFound(find("orders", "latest"), left);
        assertFound(find("orders", "ordinal:2"), left);
        assertThat(describe("orders").versionCount()).isEqualTo(1);
    }

    @Test
    void purgeSchema_live_isRefused() {
        SchemaSummary schema = register("orders", "1.0.0");

        assertThatThrownBy(() -> storage.purgeSchema(schema.id()))
                .isInstanceOf(NotDeletedYet.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("1.0.0");

        assertThat(now(schema)).isEqualTo(schema);
    }

    @Test
    void purgeSchema_absentOrPurged_isRefused() {
        SchemaSummary gone = register("orders", "1.0.0");
        purge(gone);

        for (var id : List.of(gone.id(), examples.newId())) {
            assertThatThrownBy(() -> storage.purgeSchema(id)).isInstanceOf(SchemaNotFound.class);
        }
        assertThatThrownBy(() -> delete(gone)).isInstanceOf(SchemaNotFound.class);
    }

    @Test
    void purgeSchema_deletedSchemaRefersToIt_isRefusedUntilThatIsPurgedToo() {
        SchemaSummary address = register("address", "1.0.0");
        SchemaSummary user =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");
        delete(user);
        delete(address);
        SchemaSummary deleted = now(address);

        assertThatThrownBy(() -> storage.purgeSchema(address.id()))
                .hasMessageContaining("orders")
                .isInstanceOfSatisfying(
                        SchemaInUse.class,
                        refusal -> assertThat(refusal.users()).containsExactly(now(user)));
        assertThat(now(address)).isEqualTo(deleted);

        storage.purgeSchema(user.id());
        storage.purgeSchema(address.id());
        assertThat(listed(all())).isEmpty();
    }

    @Test
    void purgeSchema_takesItsReferencesWithIt() {
        SchemaSummary address = register("address", "1.0.0");
        SchemaSummary user =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        purge(user);

        for (Direction direction : Direction.values()) {
            for (SchemaSummary schema : List.of(user, address)) {
                assertThat(storage.dependencies(schema.id(), direction, true, PageRequest.first(10))
                                .items())
                        .isEmpty();
            }
        }
        delete(address);
    }

    @Test
    void registerSchema_numberOfAPurgedVersion_isRefusedAsDeleted() {
        SchemaSummary lower = register("orders", "1.0.0+build.7");
        register("orders", "2.0.0");
        SchemaSummary highest = register("orders", "3.0.0");
        purge(lower);
        purge(highest);

        for (String version : List.of("1.0.0", "3.0.0")) {
            assertThatThrownBy(() -> register(examples.schema("orders", "[\"new\"]"), version))
                    .isInstanceOf(VersionExists.class)
                    .hasMessageContaining("deleted version " + version);
        }
        // Not even for the content that it had.
        assertThatThrownBy(() -> register("orders", "3.0.0")).isInstanceOf(VersionExists.class);
    }

    @Test
    void registerSchema_afterPurge_goesOnCounting() {
        SchemaSummary one = register("orders", "1.0.0");
        SchemaSummary two = register("orders", "1.1.0");
        purge(two);
        purge(one);

        SchemaSummary next = storage.registerSchema(examples.schema("orders", "{}"), nextMinor())
                .schema();

        assertThat(next.version()).hasToString("1.2.0");
        assertThat(next.ordinal()).isEqualTo(3);
        assertThat(describe("orders").isDeleted()).isFalse();
    }

    @Test
    void purgeSchema_lastVersion_leavesTheSubjectAsItWas() {
        SchemaSummary schema = register("orders", "1.0.0");
        delete(schema);
        SubjectSummary before = describe("orders");

        storage.purgeSchema(schema.id());

        SubjectSummary after = describe("orders");
        assertThat(after).usingRecursiveComparison().ignoringFields("revision").isEqualTo(before);
        assertThat(after.isDeleted()).isTrue();
        assertThat(after.revision()).isGreaterThan(before.revision());
    }

    @Test
    void purgeSchema_contentOfOthersToo_isLeftToTheOldest() {
        SchemaSummary first = register(examples.schema("a", "{}"), "1.0.0");
        SchemaSummary second = register(examples.schema("b", "{}"), "1.0.0");
        SchemaSummary third = register(examples.schema("c", "{}"), "1.0.0");
        SchemaKey byGlobalId = new SchemaKey.ByGlobalId(first.globalId());
        delete(second);

        purge(first);
        assertThat(find(byGlobalId)).contains(now(second));
        assertFound(
                find(new SchemaKey.ByFingerprint(tenant, first.fingerprints().raw())), now(second));
        assertThat(storage.getSchema(new SchemaKey.ById(third.id()))
                        .orElseThrow()
                        .content()
                        .text())
                .isEqualTo("{}");

        storage.purgeSchema(second.id());
        assertFound(find(byGlobalId), third);
        assertThat(storage.statistics(tenant).contents()).isEqualTo(1);
        SchemaSummary again = register(examples.schema("d", "{}"), "1.0.0");
        assertThat(again.globalId()).isEqualTo(third.globalId());
    }

    @Test
    void purgeSchema_contentThatCameWithAnother_leavesItsGlobalIdAlone() {
        SchemaSummary first = register(examples.schema("a", "{}"), "1.0.0");
        SchemaSummary second = register(examples.schema("b", "{}"), "1.0.0");

        purge(second);

        assertFound(find(new SchemaKey.ByGlobalId(first.globalId())), first);
    }

    @Test
    void registerSchema_contentThatWasPurged_getsAnotherGlobalId() {
        SchemaSummary gone = register(examples.schema("a", "{}"), "1.0.0");
        register(examples.schema("a", "[]"), "2.0.0");
        purge(gone);

        SchemaSummary again = register(examples.schema("a", "{}"), "3.0.0");

        assertThat(again.globalId()).isNotEqualTo(gone.globalId());
        assertThat(again.ordinal()).isEqualTo(3);
        assertThat(find(new SchemaKey.ByGlobalId(gone.globalId()))).isEmpty();
        assertFound(find(new SchemaKey.ByGlobalId(again.globalId())), again);
    }

    @Test
    void purgeSchema_allVersionsOfALockedSubject_leaveNothing() {
        List<SchemaSummary> versions = new ArrayList<>();
        versions.add(register(examples.in("orders").text("{\"$id\": \"a\"}").title("Zebra"), "1.0.0"));
        versions.add(register(examples.in("orders").text("{\"$id\": \"b\"}").title("Zebra crossing"), "1.1.0"));
        versions.add(register(
                examples.in("orders").text("true").references(examples.reference("orders", "1.0.0")), "1.2.0"));
        SchemaSummary elsewhere = register(examples.schema("invoices", "{\"$id\": \"b\"}"), "1.0.0");
        storage.deleteSubject(subject("orders"), examples.now());
        versions.forEach(schema -> keysOf(schema).forEach(storage::getSchema));

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.lockSubjects(List.of(subject("orders")));
            versions.reversed().forEach(schema -> transaction.purgeSchema(schema.id()));
            transaction.commit();
        }

        assertThat(listed(all())).containsExactly(elsewhere);
        assertFound(find(new SchemaKey.ByGlobalId(elsewhere.globalId())), elsewhere);
        versions.forEach(schema -> assertThat(find(new SchemaKey.ById(schema.id())))
                .as(name(schema))
                .isEmpty());
        assertThat(storage.statistics(tenant).contents()).isEqualTo(1);
        assertThat(register("orders", "1.3.0").ordinal()).isEqualTo(4);
    }

    @Test
    void purgeSchema_givenUp_changesNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        delete(schema);
        SchemaSummary deleted = now(schema);

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.purgeSchema(schema.id());
            assertThat(transaction.getSchema(new SchemaKey.ById(schema.id()))).isEmpty();
        }

        assertThat(now(schema)).isEqualTo(deleted);
        assertFound(find(new SchemaKey.ByGlobalId(schema.globalId())), deleted);
    }

    @Test
    void purgeSchema_inATransactionWithAllBefore_isDone() {
        SchemaSummary old = register("orders", "1.0.0");

        try (StorageTransaction transaction = storage.beginTransaction()) {
            SchemaSummary fresh = transaction
                    .registerSchema(examples.schema("orders", "{}"), assign("2.0.0"))
                    .schema();
            for (SchemaSummary schema : List.of(old, fresh)) {
                transaction.deleteSchema(schema.id(), examples.now());
                transaction.purgeSchema(schema.id());
            }
            transaction.commit();
        }

        assertThat(listed(all())).isEmpty();
        assertThat(describe("orders").isDeleted()).isTrue();
    }
}
