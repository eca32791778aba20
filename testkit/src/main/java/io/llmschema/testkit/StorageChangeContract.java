package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SubjectSummary;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes of state and deletions of versions promise. */
abstract class StorageChangeContract extends StorageContract {
    @Test
    void updateSchemaState_isVisibleAtOnceAndChangesNothingElse() {
        SchemaSummary before = register("orders", "1.0.0");
        SchemaState deprecated = new SchemaState.Deprecated("use invoices", LocalDate.of(2031, 1, 1), "invoices");

        SchemaSummary after = storage.updateSchemaState(before.id(), _ -> deprecated);

        assertThat(after.state()).isEqualTo(deprecated);
        assertThat(now(after)).isEqualTo(after);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("state", "revision")
                .isEqualTo(before);
    }

    @Test
    void updateSchemaState_ruleSeesThePresentState() {
        SchemaState draft = new SchemaState.Draft();
        SchemaSummary schema = register(examples.in("orders").state(draft), "1.0.0");

        storage.updateSchemaState(schema.id(), present -> {
            assertThat(present).isEqualTo(draft);
            return new SchemaState.Active();
        });
        SchemaSummary twice = storage.updateSchemaState(schema.id(), present -> {
            assertThat(present).isEqualTo(new SchemaState.Active());
            return new SchemaState.Deprecated("old", null, null);
        });

        assertThat(twice.state()).isEqualTo(new SchemaState.Deprecated("old", null, null));
    }

    @Test
    void updateSchemaState_raisesTheRevisionOfTheSubject() {
        SchemaSummary schema = register("orders", "1.0.0");
        register("orders", "1.1.0");
        long before = storage.getSubject(subject("orders")).orElseThrow().revision();

        SchemaSummary changed = storage.updateSchemaState(schema.id(), _ -> new SchemaState.Archived());

        long after = storage.getSubject(subject("orders")).orElseThrow().revision();
        assertThat(after).isGreaterThan(before);
        assertThat(changed.revision()).isEqualTo(after);
    }

    @Test
    void updateSchemaState_ruleRefuses_changesNothing() {
        SchemaSummary schema = register("orders", "1.0.0");
        InvalidValue refusal = new InvalidValue("state", "ACTIVE", "no");

        assertThatThrownBy(() -> storage.updateSchemaState(schema.id(), _ -> {
                    throw refusal;
                }))
                .isEqualTo(refusal);

        assertThat(now(schema)).isEqualTo(schema);
    }

    @Test
    void updateSchemaState_absentOrDeleted_isRefused() {
        SchemaSummary deleted = register("orders", "1.0.0");
        delete(deleted);

        for (var id : List.of(deleted.id(), examples.newId())) {
            assertThatThrownBy(() -> storage.updateSchemaState(id, _ -> new SchemaState.Active()))
                    .isInstanceOf(SchemaNotFound.class);
        }
    }

    @Test
    void deleteSchema_returnsTheVersionWithItsTimeOfDeletion() {
        SchemaSummary before = register("orders", "1.0.0");
        Instant at = examples.now();

        SchemaSummary after = storage.deleteSchema(before.id(), at);

        assertThat(after.deletedAt()).isEqualTo(at);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("deletedAt", "revision")
                .isEqualTo(before);
    }

    @Test
    void getSchema_afterDelete_isFoundByIdGlobalIdAndHashOnly() {
        SchemaSummary schema = register("orders", "1.0.0");
        register("orders", "0.9.0");

        SchemaSummary deleted = storage.deleteSchema(schema.id(), examples.now());

        assertFound(find(new SchemaKey.ById(schema.id())), deleted);
        assertFound(find(new SchemaKey.ByGlobalId(schema.globalId())), deleted);
        assertFound(
                find(new SchemaKey.ByFingerprint(tenant, schema.fingerprints().raw())), deleted);
        assertThat(storage.exists(new SchemaKey.ById(schema.id()))).isTrue();
        assertThat(find("orders", "1.0.0")).isEmpty();
        assertThat(find("orders", "ordinal:1")).isEmpty();
        assertThat(storage.exists(key("orders", "1.0.0"))).isFalse();
        assertThat(find("orders", "latest").map(StorageContract::name)).contains("orders 0.9.0");
        assertThat(find("orders", ">=1")).isEmpty();
    }

    @Test
    void deleteSchema_leavesTheList() {
        SchemaSummary schema = register("orders", "1.0.0");
        register("orders", "1.1.0");
        delete(schema);

        assertThat(list(Deletion.LIVE)).containsExactly("orders 1.1.0");
        assertThat(list(Deletion.DELETED)).containsExactly("orders 1.0.0");
        assertThat(list(Deletion.ANY)).containsExactly("orders 1.0.0", "orders 1.1.0");
    }

    private List<String> list(Deletion deletion) {
        SchemaFilter filter = SchemaFilter.all(tenant).withDeletion(deletion);
        return names(Pages.all(page -> storage.listSchemas(filter, SchemaOrder.BY_ORDINAL, page)));
    }

    @Test
    void deleteSchema_oneOfSeveral_bringsTheSubjectUpToDate() {
        register("orders", "1.0.0");
        SchemaSummary schema = register("orders", "1.1.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();

        SchemaSummary deleted = storage.deleteSchema(schema.id(), examples.now());

        SubjectSummary after = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(after.versionCount()).isEqualTo(1);
        assertThat(after.latest()).hasToString("1.0.0");
        assertThat(after.isDeleted()).isFalse();
        assertThat(after.revision()).isGreaterThan(before.revision()).isEqualTo(deleted.revision());
    }

    @Test
    void deleteSchema_lastVersion_deletesTheSubject() {
        SchemaSummary schema = register("orders", "1.0.0");
        Instant at = examples.now();

        storage.deleteSchema(schema.id(), at);

        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(subject.deletedAt()).isEqualTo(at);
        assertThat(subject.versionCount()).isZero();
        assertThat(subject.latest()).isNull();
    }

    @Test
    void deleteSchema_absentOrDeleted_isRefused() {
        SchemaSummary deleted = register("orders", "1.0.0");
        delete(deleted);

        for (var id : List.of(deleted.id(), examples.newId())) {
            assertThatThrownBy(() -> storage.deleteSchema(id, examples.now())).isInstanceOf(SchemaNotFound.class);
        }
    }

    @Test
    void deleteSchema_inUse_isRefusedAndNamesUsers() {
        SchemaSummary address = register("address", "1.0.0");
        SchemaSummary user =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        assertThatThrownBy(() -> delete(address))
                .hasMessageContaining("orders")
                .isInstanceOfSatisfying(
                        SchemaInUse.class,
                        refusal -> assertThat(refusal.users()).containsExactly(user));

        assertThat(now(address)).isEqualTo(address);
    }

    @Test
    void deleteSchema_inUseByItsOwnSubject_isRefused() {
        SchemaSummary first = register("orders", "1.0.0");
        register(examples.in("orders").references(examples.reference("orders", "1.0.0")), "1.1.0");

        assertThatThrownBy(() -> delete(first)).isInstanceOf(SchemaInUse.class);
    }

    @Test
    void deleteSchema_anotherVersionIsInUse_isFine() {
        register("address", "1.0.0");
        SchemaSummary unused = register("address", "1.0.1");
        register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        delete(unused);

        assertThat(find("address", "1.0.1")).isEmpty();
    }

    @Test
    void deleteSchema_usersDeletedBefore_isFine() {
        SchemaSummary address = register("address", "1.0.0");
        SchemaSummary user =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        delete(user);
        delete(address);

        assertThat(now(address).isDeleted()).isTrue();
    }
}
