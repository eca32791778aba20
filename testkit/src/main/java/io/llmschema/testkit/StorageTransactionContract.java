package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Metadata;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a transaction is done whole or not at all. */
abstract class StorageTransactionContract extends StorageContract {
    @Test
    void commit_makesAllChangesVisibleTogether() {
        SchemaSummary old = register("old", "1.0.0");
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("address", "{}"), assign("1.0.0"));
            transaction.registerSchema(
                    examples.in("orders")
                            .references(examples.reference("address", "1.0.0"))
                            .build(),
                    assign("1.0.0"));
            transaction.deleteSchema(old.id(), examples.now());
            assertThat(find("address", "1.0.0")).isEmpty();
            assertThat(find("orders", "1.0.0")).isEmpty();
            assertThat(find("old", "1.0.0")).isPresent();

            transaction.commit();
        }

        assertThat(find("address", "1.0.0")).isPresent();
        assertThat(find("orders", "1.0.0")).isPresent();
        assertThat(find("old", "1.0.0")).isEmpty();
    }

    @Test
    void commit_isVisibleBeforeClose() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("orders", "{}"), assign("1.0.0"));
            transaction.commit();

            assertThat(find("orders", "1.0.0")).isPresent();
        }
    }

    @Test
    void close_withoutCommit_undoesAll() {
        SchemaSummary first = register("orders", "1.0.0");
        register("address", "1.0.0");
        var before = Pages.all(page -> storage.listSubjects(SubjectFilter.all(tenant), page));
        var statistics = storage.statistics(tenant);

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.registerSchema(examples.schema("orders", "true"), nextMinor());
            transaction.registerSchema(examples.schema("invoices", "true"), nextMinor());
            transaction.updateSchemaState(first.id(), _ -> new SchemaState.Archived());
            transaction.updateSubject(
                    subject("orders"),
                    _ -> new SubjectDetails(Metadata.NONE, new SchemaState.Archived()),
                    examples.now());
            transaction.deleteSubject(subject("address"), examples.now());
        }

        assertThat(Pages.all(page -> storage.listSubjects(SubjectFilter.all(tenant), page)))
                .isEqualTo(before);
        assertThat(now(first)).isEqualTo(first);
        assertThat(storage.statistics(tenant).versions()).isEqualTo(statistics.versions());
        assertThat(storage.statistics(tenant).contents()).isEqualTo(statistics.contents());
        assertThat(register("orders", "1.1.0").ordinal()).isEqualTo(2);
    }

    @Test
    void transaction_seesItsOwnChangesInEveryAnswer() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            SchemaSummary address = transaction
                    .registerSchema(examples.in("address").title("zebra").build(), assign("1.0.0"))
                    .schema();
            SchemaSummary orders = transaction
                    .registerSchema(
                            examples.in("orders")
                                    .references(examples.reference("address", "1.0.0"))
                                    .build(),
                            assign("1.0.0"))
                    .schema();

            assertThat(transaction.exists(key("orders", "latest"))).isTrue();
            assertThat(transaction
                            .getSchema(key("orders", "ordinal:1"))
                            .orElseThrow()
                            .summary())
                    .isEqualTo(orders);
            assertThat(transaction.getSubject(subject("orders"))).isPresent();
            assertThat(Pages.all(
                            page -> transaction.listSchemas(SchemaFilter.all(tenant), SchemaOrder.BY_ORDINAL, page)))
                    .containsExactly(address, orders);
            assertThat(Pages.all(page -> transaction.listSubjects(SubjectFilter.all(tenant), page)))
                    .hasSize(2);
            assertThat(Pages.all(page -> transaction.dependencies(address.id(), Direction.DEPENDENTS, true, page)))
                    .hasSize(1);
            assertThat(transaction.statistics(tenant).versions()).isEqualTo(2);
            SearchQuery query = new SearchQuery(
                    "zebra", SchemaFilter.all(tenant), SearchQuery.Scope.LATEST, SearchQuery.Order.RELEVANCE);
            assertThat(Pages.all(page -> transaction.searchSchemas(query, page)))
                    .hasSize(1);
            assertThat(storage.statistics(tenant).versions()).isZero();
        }
    }

    @Test
    void transaction_changesTheSameVersionTwice() {
        SchemaSummary schema = register("orders", "1.0.0");

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.updateSchemaState(schema.id(), _ -> new SchemaState.Deprecated("old", null, null));
            transaction.updateSchemaState(schema.id(), present -> {
                assertThat(present.stage()).isEqualTo(SchemaState.Stage.DEPRECATED);
                return new SchemaState.Archived();
            });
            transaction.commit();
        }

        assertThat(now(schema).state()).isEqualTo(new SchemaState.Archived());
    }

    @Test
    void transaction_registersSeveralVersionsOfOneSubject() {
        List<Registration> registrations;
        try (StorageTransaction transaction = storage.beginTransaction()) {
            registrations = List.of("{}", "[]", "{}", "1").stream()
                    .map(text -> transaction.registerSchema(examples.schema("orders", text), nextMinor()))
                    .toList();
            transaction.commit();
        }

        assertThat(registrations)
                .extracting(registration -> registration.schema().ordinal())
                .containsExactly(1, 2, 1, 3);
        assertThat(registrations).extracting(Registration::isNew).containsExactly(true, true, false, true);
    }

    @Test
    void transaction_deletesAReferenceAfterItsUser() {
        SchemaSummary address = register("address", "1.0.0");
        SchemaSummary orders =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.deleteSchema(orders.id(), examples.now());
            transaction.deleteSchema(address.id(), examples.now());
            transaction.commit();
        }

        assertThat(now(address).isDeleted()).isTrue();
        assertThat(now(orders).isDeleted()).isTrue();
    }

    @Test
    void transaction_refusal_undoesAllThatCameBefore() {
        register("orders", "1.0.0");

        assertThatThrownBy(() -> {
                    try (StorageTransaction transaction = storage.beginTransaction()) {
                        transaction.registerSchema(examples.schema("invoices", "{}"), assign("1.0.0"));
                        transaction.registerSchema(examples.schema("orders", "true"), assign("1.0.0"));
                        transaction.commit();
                    }
                })
                .isInstanceOf(VersionExists.class);

        assertThat(storage.getSubject(subject("invoices"))).isEmpty();
    }

    @Test
    void transaction_referenceToAVersionItDeleted_isRefused() {
        SchemaSummary address = register("address", "1.0.0");

        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.deleteSchema(address.id(), examples.now());
            var candidate = examples.in("orders")
                    .references(examples.reference("address", "1.0.0"))
                    .build();
            assertThatThrownBy(() -> transaction.registerSchema(candidate, assign("1.0.0")))
                    .isInstanceOf(MissingReference.class);
        }

        assertThat(now(address)).isEqualTo(address);
    }

    @Test
    void close_twice_isFineAndTheNextTransactionBegins() {
        StorageTransaction first = storage.beginTransaction();
        first.registerSchema(examples.schema("orders", "{}"), assign("1.0.0"));
        first.commit();
        first.close();
        first.close();

        try (StorageTransaction second = storage.beginTransaction()) {
            assertThat(second.getSubject(subject("orders"))).isPresent();
        }
        assertThat(find("orders", "1.0.0")).isPresent();
    }

    @Test
    void transaction_withoutChanges_canBeCommitted() {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            assertThat(transaction.statistics(tenant).versions()).isZero();
            transaction.commit();
        }
    }
}
