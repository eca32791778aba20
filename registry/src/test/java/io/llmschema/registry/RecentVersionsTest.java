package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityCriteria;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Metadata;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
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
import io.llmschema.testkit.JsonContainment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which versions are at hand when the next one is to be compared with them. */
class RecentVersionsTest {
    private static final CompatibilityCriteria CRITERIA = SettingsInForce.DEFAULT.criteria();
    private static final SchemaSource CANDIDATE = new SchemaSource(SchemaContent.of("next"), List.of());

    /** As large as a schema with a dozen properties. */
    private static final String TEXT = "a".repeat(1_500);

    private final InMemoryStorage store = new InMemoryStorage(new JsonContainment());
    private final CompatibilityChecker checker = checker();
    private final Map<SchemaId, Schema> stored = new HashMap<>();
    private int registered;
    private int loads;

    private static CompatibilityChecker checker() {
        SchemaFormats formats = new SchemaFormats(Arrays.stream(SchemaType.values())
                .<SchemaFormat>map(FieldsFormat::new)
                .toList());
        Budget parsing = Budget.ofBytes("schemas are being parsed", 1_000_000, Duration.ofSeconds(1));
        return new CompatibilityChecker(
                formats, new Admission(formats, RegistryLimits.DEFAULT, parsing), parsing, new RecentVersions());
    }

    private static Subject subject(int number) {
        return new Subject(TenantId.DEFAULT, "subject-" + number);
    }

    private Schema stored(Subject subject, String version, SchemaState state) {
        int number = ++registered;
        Fingerprint hash = Fingerprint.sha256(new byte[] {1});
        SchemaSummary summary = new SchemaSummary(
                new SchemaId(TenantId.DEFAULT, new UUID(1, number)),
                new GlobalId(TenantId.DEFAULT, number),
                subject,
                number,
                Version.parse(version),
                SchemaType.JSON,
                state,
                new Fingerprints(hash, hash, hash),
                TEXT.length(),
                List.of(),
                Metadata.NONE,
                Instant.EPOCH,
                "tester",
                null,
                number);
        Schema schema = new Schema(summary, SchemaContent.of(TEXT));
        stored.put(summary.id(), schema);
        return schema;
    }

    private SchemaId register(Subject subject, String version, SchemaState state) {
        Schema schema = stored(subject, version, state);
        checker.recent().add(CompatibilityChecker.old(schema, store));
        return schema.summary().id();
    }

    private SchemaId register(Subject subject, String version) {
        return register(subject, version, new SchemaState.Active());
    }

    private Judge judge(Subject subject, SchemaId latest) {
        Judge judge = new Judge(checker, SchemaType.JSON, CANDIDATE, CRITERIA);
        judge.expectLatest(subject, latest);
        return judge;
    }

    /** How often a version is loaded when it is asked for. */
    private int loadsOf(Judge judge, SchemaKey key, SchemaId expected) {
        int before = loads;
        Optional<OldVersion> found = judge.old(
                key,
                _ -> {
                    loads++;
                    return Optional.ofNullable(stored.get(expected));
                },
                store);
        assertThat(found).map(old -> old.summary().id()).contains(expected);
        return loads - before;
    }

    private int loadsOfLatest(Subject subject, SchemaId latest) {
        return loadsOf(judge(subject, latest), new SchemaKey.ByVersion(subject, VersionSelector.LATEST), latest);
    }

    private int loadsOfOne(Subject subject, SchemaId latest, SchemaId one) {
        return loadsOf(judge(subject, latest), new SchemaKey.ById(one), one);
    }

    @Test
    void latest_ofThousandsOfSubjectsInManyRounds_isAtHand() {
        Random random = new Random(1);
        List<SchemaId> latest = new ArrayList<>();
        List<Integer> subjects = new ArrayList<>();
        for (int number = 0; number < 2_000; number++) {
            subjects.add(number);
            latest.add(register(subject(number), "1.0.0"));
        }

        int loaded = 0;
        for (int round = 1; round < 10; round++) {
            Collections.shuffle(subjects, random);
            for (int number : subjects) {
                loaded += loadsOfLatest(subject(number), latest.get(number));
                latest.set(number, register(subject(number), "1." + round + ".0"));
            }
        }

        assertThat(loaded).isZero();
    }

    @Test
    void olderBranchOrDraft_isNotTakenForTheLatest() {
        SchemaId latest = register(subject(1), "2.0.0");
        SchemaId older = register(subject(1), "1.1.0");
        SchemaId draft = register(subject(1), "3.0.0", new SchemaState.Draft());
        SchemaId preRelease = register(subject(1), "3.0.0-rc.1");

        assertThat(loadsOfLatest(subject(1), latest)).isZero();
        assertThat(loadsOfOne(subject(1), latest, older)).isZero();
        assertThat(loadsOfOne(subject(1), latest, draft)).isZero();
        assertThat(loadsOfOne(subject(1), latest, preRelease)).isZero();
    }

    @Test
    void draft_thatBecameTheLatest_isAtHand() {
        register(subject(1), "1.0.0");
        SchemaId draft = register(subject(1), "2.0.0", new SchemaState.Draft());

        assertThat(loadsOfLatest(subject(1), draft)).isZero();
    }

    @Test
    void latest_afterDeletionOfTheOneAbove_isAtHand() {
        SchemaId lower = register(subject(1), "1.0.0");
        register(subject(1), "2.0.0");

        assertThat(loadsOfLatest(subject(1), lower)).isZero();
        SchemaId next = register(subject(1), "1.1.0");
        assertThat(loadsOfLatest(subject(1), next)).isZero();
    }

    @Test
    void latest_thatAnotherNodeRegistered_isLoadedOnce() {
        register(subject(1), "1.0.0");
        SchemaId elsewhere =
                stored(subject(1), "1.1.0", new SchemaState.Active()).summary().id();

        assertThat(loadsOfLatest(subject(1), elsewhere)).isOne();
        assertThat(loadsOfLatest(subject(1), elsewhere)).isZero();
    }

    @Test
    void versionsBeforeTheLatest_areAtHandByTheirIds() {
        List<SchemaId> ids = new ArrayList<>();
        for (int minor = 0; minor < 100; minor++) {
            ids.add(register(subject(1), "1." + minor + ".0"));
        }

        int loaded = ids.stream()
                .mapToInt(id -> loadsOfOne(subject(1), ids.getLast(), id))
                .sum();

        assertThat(loaded).isZero();
    }
}
