package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What may not follow a version is refused where it would be registered, and nothing has changed then. */
@ExtendWith(SharedServer.class)
class EnforcementTest {
    private static final String INTEGER = "{\"type\":\"integer\"}";
    private static final String NUMBER = "{\"type\":\"number\"}";
    private static final String STRING = "{\"type\":\"string\"}";

    private static Reply register(RegistryClient client, String schema, String... furtherFields) {
        String fields = furtherFields.length == 0 ? "" : "," + String.join(",", furtherFields);
        return client.post(versions("s"), "{\"schema\":" + schema + fields + "}");
    }

    private static void assertRegistered(Reply reply, String version) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.text("/schema/version")).isEqualTo(version);
    }

    /** Asserts that the schema is incompatible, by comparisons such as {@code 1.0.0 BACKWARD INCOMPATIBLE}. */
    private static void assertIncompatible(Reply reply, String... comparisons) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.text("/code")).as(reply.toString()).isEqualTo("incompatible-schema");
        assertThat(reply.json()
                        .path("comparisons")
                        .valueStream()
                        .map(comparison -> comparison.path("version").asString() + " "
                                + comparison.path("direction").asString() + " "
                                + comparison.path("verdict").asString()))
                .containsExactly(comparisons);
    }

    /** All that is told of a subject, its revision included. */
    private static List<JsonNode> everything(RegistryClient client) {
        return List.of(
                client.get(subject("s")).json(),
                client.get(versions("s") + "?deleted=true").json(),
                client.get("/api/v1/subjects").json());
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void breakingChange_isRefusedWithEveryDifferenceAndAWitness(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        String id = evolution.register(client, "s", evolution.first()).text("/schema/id");
        List<JsonNode> before = everything(client);

        Reply reply = evolution.register(client, "s", evolution.breaking());

        assertIncompatible(reply, "1.0.0 BACKWARD INCOMPATIBLE");
        assertThat(reply.text("/detail")).contains("'s'", "BACKWARD", "1.0.0");
        assertThat(reply.text("/comparisons/0/id")).isEqualTo(id);
        JsonNode differences = reply.json().at("/comparisons/0/incompatibilities");
        assertThat(differences).isNotEmpty().allSatisfy(difference -> {
            assertThat(difference.path("message").asString()).isNotBlank();
            assertThat(difference.at("/witness/document").asString()).isNotBlank();
            assertThat(difference.at("/witness/refusal").asString()).isNotBlank();
        });
        assertThat(everything(client)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void everyStepThatReadersCanRead_isTaken(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\",\"policy\":\"STRICT\"}");

        for (String step : evolution.steps().subList(0, 4)) {
            assertThat(evolution.register(client, "s", step).status()).isEqualTo(201);
        }

        assertIncompatible(evolution.register(client, "s", evolution.breaking()), "1.1.0 BACKWARD INCOMPATIBLE");
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void dryRun_isRefusedAsTheRegistrationWouldBe(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        evolution.register(client, "s", evolution.first());
        List<JsonNode> before = everything(client);

        Reply refused = client.post(versions("s") + "?dryRun=true", evolution.mediaType, evolution.breaking());
        Reply accepted = client.post(versions("s") + "?dryRun=true", evolution.mediaType, evolution.additive());

        assertThat(refused.json())
                .isEqualTo(evolution.register(client, "s", evolution.breaking()).json());
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.text("/schema/version")).isEqualTo("1.1.0");
        assertThat(everything(client)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void batch_isRefusedAsAWhole_andNamesTheItem(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        evolution.register(client, "s", evolution.first());
        List<JsonNode> before = everything(client);
        String items = "{\"items\":["
                + evolution.envelope(evolution.additive(), "\"subject\":\"s\"") + ","
                + evolution.envelope(evolution.first(), "\"subject\":\"new\"") + ","
                + evolution.envelope(evolution.breaking(), "\"subject\":\"s\"") + "]}";

        for (String path : List.of("/api/v1/batch", "/api/v1/batch?dryRun=true")) {
            Reply reply = client.post(path, items);

            // Compared with the item before it, which would have been the latest version by then.
            assertIncompatible(reply, "1.1.0 BACKWARD INCOMPATIBLE");
            assertThat(reply.json().path("index").asInt(-1)).isEqualTo(2);
            assertThat(reply.text("/comparisons/0/incompatibilities/0/witness/document"))
                    .isNotBlank();
            assertThat(everything(client)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Evolution.class)
    void question_isAnsweredByWhatIsSet_andAsTheRegistrationWouldBe(Evolution evolution, RegistryClient client) {
        client.set("s", "{\"level\":\"FULL\",\"policy\":\"STRICT\"}");
        evolution.register(client, "s", evolution.first());

        Reply answer = client.post(subject("s") + "/compatibility", evolution.mediaType, evolution.breaking());

        assertThat(answer.text("/level")).isEqualTo("FULL");
        assertThat(answer.text("/policy")).isEqualTo("STRICT");
        assertThat(answer.json().path("isAccepted").asBoolean(true)).isFalse();
        assertThat(evolution.register(client, "s", evolution.breaking()).json().path("comparisons"))
                .isEqualTo(answer.json().path("comparisons"));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,                '',                     ''",
        "BACKWARD,            '',                     1.1.0 BACKWARD INCOMPATIBLE",
        "FORWARD,             1.1.0 FORWARD INCOMPATIBLE, ''",
    })
    void level_saysInWhichDirection(String level, String widened, String narrowed, RegistryClient client) {
        String middle = "{\"type\":[\"integer\",\"null\"]}";
        register(client, INTEGER);
        register(client, middle);
        client.set("s", "{\"level\":\"" + level + "\"}");

        Reply wider = client.post(versions("s") + "?dryRun=true", "{\"schema\":{\"type\":[\"number\",\"null\"]}}");
        Reply narrower = client.post(versions("s") + "?dryRun=true", "{\"schema\":{\"type\":\"null\"}}");

        assertOutcome(wider, widened);
        assertOutcome(narrower, narrowed);
    }

    private static void assertOutcome(Reply reply, String comparison) {
        if (comparison.isEmpty()) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        } else {
            assertIncompatible(reply, comparison);
        }
    }

    @Test
    void transitive_comparesWithEveryVersion_andTellsOnlyWhatStandsAgainst(RegistryClient client) {
        register(client, INTEGER);
        register(client, STRING);
        register(client, NUMBER);
        client.put(version("s", "2.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}");
        client.set("s", "{\"level\":\"FULL_TRANSITIVE\"}");

        assertIncompatible(
                register(client, "{\"type\":\"number\",\"title\":\"t\"}"),
                "2.0.0 BACKWARD INCOMPATIBLE",
                "2.0.0 FORWARD INCOMPATIBLE",
                "1.0.0 FORWARD INCOMPATIBLE");
        client.delete(version("s", "2.0.0"));
        assertIncompatible(register(client, "{\"type\":\"number\",\"title\":\"t\"}"), "1.0.0 FORWARD INCOMPATIBLE");
        client.set("s", "{\"level\":\"FULL\"}");
        assertThat(register(client, "{\"type\":\"number\",\"title\":\"t\"}").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"STRICT, 409", "LENIENT, 201"})
    void optionalPropertyOfAnOpenObject_isRefusedByTheStrictOnly(String policy, int status, RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\",\"policy\":\"" + policy + "\"}");
        register(client, "{\"type\":\"object\",\"properties\":{\"a\":{}}}");

        Reply reply = register(client, "{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{\"type\":\"string\"}}}");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @Test
    void requiredPropertyMore_isRefusedByTheLenientToo(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\",\"policy\":\"LENIENT\"}");
        register(client, "{\"type\":\"object\",\"properties\":{\"a\":{}}}");

        Reply reply = register(client, "{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]}");

        assertIncompatible(reply, "1.0.0 BACKWARD INCOMPATIBLE");
    }

    @Test
    void whatNobodyCanTell_isRefused_unlessThatIsAllowed(RegistryClient client) {
        String undecided = "{\"type\":\"string\",\"pattern\":\"^(?=a)ab\"}";
        client.set("s", "{\"level\":\"BACKWARD\"}");
        register(client, "{\"type\":\"string\",\"pattern\":\"^ab\"}");

        Reply refused = register(client, undecided);

        assertIncompatible(refused, "1.0.0 BACKWARD UNKNOWN");
        assertThat(refused.json().at("/comparisons/0/incompatibilities")).isEmpty();
        assertThat(refused.text("/comparisons/0/undecided/0/reason")).isNotBlank();
        assertThat(refused.text("/detail")).contains("not known");
        client.set("s", "{\"level\":\"BACKWARD\",\"blocksUnknown\":false}");
        assertRegistered(register(client, undecided), "2.0.0");
    }

    /** What a version is compared in may be narrowed to one encoding: binary Protobuf does not mind names. */
    @Test
    void aspects_sayWhichEncodingsCount(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        client.post(versions("s"), RegistryClient.PROTOBUF, "syntax = \"proto3\"; message M { string a = 1; }");
        String renamed = "syntax = \"proto3\"; message M { string b = 1; }";

        Reply both = client.post(versions("s"), RegistryClient.PROTOBUF, renamed);
        client.set("s", "{\"level\":\"BACKWARD\",\"aspects\":[\"BINARY\"]}");
        Reply binary = client.post(versions("s"), RegistryClient.PROTOBUF, renamed);

        assertIncompatible(both, "1.0.0 BACKWARD INCOMPATIBLE");
        assertThat(both.text("/comparisons/0/incompatibilities/0/aspect")).isEqualTo("JSON");
        assertThat(binary.status()).as(binary.toString()).isEqualTo(201);
    }

    @Test
    void groups_areComparedEachForItself(RegistryClient client) {
        client.set("s", "{\"level\":\"FULL_TRANSITIVE\",\"groupBy\":\"app\"}");
        String one = "\"metadata\":{\"app\":\"one\"}";
        String two = "\"metadata\":{\"app\":\"two\",\"more\":1}";

        assertRegistered(register(client, INTEGER, one), "1.0.0");
        assertRegistered(register(client, STRING, two), "2.0.0");
        assertRegistered(register(client, "{\"type\":\"boolean\"}"), "3.0.0");
        assertIncompatible(register(client, NUMBER, one), "1.0.0 FORWARD INCOMPATIBLE");
        assertIncompatible(register(client, NUMBER, two), "2.0.0 BACKWARD INCOMPATIBLE", "2.0.0 FORWARD INCOMPATIBLE");
        assertIncompatible(
                register(client, NUMBER, "\"metadata\":{\"App\":\"one\"}"),
                "3.0.0 BACKWARD INCOMPATIBLE",
                "3.0.0 FORWARD INCOMPATIBLE");
        assertThat(register(client, "{\"type\":\"integer\",\"title\":\"t\"}", one)
                        .status())
                .isEqualTo(201);
        assertThat(register(client, NUMBER, "\"metadata\":{\"app\":1}").status())
                .isEqualTo(201);
    }

    @Test
    void group_ofALevelThatIsNotTransitive_isComparedWithItsOwnLatest(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\",\"groupBy\":\"app\"}");
        String one = "\"metadata\":{\"app\":\"one\"}";
        register(client, INTEGER, one);
        register(client, NUMBER, one);
        register(client, STRING, "\"metadata\":{\"app\":\"two\"}");

        assertIncompatible(
                register(client, "{\"type\":\"integer\",\"title\":\"t\"}", one), "1.1.0 BACKWARD INCOMPATIBLE");
        Reply question = client.post(
                subject("s") + "/compatibility",
                "{\"schema\":{\"type\":\"integer\",\"title\":\"t\"},\"metadata\":{\"app\":\"one\"}}");
        assertThat(question.text("/comparisons/0/version")).isEqualTo("1.1.0");
        assertThat(question.json().path("isAccepted").asBoolean(true)).isFalse();
    }

    @Test
    void draft_isComparedWhenItIsToBeUsed(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        register(client, INTEGER);
        assertRegistered(register(client, STRING, "\"state\":\"DRAFT\""), "2.0.0");
        assertRegistered(register(client, NUMBER, "\"state\":\"DRAFT\""), "2.1.0");
        List<JsonNode> before = everything(client);

        Reply refused = client.put(version("s", "2.0.0") + "/state", "{\"stage\":\"ACTIVE\"}");

        assertIncompatible(refused, "1.0.0 BACKWARD INCOMPATIBLE");
        assertThat(refused.text("/comparisons/0/incompatibilities/0/witness/document"))
                .isNotBlank();
        assertThat(everything(client)).isEqualTo(before);
        assertThat(client.put(version("s", "2.1.0") + "/state", "{\"stage\":\"ACTIVE\"}")
                        .text("/state/stage"))
                .isEqualTo("ACTIVE");
        assertThat(client.get(subject("s")).text("/latest")).isEqualTo("2.1.0");
        assertThat(client.put(version("s", "2.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}")
                        .status())
                .isEqualTo(200);
    }

    /** Drafts are compared with in no case: neither by others, nor with each other. */
    @Test
    void drafts_standInNobodysWay(RegistryClient client) {
        client.set("s", "{\"level\":\"FULL_TRANSITIVE\"}");
        register(client, STRING, "\"state\":\"DRAFT\"");

        assertThat(register(client, INTEGER).status()).isEqualTo(201);
        assertIncompatible(
                client.put(version("s", "ordinal:1") + "/state", "{\"stage\":\"ACTIVE\"}"),
                "1.1.0 BACKWARD INCOMPATIBLE",
                "1.1.0 FORWARD INCOMPATIBLE");
    }

    @Test
    void sameContentAgain_isFound_whateverIsSet(RegistryClient client) {
        Reply first = register(client, INTEGER);
        register(client, STRING);
        client.set("s", "{\"level\":\"FULL_TRANSITIVE\",\"policy\":\"STRICT\",\"allowsLowerVersions\":false}");
        List<JsonNode> before = everything(client);

        Reply again = register(client, INTEGER);
        Reply inABatch = client.post("/api/v1/batch", "{\"items\":[{\"subject\":\"s\",\"schema\":" + INTEGER + "}]}");

        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.json().path("isNew").asBoolean(true)).isFalse();
        assertThat(again.json().path("schema")).isEqualTo(first.json().path("schema"));
        assertThat(inABatch.json().at("/items/0")).isEqualTo(again.json());
        assertThat(everything(client)).isEqualTo(before);
    }

    @Test
    void firstVersion_andOneAfterAllAreDeleted_isAlwaysTaken(RegistryClient client) {
        client.put("/api/v1/settings", "{\"level\":\"FULL_TRANSITIVE\",\"policy\":\"STRICT\"}");

        assertRegistered(register(client, INTEGER), "1.0.0");
        assertIncompatible(register(client, NUMBER), "1.0.0 FORWARD INCOMPATIBLE");
        client.delete(subject("s"));
        assertThat(register(client, STRING).status()).isEqualTo(201);
    }

    @Test
    void otherLanguage_isRefused_whereSomethingIsAsked(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        register(client, INTEGER);

        Reply reply = client.post(versions("s"), RegistryClient.AVRO, "\"int\"");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("/code")).isEqualTo("incomparable-types");
        client.set("s", "{\"level\":\"NONE\"}");
        assertThat(client.post(versions("s"), RegistryClient.AVRO, "\"int\"").status())
                .isEqualTo(201);
    }

    /** A number of one's own does not help. */
    @Test
    void numberGiven_doesNotMakeItCompatible(RegistryClient client) {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        register(client, INTEGER);

        assertIncompatible(register(client, STRING, "\"version\":\"9.0.0\""), "1.0.0 BACKWARD INCOMPATIBLE");
    }

    // Many at once.

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 8;
    private static final int PROPERTIES = 200;

    private final long seed = Long.getLong("seed", System.nanoTime());

    /**
     * Each client goes on from the latest version that it has read, in a way that is compatible with that: it drops a required property. What
     * others have dropped by then it requires still, so most that come too late must be refused. Now and then one requires something new, which
     * never may follow. {@code -Dseed=} repeats the decisions of a run.
     */
    @Test
    void atOnce_everyVersionIsCompatibleWithTheOneBefore(RegistryClient client) throws Exception {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        register(
                client,
                requiring(IntStream.range(0, PROPERTIES).mapToObj(i -> "p" + i).toList()));
        CyclicBarrier together = new CyclicBarrier(CLIENTS);
        Map<String, Integer> outcomes = new TreeMap<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(seed + i);
                int number = i;
                tasks.add(() -> {
                    List<String> seen = new ArrayList<>();
                    together.await();
                    for (int round = 0; round < ROUNDS; round++) {
                        seen.add(goOn(client, random, "new-" + number + "-" + round));
                    }
                    return seen;
                });
            }
            for (Future<List<String>> task : threads.invokeAll(tasks)) {
                task.get().forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
            }
        }

        System.out.printf("EnforcementTest: seed %d: %s%n", seed, outcomes);
        assertThat(outcomes.keySet()).as("seed %d", seed).isSubsetOf("new", "found", "incompatible-schema");
        assertThat(outcomes).as("seed %d", seed).containsKeys("new", "incompatible-schema");
        checkHistory(client, outcomes.getOrDefault("new", 0) + 1);
    }

    /** A draft and a new version, each compatible with the latest and not with the other: whichever comes first stands against the other. */
    @Test
    void atOnce_draftAndNewVersion_onlyOneIsUsed(RegistryClient client) throws Exception {
        client.set("s", "{\"level\":\"BACKWARD\"}");
        Map<String, Integer> outcomes = new TreeMap<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 4 * ROUNDS; round++) {
                client.delete(subject("s"));
                register(client, requiring(List.of("a", "b", "r" + round)));
                String draft = register(client, requiring(List.of("a")), "\"state\":\"DRAFT\"")
                        .text("/schema/version");
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Integer> activation = threads.submit(() -> {
                    together.await();
                    return client.put(version("s", draft) + "/state", "{\"stage\":\"ACTIVE\"}")
                            .status();
                });
                Future<Integer> registration = threads.submit(() -> {
                    together.await();
                    return register(client, requiring(List.of("b"))).status();
                });
                outcomes.merge(activation.get() + " " + registration.get(), 1, Integer::sum);
            }
        }

        System.out.printf("EnforcementTest: activation and registration: %s%n", outcomes);
        assertThat(outcomes.keySet()).isSubsetOf("200 409", "409 201");
    }

    /** Registers what may follow the latest version, or at times what never may; a refusal must be true. */
    private static String goOn(RegistryClient client, Random random, String newName) {
        List<String> required = new ArrayList<>(required(client.get(version("s", "latest"))));
        required.remove(random.nextInt(required.size()));
        if (random.nextInt(8) == 0) {
            required.add(newName);
        }
        boolean isBatch = random.nextInt(4) == 0;
        Reply reply = isBatch
                ? client.post(
                        "/api/v1/batch", "{\"items\":[{\"subject\":\"s\",\"schema\":" + requiring(required) + "}]}")
                : register(client, requiring(required));
        if (reply.status() / 100 == 2) {
            return reply.json().at(isBatch ? "/items/0/isNew" : "/isNew").asBoolean() ? "new" : "found";
        }
        for (JsonNode comparison : reply.json().path("comparisons")) {
            Set<String> before = required(
                    client.get("/api/v1/schemas/" + comparison.path("id").asString()));
            assertThat(before.containsAll(required)).as("refused: %s", reply).isFalse();
        }
        return reply.text("/code");
    }

    private void checkHistory(RegistryClient client, int expected) {
        List<JsonNode> items = client.get(versions("s") + "?limit=1000")
                .json()
                .path("items")
                .valueStream()
                .toList();
        assertThat(items).as("seed %d", seed).hasSize(expected);
        assertThat(client.get(subject("s")).text("/latest"))
                .isEqualTo(items.getLast().path("version").asString());
        for (int ordinal = 2; ordinal <= items.size(); ordinal++) {
            Reply schema = client.get(version("s", "ordinal:" + ordinal));
            Reply judged = client.post(
                    subject("s") + "/compatibility",
                    "{\"schema\":%s,\"against\":[\"ordinal:%d\"]}".formatted(schema.text("/schema"), ordinal - 1));
            assertThat(judged.text("/verdict"))
                    .as("seed %d, ordinal %d: %s", seed, ordinal, judged)
                    .isEqualTo("COMPATIBLE");
            assertThat(judged.json().path("comparisons")).hasSize(1);
        }
    }

    private static String requiring(List<String> names) {
        return names.stream()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"required\":[", "]}"));
    }

    private static Set<String> required(Reply version) {
        return Reply.parse(version.text("/schema"))
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
