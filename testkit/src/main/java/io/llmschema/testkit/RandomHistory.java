package io.llmschema.testkit;

import static io.llmschema.testkit.RegistrationRules.assign;
import static io.llmschema.testkit.RegistrationRules.nextMinor;
import static io.llmschema.testkit.RegistrationRules.refuse;

import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Placement;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SubjectDetails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A random sequence of changes to few subjects of two tenants, the same for the same seed but for the tenants' names.
 *
 * <p>Little of everything makes for many encounters: the same content again, a version that is taken, a reference to something
 * deleted.
 */
final class RandomHistory {
    static final List<String> SUBJECTS = List.of("a", "a/b", "𐐀", "Ａ");
    static final List<String> TEXTS = List.of("{}", "{ }", "[1, 2]", "[2, 1]", "\"ö\"", "true");
    static final List<String> VERSIONS = List.of(
            "0.1.0",
            "1.0.0-rc.2",
            "1.0.0-rc.10",
            "1.0.0-rc.x",
            "1.0.0",
            "1.0.0+build",
            "1.1.0",
            "1.2.0",
            "1.10.0",
            "2.0.0-alpha.1",
            "2.0.0");
    static final List<String> OWNERS = List.of("o'neil", "%", "_");
    static final List<String> TAGS = List.of("x", "x,y", "50%");
    /** Spelled as PostgreSQL spells jsonb, because a store may keep the meaning of attributes only. */
    static final List<String> ATTRIBUTES = List.of("{}", "{\"k\": 1}", "{\"k\": [1, 2], \"deep\": {\"k\": 1}}");

    /** So far from what a store chooses by itself, and from each other, that it meets them in none. */
    private static final List<Integer> GIVEN_IDS = List.of(1_900_000_000, 1_900_500_000);

    private static final int MAX_GIVEN_ORDINAL = 6;

    private static final Instant TIE = Instant.parse("2026-06-07T08:09:10.000011Z");

    private final Random random;
    private final List<SchemaExamples> tenants;
    private final List<SchemaId> ids = new ArrayList<>();
    private final List<SchemaId> deletions = new ArrayList<>();
    private final List<SchemaReference> targets = new ArrayList<>();
    private final Set<UUID> guids = new LinkedHashSet<>();

    RandomHistory(long seed) {
        this.random = new Random(seed);
        this.tenants = Stream.generate(() -> new SchemaExamples(SchemaExamples.freshTenant(), random))
                .limit(2)
                .toList();
    }

    List<TenantId> tenants() {
        return tenants.stream().map(SchemaExamples::tenant).toList();
    }

    /** The ids given so far, of versions that were made and of candidates that were not. */
    List<SchemaId> ids() {
        return List.copyOf(ids);
    }

    /** Those given so far, each to one content. */
    List<UUID> guids() {
        return List.copyOf(guids);
    }

    HistoryStep next() {
        if (random.nextInt(8) > 0) {
            return change();
        }
        List<HistoryStep.Change> changes =
                IntStream.range(0, random.nextInt(1, 5)).mapToObj(_ -> change()).toList();
        return new HistoryStep.Transaction(changes, random.nextInt(3) > 0);
    }

    private HistoryStep.Change change() {
        SchemaExamples examples = one(tenants);
        int kind = random.nextInt(23);
        if (kind < 12 || ids.isEmpty()) {
            return registration(examples);
        }
        if (kind < 15) {
            SchemaId id = id();
            SchemaState state = state();
            return new HistoryStep.Change("make " + id + " " + state, store -> store.updateSchemaState(id, _ -> state));
        }
        Instant at = examples.now();
        if (kind < 18) {
            SchemaId id = id();
            deletions.add(id);
            return new HistoryStep.Change("delete " + id, store -> store.deleteSchema(id, at));
        }
        if (kind > 19) {
            SchemaId id = deletions.isEmpty() || random.nextInt(6) == 0 ? id() : one(deletions);
            return new HistoryStep.Change("purge " + id, store -> store.purgeSchema(id));
        }
        Subject subject = examples.subject(one(SUBJECTS));
        if (kind == 18) {
            return new HistoryStep.Change("delete subject " + subject, store -> store.deleteSubject(subject, at));
        }
        SubjectDetails details = new SubjectDetails(metadata(), state());
        return new HistoryStep.Change(
                "describe subject " + subject + " as " + details,
                store -> store.updateSubject(subject, _ -> details, at));
    }

    private HistoryStep.Change registration(SchemaExamples examples) {
        SchemaReference[] references = IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
                .mapToObj(_ -> reference(examples))
                .toArray(SchemaReference[]::new);
        SchemaExamples.Example example = examples.in(one(SUBJECTS))
                .text(one(TEXTS))
                .type(random.nextInt(6) == 0 ? SchemaType.AVRO : SchemaType.JSON)
                .references(references)
                .metadata(metadata())
                .state(random.nextBoolean() ? new SchemaState.Active() : state())
                .distinction(random.nextInt(6) == 0 ? "another" : "")
                .placement(random.nextInt(4) == 0 ? placement() : Placement.NEXT);
        NewSchema candidate = withGuid(random.nextInt(3) == 0 ? example.createdAt(TIE) : example);
        String version = one(VERSIONS);
        ids.add(candidate.id());
        targets.add(new SchemaReference("a name", candidate.subject(), Version.parse(version)));
        int kind = random.nextInt(10);
        String way = kind < 5 ? version : kind < 7 ? "the next minor" : kind < 9 ? "the next pre-release" : "refused";
        RegistrationRule rule = switch (way) {
            case "the next minor" -> nextMinor();
            case "the next pre-release" -> nextPreRelease();
            case "refused" -> refuse(new InvalidValue("rule", "candidate", "it is refused"));
            default -> assign(version);
        };
        return new HistoryStep.Change(
                "register %s as %s of subject %s: %s %s %s, referring to %s, %s"
                        .formatted(
                                candidate.id(),
                                way,
                                candidate.subject(),
                                candidate.type(),
                                candidate.content().text(),
                                candidate.distinction(),
                                candidate.references(),
                                candidate.placement()),
                store -> store.registerSchema(candidate, rule));
    }

    private Placement placement() {
        Integer ordinal = random.nextBoolean() ? null : random.nextInt(1, MAX_GIVEN_ORDINAL + 1);
        return random.nextInt(3) == 0
                ? new Placement(ordinal, null, false)
                : new Placement(ordinal, random.nextInt(3) == 0 ? null : one(GIVEN_IDS), true);
    }

    /** With one that no other content has: which of several is meant depends on the ids that a store chooses. */
    private NewSchema withGuid(SchemaExamples.Example example) {
        NewSchema schema = example.build();
        String identity = List.of(schema.type(), schema.content().text(), schema.references(), schema.distinction())
                .toString();
        UUID guid = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        guids.add(guid);
        return example.guid(guid).build();
    }

    /** To something that was registered before, if it was not refused then nor deleted since; sometimes to just anything. */
    private SchemaReference reference(SchemaExamples examples) {
        List<SchemaReference> known = targets.stream()
                .filter(target -> target.subject().tenant().equals(examples.tenant()))
                .toList();
        return known.isEmpty() || random.nextInt(6) == 0
                ? examples.reference(one(SUBJECTS), one(VERSIONS))
                : one(known);
    }

    private static RegistrationRule nextPreRelease() {
        return (candidate, history, _) -> history.highestVersion()
                .map(highest -> new Version(highest.major(), highest.minor(), highest.patch() + 1, "rc.1", ""))
                .orElse(new Version(1, 0, 0, "rc.1", ""));
    }

    /** An id that was given before, rarely looked for in the wrong tenant. */
    private SchemaId id() {
        SchemaId id = one(ids);
        return random.nextInt(10) == 0 ? new SchemaId(one(tenants).tenant(), id.uuid()) : id;
    }

    private SchemaState state() {
        return switch (random.nextInt(5)) {
            case 0 -> new SchemaState.Draft();
            case 1 -> new SchemaState.Archived();
            case 2 -> new SchemaState.Deprecated("it's old", LocalDate.of(2030, 1, 31), one(SUBJECTS));
            case 3 -> new SchemaState.Deprecated("old", null, null);
            default -> new SchemaState.Active();
        };
    }

    private Metadata metadata() {
        List<String> tags = TAGS.stream().filter(_ -> random.nextBoolean()).toList();
        return new Metadata(null, random.nextBoolean() ? one(OWNERS) : null, tags, one(ATTRIBUTES));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
