package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That tenants are worlds apart, and what is counted in each. */
abstract class StorageTenantContract extends StorageContract {
    private final SchemaExamples others = SchemaExamples.ofFreshTenant();

    private SchemaSummary registerForOthers(String subject, String text, String version) {
        return storage.registerSchema(others.schema(subject, text), assign(version))
                .schema();
    }

    @Test
    void getSchema_ofAnotherTenant_isNotFoundByAnyKey() {
        SchemaSummary theirs = registerForOthers("orders", "{}", "1.0.0");

        assertThat(find(new SchemaKey.ById(new SchemaId(tenant, theirs.id().uuid()))))
                .isEmpty();
        assertThat(find(new SchemaKey.ByGlobalId(
                        new GlobalId(tenant, theirs.globalId().value()))))
                .isEmpty();
        assertThat(find(new SchemaKey.ByFingerprint(
                        tenant, theirs.fingerprints().raw())))
                .isEmpty();
        assertThat(find("orders", "latest")).isEmpty();
        assertThat(find("orders", "1.0.0")).isEmpty();
        assertThat(find("orders", "ordinal:1")).isEmpty();
        assertThat(storage.exists(
                        new SchemaKey.ById(new SchemaId(tenant, theirs.id().uuid()))))
                .isFalse();
    }

    @Test
    void registerSchema_sameContentForTwoTenants_isNewForEach() {
        SchemaSummary theirs = registerForOthers("orders", "{}", "1.0.0");

        SchemaSummary ours = register(examples.schema("orders", "{}"), "1.0.0");

        assertThat(ours.globalId()).isNotEqualTo(theirs.globalId());
        assertThat(ours.ordinal()).isEqualTo(1);
        assertFound(find(new SchemaKey.ByFingerprint(tenant, ours.fingerprints().raw())), ours);
        assertFound(
                find(new SchemaKey.ByFingerprint(
                        others.tenant(), ours.fingerprints().raw())),
                theirs);
        assertFound(find(new SchemaKey.ByVersion(others.subject("orders"), VersionSelector.LATEST)), theirs);
    }

    @Test
    void listsAndSearches_showOneTenant() {
        registerForOthers("orders", "{}", "1.0.0");
        registerForOthers("invoices", "{}", "1.0.0");
        SchemaSummary ours = register(examples.schema("orders", "{}"), "1.0.0");
        SchemaFilter filter = SchemaFilter.all(tenant).withDeletion(Deletion.ANY);

        for (SchemaOrder order : SchemaOrder.values()) {
            assertThat(Pages.all(page -> storage.listSchemas(filter, order, page)))
                    .containsExactly(ours);
        }
        for (SearchQuery.Scope scope : SearchQuery.Scope.values()) {
            SearchQuery query = new SearchQuery("orders", SchemaFilter.all(tenant), scope, SearchQuery.Order.RELEVANCE);
            assertThat(Pages.all(page -> storage.searchSchemas(query, page)))
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.schema()).isEqualTo(ours));
        }
        assertThat(Pages.all(page -> storage.listSubjects(SubjectFilter.all(tenant), page)))
                .singleElement()
                .satisfies(subject -> assertThat(subject.subject()).isEqualTo(ours.subject()));
    }

    @Test
    void listSchemas_askedForAnotherTenantsSubjectOrContent_isEmpty() {
        SchemaSummary theirs = registerForOthers("orders", "{}", "1.0.0");
        register(examples.schema("orders", "true"), "1.0.0");

        SchemaFilter ours = SchemaFilter.all(tenant);
        assertThat(Pages.all(
                        page -> storage.listSchemas(ours.withSubject(theirs.subject()), SchemaOrder.BY_ORDINAL, page)))
                .isEmpty();
        assertThat(Pages.all(page ->
                        storage.listSchemas(ours.withGlobalId(theirs.globalId()), SchemaOrder.BY_ORDINAL, page)))
                .isEmpty();
        assertThat(Pages.all(page -> storage.listSchemas(
                        ours.withFingerprint(theirs.fingerprints().raw()), SchemaOrder.BY_ORDINAL, page)))
                .isEmpty();
    }

    @Test
    void changes_toAnotherTenantsThings_areRefused() {
        SchemaSummary theirs = registerForOthers("orders", "{}", "1.0.0");
        SchemaId guessed = new SchemaId(tenant, theirs.id().uuid());

        assertThatThrownBy(() -> storage.updateSchemaState(guessed, _ -> new SchemaState.Archived()))
                .isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> storage.deleteSchema(guessed, examples.now())).isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> storage.purgeSchema(guessed)).isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> storage.deleteSubject(subject("orders"), examples.now()))
                .isInstanceOf(SubjectNotFound.class);
        assertThatThrownBy(() -> storage.updateSubject(
                        subject("orders"),
                        _ -> new SubjectDetails(Metadata.NONE, new SchemaState.Archived()),
                        examples.now()))
                .isInstanceOf(SubjectNotFound.class);

        assertThat(now(theirs)).isEqualTo(theirs);
        assertThat(storage.getSubject(subject("orders"))).isEmpty();
    }

    @Test
    void references_leadNowhereInAnotherTenant() {
        SchemaSummary theirs = registerForOthers("address", "{}", "1.0.0");

        assertThatThrownBy(() ->
                        register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0"))
                .isInstanceOf(MissingReference.class);

        SchemaSummary ours = register("address", "1.0.0");
        register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");
        for (Direction direction : Direction.values()) {
            SchemaId guessed = new SchemaId(tenant, theirs.id().uuid());
            assertThat(Pages.all(page -> storage.dependencies(guessed, direction, true, page)))
                    .isEmpty();
            assertThat(Pages.all(page -> storage.dependencies(theirs.id(), direction, true, page)))
                    .isEmpty();
        }
        assertThat(Pages.all(page -> storage.dependencies(ours.id(), Direction.DEPENDENTS, true, page)))
                .hasSize(1);
        storage.deleteSchema(theirs.id(), others.now());
    }

    @Test
    void statistics_nothingThere_areZero() {
        registerForOthers("orders", "{}", "1.0.0");

        assertThat(statistics()).isEqualTo(new StorageStatistics(0, 0, 0, Map.of(), Map.of(), 0, 0, 0));
    }

    @Test
    void statistics_countLiveAndDeletedThings() {
        register(examples.in("orders").text("12345"), "1.0.0");
        register(examples.in("orders").text("ö").type(SchemaType.AVRO).state(new SchemaState.Draft()), "1.1.0");
        register(examples.in("invoices").text("12345"), "1.0.0");
        SchemaSummary deleted = register(examples.in("invoices").text("123"), "2.0.0");
        delete(deleted);
        SchemaSummary gone = register(examples.in("gone").text("12345"), "1.0.0");
        delete(gone);

        assertThat(statistics())
                .isEqualTo(new StorageStatistics(
                        2,
                        3,
                        2,
                        Map.of(SchemaType.JSON, 2L, SchemaType.AVRO, 1L),
                        Map.of(Stage.ACTIVE, 2L, Stage.DRAFT, 1L),
                        3,
                        5 + 2 + 3,
                        0));
    }

    /** Without what the store takes on disk, which is the store's own matter. */
    private StorageStatistics statistics() {
        StorageStatistics found = storage.statistics(tenant);
        assertThat(found.storedBytes()).isNotNegative();
        return new StorageStatistics(
                found.subjects(),
                found.versions(),
                found.deletedVersions(),
                found.versionsByType(),
                found.versionsByStage(),
                found.contents(),
                found.contentBytes(),
                0);
    }
}
