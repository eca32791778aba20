package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static io.llmschema.testkit.RegistrationRules.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a registration promises. */
abstract class StorageRegistrationContract extends StorageContract {
    @Test
    void registerSchema_new_isReturnedWithAllItsParts() {
        register("address", "1.0.0");
        Metadata metadata = new Metadata("What is sold", "sales", List.of("b", "a"), "{\"level\": 1}");
        NewSchema candidate = examples.in("orders")
                .type(SchemaType.AVRO)
                .text("{ }")
                .references(examples.reference("address", "1.0.0"))
                .metadata(metadata)
                .state(new SchemaState.Draft())
                .createdBy("Zoë O'Neil <zoe@example.org>")
                .build();

        Registration registration = storage.registerSchema(candidate, assign("1.2.3-rc.1+build.5"));

        SchemaSummary schema = registration.schema();
        assertThat(registration.isNew()).isTrue();
        assertThat(schema.id()).isEqualTo(candidate.id());
        assertThat(schema.globalId().tenant()).isEqualTo(tenant);
        assertThat(schema.globalId().value()).isPositive();
        assertThat(schema.subject()).isEqualTo(candidate.subject());
        assertThat(schema.ordinal()).isEqualTo(1);
        assertThat(schema.version()).isEqualTo(Version.parse("1.2.3-rc.1+build.5"));
        assertThat(schema.type()).isEqualTo(SchemaType.AVRO);
        assertThat(schema.state()).isEqualTo(new SchemaState.Draft());
        assertThat(schema.fingerprints()).isEqualTo(candidate.fingerprints());
        assertThat(schema.contentSize()).isEqualTo(3);
        assertThat(schema.references()).isEqualTo(candidate.references());
        assertThat(schema.metadata()).isEqualTo(metadata);
        assertThat(schema.createdAt()).isEqualTo(candidate.createdAt());
        assertThat(schema.createdBy()).isEqualTo("Zoë O'Neil <zoe@example.org>");
        assertThat(schema.deletedAt()).isNull();
    }

    @Test
    void registerSchema_new_isVisibleAtOnce() {
        NewSchema candidate = examples.schema("orders", "{}");

        SchemaSummary schema = register(candidate, "1.0.0");

        assertThat(storage.getSchema(new SchemaKey.ById(schema.id()))).hasValueSatisfying(found -> {
            assertThat(found.summary()).isEqualTo(schema);
            assertThat(found.content()).isEqualTo(candidate.content());
        });
    }

    @Test
    void registerSchema_new_makesItsSubject() {
        SchemaSummary schema = register(examples.in("orders").owner("sales").createdBy("zoë"), "1.0.0");

        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(subject.metadata()).as("is the version's, not the subject's").isEqualTo(Metadata.NONE);
        assertThat(subject.state()).isEqualTo(new SchemaState.Active());
        assertThat(subject.versionCount()).isEqualTo(1);
        assertThat(subject.latest()).isEqualTo(schema.version());
        assertThat(subject.createdAt()).isEqualTo(schema.createdAt());
        assertThat(subject.createdBy()).isEqualTo("zoë");
        assertThat(subject.isDeleted()).isFalse();
        assertThat(schema.revision()).isEqualTo(subject.revision());
    }

    @Test
    void registerSchema_createdAt_isKeptToTheMicrosecond() {
        NewSchema candidate = examples.in("orders")
                .createdAt(Instant.parse("2026-05-06T07:08:09.123456789Z"))
                .build();

        SchemaSummary schema = register(candidate, "1.0.0");

        assertThat(schema.createdAt()).isEqualTo(Instant.parse("2026-05-06T07:08:09.123456Z"));
        assertThat(now(schema)).isEqualTo(schema);
    }

    @Test
    void registerSchema_alreadyThere_isReturnedAsItIsWithoutAskingTheRule() {
        SchemaSummary first = register(examples.in("orders").text("{}").owner("sales"), "1.0.0");
        long revision = storage.getSubject(subject("orders")).orElseThrow().revision();

        Registration again = storage.registerSchema(
                examples.in("orders").text("{}").owner("someone else").build(),
                refuse(new InvalidValue("rule", "", "it was asked")));

        assertThat(again).isEqualTo(new Registration(first, false));
        assertThat(storage.getSubject(subject("orders")).orElseThrow().revision())
                .isEqualTo(revision);
    }

    @Test
    void registerSchema_alreadyThereButDeleted_becomesAVersionWithTheSameGlobalId() {
        SchemaSummary first = register(examples.schema("orders", "{}"), "1.0.0");
        register(examples.schema("orders", "true"), "1.1.0");
        delete(first);

        Registration again = storage.registerSchema(examples.schema("orders", "{}"), assign("1.2.0"));

        assertThat(again.isNew()).isTrue();
        assertThat(again.schema().ordinal()).isEqualTo(3);
        assertThat(again.schema().globalId()).isEqualTo(first.globalId());
    }

    @Test
    void registerSchema_sameBytesOtherReferences_isAnotherVersionWithAnotherGlobalId() {
        register("address", "1.0.0");
        register("address", "1.1.0");
        SchemaSummary first =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        SchemaSummary second =
                register(examples.in("orders").references(examples.reference("address", "1.1.0")), "1.1.0");

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.globalId()).isNotEqualTo(first.globalId());
    }

    @Test
    void registerSchema_sameBytesOtherDistinction_isAnotherVersionWithAnotherGlobalId() {
        SchemaSummary plain = register(examples.in("orders").text("true"), "1.0.0");
        SchemaSummary one = register(examples.in("orders").text("true").distinction("one"), "1.1.0");
        SchemaSummary two = register(examples.in("orders").text("true").distinction("two"), "1.2.0");
        SchemaSummary elsewhere = register(examples.in("invoices").text("true").distinction("two"), "1.0.0");

        assertThat(List.of(plain.globalId(), one.globalId(), two.globalId())).doesNotHaveDuplicates();
        assertThat(elsewhere.globalId()).isEqualTo(two.globalId());
        assertThat(storage.registerSchema(
                        examples.in("orders").text("true").distinction("one").build(), assign("9.0.0")))
                .isEqualTo(new Registration(one, false));
    }

    @Test
    void registerSchema_sameMeaningInOtherWords_isReturnedIfItIsKnownByThat() {
        SchemaSummary first = register(examples.in("orders").text("{ }"), "1.0.0");
        SchemaSummary other = register(examples.in("orders").text("true"), "1.1.0");
        NewSchema same = examples.in("orders").text("{}").byMeaning().build();

        assertThat(storage.registerSchema(same, refuse(new InvalidValue("rule", "", "it was asked"))))
                .isEqualTo(new Registration(first, false));
        assertThat(register(examples.in("orders").text("{}"), "1.2.0").ordinal())
                .as("one that is known by its bytes")
                .isEqualTo(3);
        assertThat(register(examples.in("orders").text("{  }").byMeaning(), "9.0.0")
                        .ordinal())
                .as("the last of several")
                .isEqualTo(3);
        assertThat(now(other)).isEqualTo(other);
    }

    @Test
    void registerSchema_sameMeaningElsewhereOrDeletedOrWithOtherReferencesOrAttributes_isAnotherVersion() {
        register("address", "1.0.0");
        register(examples.in("invoices").text("{ }"), "1.0.0");
        SchemaSummary deleted = register(examples.in("orders").text("{ }"), "1.0.0");
        register("orders", "1.0.1");
        delete(deleted);

        SchemaSummary second = register(examples.in("orders").text("{}").byMeaning(), "1.1.0");
        SchemaSummary referring = register(
                examples.in("orders")
                        .text("{}")
                        .references(examples.reference("address", "1.0.0"))
                        .byMeaning(),
                "1.2.0");
        SchemaSummary distinct = register(
                examples.in("orders")
                        .text("{}")
                        .attributes("{\"a\":1}")
                        .distinction("{\"a\":1}")
                        .byMeaning(),
                "1.3.0");

        assertThat(List.of(second.ordinal(), referring.ordinal(), distinct.ordinal()))
                .containsExactly(3, 4, 5);
        assertThat(register(
                        examples.in("orders")
                                .text("{  }")
                                .attributes("{\"a\":1}")
                                .distinction("{\"a\":1}")
                                .byMeaning(),
                        "9.0.0"))
                .isEqualTo(distinct);
    }

    @Test
    void registerSchema_sameBytesAndDistinctionOtherReferences_isAnotherVersion() {
        register("address", "1.0.0");
        SchemaSummary plain = register(examples.in("orders").text("true").distinction("one"), "1.0.0");

        SchemaSummary referring = register(
                examples.in("orders")
                        .text("true")
                        .distinction("one")
                        .references(examples.reference("address", "1.0.0")),
                "1.1.0");

        assertThat(referring.globalId()).isNotEqualTo(plain.globalId());
    }

    @Test
    void registerSchema_sameBytesOtherType_isAnotherVersionWithAnotherGlobalId() {
        SchemaSummary json = register(examples.in("orders").text("\"string\""), "1.0.0");

        SchemaSummary avro = register(examples.in("orders").text("\"string\"").type(SchemaType.AVRO), "2.0.0");

        assertThat(avro.id()).isNotEqualTo(json.id());
        assertThat(avro.globalId()).isNotEqualTo(json.globalId());
    }

    @Test
    void registerSchema_differentWhiteSpace_isAnotherVersion() {
        register(examples.schema("orders", "{}"), "1.0.0");

        Registration second = storage.registerSchema(examples.schema("orders", "{ }"), assign("1.0.1"));

        assertThat(second.isNew()).isTrue();
    }

    @Test
    void registerSchema_sameContentInTwoSubjects_sharesTheGlobalId() {
        SchemaSummary orders = register(examples.schema("orders", "{}"), "1.0.0");
        SchemaSummary other = register(examples.schema("orders", "true"), "1.1.0");

        SchemaSummary invoices = register(examples.schema("invoices", "{}"), "7.0.0");

        assertThat(invoices.globalId()).isEqualTo(orders.globalId()).isNotEqualTo(other.globalId());
    }

    @Test
    void registerSchema_several_areNumberedWithoutGaps() {
        SchemaSummary first = register("orders", "1.0.0");
        SchemaSummary second = register("orders", "3.0.0");
        register("invoices", "1.0.0");
        delete(second);

        SchemaSummary third = register("orders", "2.0.0");

        assertThat(List.of(first.ordinal(), second.ordinal(), third.ordinal())).containsExactly(1, 2, 3);
    }

    @Test
    void registerSchema_refused_leavesNoGapInTheOrdinals() {
        register("orders", "1.0.0");
        assertThatThrownBy(() -> register("orders", "1.0.0+other")).isInstanceOfAny(VersionExists.class);

        assertThat(register("orders", "1.1.0").ordinal()).isEqualTo(2);
    }

    @Test
    void registerSchema_intoDeletedSubject_takesItBackAndContinuesItsOrdinals() {
        SchemaSummary first = register(examples.in("orders").createdBy("zoë"), "1.0.0");
        Metadata metadata = new Metadata("What is sold", "sales", List.of("money"), "{}");
        storage.updateSubject(
                subject("orders"), now -> new SubjectDetails(metadata, new SchemaState.Active()), examples.now());
        storage.deleteSubject(subject("orders"), examples.now());
        long revision = storage.getSubject(subject("orders")).orElseThrow().revision();

        SchemaSummary second = register("orders", "1.1.0");

        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();
        assertThat(second.ordinal()).isEqualTo(2);
        assertThat(subject.isDeleted()).isFalse();
        assertThat(subject.versionCount()).isEqualTo(1);
        assertThat(subject.createdAt()).isEqualTo(first.createdAt());
        assertThat(subject.createdBy()).isEqualTo("zoë");
        assertThat(subject.metadata()).isEqualTo(metadata);
        assertThat(subject.revision()).isGreaterThan(revision);
        assertThat(find("orders", "ordinal:1")).isEmpty();
    }

    @Test
    void registerSchema_versionTaken_isRefusedAndChangesNothing() {
        register("orders", "1.0.0");
        SubjectSummary before = storage.getSubject(subject("orders")).orElseThrow();

        assertThatThrownBy(() -> register(examples.schema("orders", "true"), "1.0.0"))
                .isInstanceOfSatisfying(
                        VersionExists.class,
                        refusal -> assertThat(refusal.version()).isEqualTo(Version.of(1, 0, 0)));

        assertThat(storage.getSubject(subject("orders"))).contains(before);
    }

    @Test
    void registerSchema_versionTakenByADeletedOne_isRefused() {
        SchemaSummary first = register("orders", "1.0.0");
        delete(first);

        assertThatThrownBy(() -> register(examples.schema("orders", "true"), "1.0.0"))
                .isInstanceOf(VersionExists.class)
                .hasMessageContaining("deleted");

        assertThat(storage.getSubject(subject("orders")).orElseThrow().isDeleted())
                .isTrue();
    }

    @Test
    void registerSchema_versionThatDiffersInBuildMetadataOnly_isRefused() {
        register("orders", "1.0.0-rc.1+monday");

        assertThatThrownBy(() -> register(examples.schema("orders", "true"), "1.0.0-rc.1+tuesday"))
                .isInstanceOf(VersionExists.class);
    }

    @Test
    void registerSchema_sameVersionInAnotherSubject_isFine() {
        register("orders", "1.0.0");

        assertThat(register("invoices", "1.0.0").version()).isEqualTo(Version.of(1, 0, 0));
    }

    @Test
    void registerSchema_ruleRefuses_throwsItsRefusalAndChangesNothing() {
        InvalidValue refusal = new InvalidValue("rule", "candidate", "it is not compatible");

        assertThatThrownBy(() -> storage.registerSchema(examples.schema("orders", "{}"), refuse(refusal)))
                .isEqualTo(refusal);

        assertThat(storage.getSubject(subject("orders"))).isEmpty();
        assertThat(storage.statistics(tenant).versions()).isZero();
        assertThat(storage.statistics(tenant).contents()).isZero();
    }

    @Test
    void registerSchema_ofNewSubject_showsTheRuleAnEmptyHistory() {
        SubjectHistory seen = historySeenBy(examples.schema("orders", "{}"), "1.0.0");

        assertThat(seen)
                .isEqualTo(new SubjectHistory(0, false, null, null, null, SubjectSettings.NONE, SubjectSettings.NONE));
    }

    @Test
    void registerSchema_showsTheRuleTheHighestVersionOfAllTimes() {
        SchemaSummary latest = register("orders", "1.0.0");
        SchemaSummary highest = register("orders", "2.0.0-rc.10");
        register("orders", "2.0.0-rc.9");
        delete(highest);
        SubjectSummary subject = storage.getSubject(subject("orders")).orElseThrow();

        SubjectHistory seen = historySeenBy(examples.schema("orders", "true"), "1.1.0");

        assertThat(seen)
                .isEqualTo(new SubjectHistory(
                        subject.revision(),
                        false,
                        Version.of(1, 0, 0),
                        latest.id(),
                        Version.parse("2.0.0-rc.10"),
                        SubjectSettings.NONE,
                        SubjectSettings.NONE));
    }

    @Test
    void registerSchema_intoDeletedSubject_showsTheRuleNoLatestVersion() {
        delete(register("orders", "1.0.0"));

        SubjectHistory seen = historySeenBy(examples.schema("orders", "true"), "1.1.0");

        assertThat(seen.latestVersion()).isEmpty();
        assertThat(seen.highestVersion()).contains(Version.of(1, 0, 0));
    }

    @Test
    void registerSchema_intoAnArchivedSubject_showsTheRuleThatItIsUntilItIsDeleted() {
        register("orders", "1.0.0");
        storage.updateSubject(
                subject("orders"),
                subject -> new SubjectDetails(subject.metadata(), new SchemaState.Archived()),
                Instant.now());

        assertThat(historySeenBy(examples.schema("orders", "true"), "1.1.0").isArchived())
                .isTrue();
        storage.deleteSubject(subject("orders"), Instant.now());
        assertThat(historySeenBy(examples.schema("orders", "false"), "1.2.0").isArchived())
                .isFalse();
    }

    @Test
    void registerSchema_showsTheRuleWhatTheStoreHasUnderTheLock() {
        SchemaSummary before = register("orders", "1.0.0");
        AtomicReference<List<SchemaSummary>> seen = new AtomicReference<>(List.of());

        storage.registerSchema(examples.schema("orders", "true"), (candidate, _, store) -> {
            SchemaFilter all = SchemaFilter.all(candidate.subject().tenant()).withSubject(candidate.subject());
            seen.set(store.listSchemas(all, SchemaOrder.BY_ORDINAL, PageRequest.first(10))
                    .items());
            return Version.of(1, 1, 0);
        });

        assertThat(seen.get()).containsExactly(before);
    }

    private SubjectHistory historySeenBy(NewSchema candidate, String version) {
        AtomicReference<SubjectHistory> seen = new AtomicReference<>();
        storage.registerSchema(candidate, (_, history, _) -> {
            seen.set(history);
            return Version.parse(version);
        });
        return Optional.ofNullable(seen.get()).orElseThrow();
    }

    @Test
    void registerSchema_referenceToNothing_isRefusedAndChangesNothing() {
        register("address", "1.0.0");

        for (String[] missing : new String[][] {{"address", "1.0.1"}, {"nobody", "1.0.0"}, {"orders", "1.0.0"}}) {
            NewSchema candidate = examples.in("orders")
                    .references(examples.reference("address", "1.0.0"), examples.reference(missing[0], missing[1]))
                    .build();
            assertThatThrownBy(() -> register(candidate, "1.0.0"))
                    .isInstanceOf(MissingReference.class)
                    .hasMessageContaining(missing[0]);
        }

        assertThat(storage.getSubject(subject("orders"))).isEmpty();
    }

    @Test
    void registerSchema_referenceToADeletedVersion_isRefused() {
        delete(register("address", "1.0.0"));
        NewSchema candidate = examples.in("orders")
                .references(examples.reference("address", "1.0.0"))
                .build();

        assertThatThrownBy(() -> register(candidate, "1.0.0")).isInstanceOf(MissingReference.class);
    }

    @Test
    void registerSchema_referenceWithOtherBuildMetadata_leadsToTheVersionOfThatPrecedence() {
        SchemaSummary address = register("address", "1.0.0+monday");

        SchemaSummary orders =
                register(examples.in("orders").references(examples.reference("address", "1.0.0")), "1.0.0");

        assertThatThrownBy(() -> delete(address)).hasMessageContaining("orders");
        assertThat(orders.references()).containsExactly(examples.reference("address", "1.0.0"));
    }

    @Test
    void registerSchema_references_keepTheirOrderAndNames() {
        register("b", "1.0.0");
        register("a", "1.0.0");
        SchemaReference[] references = {
            new SchemaReference("https://example.org/b.json?x='1'&y=%2F", subject("b"), Version.of(1, 0, 0)),
            examples.reference("a", "1.0.0"),
            new SchemaReference("the same again", subject("b"), Version.of(1, 0, 0))
        };

        SchemaSummary schema = register(examples.in("orders").references(references), "1.0.0");

        assertThat(now(schema).references()).containsExactly(references);
    }

    @Test
    void registerSchema_referenceToItsOwnSubject_isFine() {
        register("orders", "1.0.0");

        SchemaSummary second =
                register(examples.in("orders").text("[]").references(examples.reference("orders", "1.0.0")), "1.1.0");

        assertThat(second.ordinal()).isEqualTo(2);
    }

    @Test
    void registerSchema_byNextMinor_seesItsOwnEarlierVersions() {
        List<String> versions = List.of("{}", "[]", "1", "2").stream()
                .map(text -> storage.registerSchema(examples.schema("orders", text), nextMinor()))
                .map(registration -> registration.schema().version().toString())
                .toList();

        assertThat(versions).containsExactly("1.0.0", "1.1.0", "1.2.0", "1.3.0");
    }
}
