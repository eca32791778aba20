package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Metadata;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.BatchRejected;
import io.llmschema.model.RegistryException.CircularReference;
import io.llmschema.model.RegistryException.ContentTooLarge;
import io.llmschema.model.RegistryException.IllegalTransition;
import io.llmschema.model.RegistryException.InvalidReference;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.NotDeletedYet;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectArchived;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.VersionsExhausted;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final int MAX_CONTENT_BYTES = 2_000;

    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat())),
            new RegistryLimits(MAX_CONTENT_BYTES),
            SettingsInForce.DEFAULT.withLevel(CompatibilityLevel.NONE),
            InstantSource.system());

    @Test
    void register_withoutVersion_countsFromOne() {
        assertThat(register("a", "{}").version()).hasToString("1.0.0");
        assertThat(register("a", "true").version()).hasToString("1.1.0");
        assertThat(register("a", "false").version()).hasToString("2.0.0");
    }

    @Test
    void register_afterAPreRelease_isItsRelease() {
        registry.register(request("a", "{}", "2.4.0-rc.1", List.of()));

        assertThat(register("a", "true").version()).hasToString("2.4.0");
    }

    @Test
    void register_nothingFollowsTheHighest_isRefused() {
        registry.register(request("a", "{}", "1.2147483647.0", List.of()));

        assertThatThrownBy(() -> register("a", "true")).isInstanceOf(VersionsExhausted.class);
    }

    @Test
    void register_sameAgain_isFound() {
        SchemaSummary first = register("a", "{}");

        Registration again = registry.register(request("a", "{}", "7.0.0", List.of()));

        assertThat(again.isNew()).isFalse();
        assertThat(again.schema()).isEqualTo(first);
    }

    @Test
    void register_invalidOrTooLarge_isRefusedAndNothingKept() {
        assertThatThrownBy(() -> register("a", "{\"type\":7}")).isInstanceOf(InvalidSchema.class);
        assertThatThrownBy(() -> register("a", "\"" + "x".repeat(MAX_CONTENT_BYTES) + "\""))
                .isInstanceOf(ContentTooLarge.class);

        assertThat(registry.statistics(TENANT).versions()).isZero();
        assertThatThrownBy(() -> registry.findSubject(subject("a"))).isInstanceOf(SubjectNotFound.class);
    }

    @Test
    void register_intoAnArchivedSubject_isRefused() {
        register("a", "{}");
        registry.updateSubject(subject("a"), now -> new SubjectDetails(now.metadata(), new SchemaState.Archived()));

        assertThatThrownBy(() -> register("a", "true")).isInstanceOf(SubjectArchived.class);
        assertThat(register("a", "{}").version()).hasToString("1.0.0");
    }

    @Test
    void register_intoADeletedSubjectThatWasArchived_beginsAnew() {
        register("a", "{}");
        registry.updateSubject(subject("a"), now -> new SubjectDetails(now.metadata(), new SchemaState.Archived()));
        registry.deleteSubject(subject("a"));

        assertThat(register("a", "{}").version()).hasToString("1.1.0");
        assertThat(registry.findSubject(subject("a")).state()).isEqualTo(new SchemaState.Active());
    }

    @Test
    void register_references_areResolvedToVersionsAndFollowed() {
        register("leaf", "{\"type\":\"string\"}");
        registry.register(
                request("middle", "{\"$ref\":\"leaf.json\"}", null, List.of(reference("leaf.json", "leaf", "^1"))));

        Registration top = registry.register(request(
                "top", "{\"$ref\":\"middle.json\"}", null, List.of(reference("middle.json", "middle", "latest"))));

        assertThat(top.schema().references())
                .singleElement()
                .satisfies(reference -> assertThat(reference.version()).hasToString("1.0.0"));
    }

    @Test
    void register_missingReference_saysWhy() {
        register("there", "{}");

        assertThatThrownBy(
                        () -> registry.register(request("a", "{}", null, List.of(reference("x", "nowhere", "latest")))))
                .isInstanceOf(MissingReference.class)
                .hasMessageContaining("register that subject first");
        assertThatThrownBy(() -> registry.register(request("a", "{}", null, List.of(reference("x", "there", "9.9.9")))))
                .isInstanceOf(MissingReference.class)
                .hasMessageContaining("no such version");
    }

    @Test
    void register_referenceToItself_isCircular() {
        assertThatThrownBy(() -> registry.register(request("a", "{}", "1.0.0", List.of(reference("x", "a", "1.0.0")))))
                .isInstanceOf(CircularReference.class);
    }

    @Test
    void register_referenceOfAnotherTypeOrTwoOfAName_isRefused() {
        registry.register(new RegistrationRequest(
                subject("avro"),
                SchemaType.AVRO,
                SchemaContent.of("\"string\""),
                null,
                List.of(),
                Metadata.NONE,
                new SchemaState.Active(),
                "tester"));
        register("a", "{}");
        register("b", "true");

        assertThatThrownBy(() -> registry.register(request("c", "{}", null, List.of(reference("x", "avro", "latest")))))
                .isInstanceOf(InvalidReference.class)
                .hasMessageContaining("AVRO");
        assertThatThrownBy(() -> registry.register(request(
                        "c", "{}", null, List.of(reference("x", "a", "latest"), reference("x", "b", "latest")))))
                .isInstanceOf(InvalidReference.class)
                .hasMessageContaining("this name");
    }

    @Test
    void registerAll_laterItemsMayReferToEarlierOnes() {
        List<Registration> registered = registry.registerAll(
                List.of(
                        request("a", "{}", null, List.of()),
                        request("b", "{\"$ref\":\"a.json\"}", null, List.of(reference("a.json", "a", "latest")))),
                false);

        assertThat(registered).extracting(Registration::isNew).containsExactly(true, true);
        assertThat(registry.statistics(TENANT).versions()).isEqualTo(2);
    }

    @Test
    void registerAll_oneRefused_keepsNothing() {
        List<RegistrationRequest> requests =
                List.of(request("a", "{}", null, List.of()), request("b", "{", null, List.of()));

        assertThatThrownBy(() -> registry.registerAll(requests, false))
                .isInstanceOfSatisfying(BatchRejected.class, refusal -> {
                    assertThat(refusal.index()).isEqualTo(1);
                    assertThat(refusal.refusal()).isInstanceOf(InvalidSchema.class);
                });
        assertThat(registry.statistics(TENANT).versions()).isZero();
    }

    @Test
    void registerAll_wrongOrderOrCircle_isTold() {
        RegistrationRequest needsB = request("a", "{}", "1.0.0", List.of(reference("b", "b", "1.0.0")));
        RegistrationRequest needsA = request("b", "{}", "1.0.0", List.of(reference("a", "a", "1.0.0")));
        RegistrationRequest plain = request("b", "{}", "1.0.0", List.of());

        assertThatThrownBy(() -> registry.registerAll(List.of(needsB, plain), false))
                .hasMessageContaining("put it before")
                .extracting("refusal")
                .isInstanceOf(MissingReference.class);
        assertThatThrownBy(() -> registry.registerAll(List.of(needsB, needsA), false))
                .extracting("refusal")
                .isInstanceOf(CircularReference.class);
    }

    @Test
    void registerAll_dryRunOrTooMany_keepsNothing() {
        RegistrationRequest one = request("a", "{}", null, List.of());

        assertThat(registry.registerAll(List.of(one), true)).hasSize(1);
        assertThat(registry.tryRegister(one).isNew()).isTrue();
        assertThatThrownBy(() -> registry.registerAll(List.of(), false)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(
                        () -> registry.registerAll(Collections.nCopies(RegistryLimits.MAX_BATCH_ITEMS + 1, one), false))
                .isInstanceOf(InvalidValue.class);
        assertThat(registry.statistics(TENANT).versions()).isZero();
    }

    @Test
    void find_whatIsNotThere_tellsSubjectFromVersion() {
        register("a", "{}");

        assertThatThrownBy(() -> registry.find(version("b", "latest"))).isInstanceOf(SubjectNotFound.class);
        assertThatThrownBy(() -> registry.find(version("a", "2.0.0"))).isInstanceOf(SchemaNotFound.class);
        assertThatThrownBy(() -> registry.listVersions(
                        subject("b"), SchemaFilter.all(TENANT), SchemaOrder.BY_ORDINAL, PageRequest.first(1)))
                .isInstanceOf(SubjectNotFound.class);
    }

    @Test
    void changeState_followsTheTable() {
        register("a", "{}");
        SchemaKey key = version("a", "1.0.0");

        SchemaState first = registry.changeState(key, new SchemaState.Deprecated("old", null, "b"))
                .state();
        assertThat(first).isInstanceOfSatisfying(SchemaState.Deprecated.class, deprecated -> {
            assertThat(deprecated.since()).isNotNull();
            assertThat(deprecated).isEqualTo(new SchemaState.Deprecated("old", null, "b", deprecated.since()));
            // Who changes what is said of a deprecation does not deprecate anew.
            assertThat(registry.changeState(key, new SchemaState.Deprecated("older", null, null))
                            .state())
                    .isEqualTo(new SchemaState.Deprecated("older", null, null, deprecated.since()));
        });
        assertThatThrownBy(() -> registry.changeState(key, new SchemaState.Draft()))
                .isInstanceOf(IllegalTransition.class);
        assertThat(registry.changeState(key, new SchemaState.Archived()).state())
                .isEqualTo(new SchemaState.Archived());
        assertThat(registry.changeState(key, new SchemaState.Archived()).state())
                .isEqualTo(new SchemaState.Archived());
    }

    @Test
    void changes_needAnExactVersion() {
        register("a", "{}");

        for (String selector : List.of("latest", "^1")) {
            assertThatThrownBy(() -> registry.delete(version("a", selector))).isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> registry.changeState(version("a", selector), new SchemaState.Archived()))
                    .isInstanceOf(InvalidValue.class);
        }
        assertThat(registry.delete(version("a", "ordinal:1")).isDeleted()).isTrue();
    }

    @Test
    void purge_deletedVersion_isNamedByItsIdItsNumberOrItsOrdinal() {
        List<SchemaSummary> versions =
                List.of(register("a", "{\"const\":1}"), register("a", "{\"const\":2}"), register("a", "{\"const\":3}"));
        versions.forEach(schema -> registry.delete(new SchemaKey.ById(schema.id())));
        List<SchemaKey> keys =
                List.of(new SchemaKey.ById(versions.getFirst().id()), version("a", "2.0.0"), version("a", "ordinal:3"));

        for (int i = 0; i < keys.size(); i++) {
            SchemaKey byId = new SchemaKey.ById(versions.get(i).id());
            SchemaSummary deleted = registry.find(byId).summary();

            assertThat(registry.purge(keys.get(i))).isEqualTo(deleted);

            assertThatThrownBy(() -> registry.find(byId)).isInstanceOf(SchemaNotFound.class);
        }
        assertThat(register("a", "{\"const\":1}").version()).hasToString("3.1.0");
    }

    @Test
    void purge_oneOfManyDeletedVersions_isFound() {
        for (int i = 0; i <= PageRequest.MAX_SIZE; i++) {
            registry.delete(
                    new SchemaKey.ById(register("a", "{\"const\":" + i + "}").id()));
        }

        assertThat(registry.purge(version("a", "1." + PageRequest.MAX_SIZE + ".0"))
                        .ordinal())
                .isEqualTo(PageRequest.MAX_SIZE + 1);
    }

    @Test
    void purge_liveOrAbsentVersion_isRefused() {
        SchemaSummary live = register("a", "{\"const\":1}");
        registry.delete(new SchemaKey.ById(register("a", "{\"const\":2}").id()));
        registry.purge(version("a", "2.0.0"));

        for (SchemaKey key : List.of(version("a", "1.0.0"), new SchemaKey.ById(live.id()))) {
            assertThatThrownBy(() -> registry.purge(key)).isInstanceOf(NotDeletedYet.class);
        }
        for (String absent : List.of("2.0.0", "ordinal:2", "7.0.0")) {
            assertThatThrownBy(() -> registry.purge(version("a", absent))).isInstanceOf(SchemaNotFound.class);
        }
        assertThatThrownBy(() -> registry.purge(version("b", "1.0.0"))).isInstanceOf(SubjectNotFound.class);
        for (String several : List.of("latest", "^1")) {
            assertThatThrownBy(() -> registry.purge(version("a", several))).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void hashes_tellWhatDiffers() {
        SchemaSummary plain = register("a", "{\"type\":\"object\",\"title\":\"t\"}");
        SchemaSummary spaced = register("a", "{ \"type\": \"object\", \"title\": \"t\" }");
        SchemaSummary reordered = register("a", "{\"title\":\"t\",\"type\":\"object\"}");

        assertThat(spaced.fingerprints().raw())
                .isNotEqualTo(plain.fingerprints().raw());
        assertThat(spaced.fingerprints().canonical())
                .isEqualTo(plain.fingerprints().canonical());
        assertThat(reordered.fingerprints().canonical())
                .isNotEqualTo(plain.fingerprints().canonical());
        assertThat(reordered.fingerprints().unordered())
                .isEqualTo(plain.fingerprints().unordered());
        Page<SchemaSummary> alike = registry.list(
                SchemaFilter.all(TENANT).withFingerprint(plain.fingerprints().unordered()),
                SchemaOrder.BY_ORDINAL,
                PageRequest.first(10));
        assertThat(alike.items()).containsExactly(plain, spaced, reordered);
    }

    private SchemaSummary register(String subject, String content) {
        return registry.register(request(subject, content, null, List.of())).schema();
    }

    private static RegistrationRequest request(
            String subject, String content, @Nullable String version, List<RequestedReference> references) {
        return new RegistrationRequest(
                subject(subject),
                SchemaType.JSON,
                SchemaContent.of(content),
                version == null ? null : Version.parse(version),
                references,
                Metadata.NONE,
                new SchemaState.Active(),
                "tester");
    }

    private static RequestedReference reference(String name, String subject, String selector) {
        return new RequestedReference(name, subject(subject), VersionSelector.parse(selector));
    }

    private static SchemaKey version(String subject, String selector) {
        return new SchemaKey.ByVersion(subject(subject), VersionSelector.parse(selector));
    }

    private static Subject subject(String name) {
        return new Subject(TENANT, name);
    }
}
