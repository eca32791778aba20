package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of a version: its states, its end, and what others see of that. */
@ExtendWith(SharedServer.class)
class LifecycleTest {
    private static final String DEPRECATED = """
            {"stage":"DEPRECATED","reason":"too old","sunset":"2031-12-31","replacement":"orders 2.x"}""";

    private static final Map<String, Set<String>> NEXT = Map.of(
            "DRAFT", Set.of("DRAFT", "ACTIVE", "ARCHIVED"),
            "ACTIVE", Set.of("ACTIVE", "DEPRECATED", "ARCHIVED"),
            "DEPRECATED", Set.of("DEPRECATED", "ACTIVE", "ARCHIVED"),
            "ARCHIVED", Set.of("ARCHIVED", "DEPRECATED"));

    /** The changes that lead from the first state of a version to a state. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "DRAFT", List.of(),
            "ACTIVE", List.of("ACTIVE"),
            "DEPRECATED", List.of("ACTIVE", "DEPRECATED"),
            "ARCHIVED", List.of("ARCHIVED"));

    private static String state(String stage) {
        return stage.equals("DEPRECATED") ? DEPRECATED : "{\"stage\":\"" + stage + "\"}";
    }

    @Test
    void state_everyChange_isAsTheTableSays(RegistryClient client) {
        for (String from : NEXT.keySet()) {
            for (String to : NEXT.keySet()) {
                String subject = from + "-" + to;
                client.register(subject, "true", "\"state\":\"DRAFT\"");
                String path = version(subject, "1.0.0") + "/state";
                WAYS.getOrDefault(from, List.of()).forEach(stage -> client.put(path, state(stage)));

                Reply reply = client.put(path, state(to));

                boolean isAllowed = NEXT.getOrDefault(from, Set.of()).contains(to);
                assertThat(reply.status()).as("%s to %s: %s", from, to, reply).isEqualTo(isAllowed ? 200 : 409);
                String now = client.get(version(subject, "1.0.0")).text("/state/stage");
                assertThat(now).isEqualTo(isAllowed ? to : from);
            }
        }
    }

    /** A state without since when it is so, which is the time of the test. */
    private static JsonNode withoutTime(JsonNode state) {
        return state instanceof ObjectNode object ? object.without("since") : state;
    }

    @Test
    void deprecate_saysWhyUntilWhenAndWhatInstead(RegistryClient client) {
        client.register("orders", "true");

        Reply changed = client.put(version("orders", "1.0.0") + "/state", DEPRECATED);

        assertThat(changed.text("/state/since")).isNotBlank();
        assertThat(withoutTime(changed.json().path("state"))).isEqualTo(Reply.parse(DEPRECATED));
        assertThat(client.get(version("orders", "latest")).json().path("state"))
                .isEqualTo(changed.json().path("state"));
        assertThat(client.get("/api/v1/schemas?state=DEPRECATED").json().path("items"))
                .hasSize(1);
        Reply again =
                client.put(version("orders", "1.0.0") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"other\"}");
        assertThat(withoutTime(again.json().path("state")))
                .isEqualTo(Reply.parse("{\"stage\":\"DEPRECATED\",\"reason\":\"other\"}"));
        assertThat(again.text("/state/since")).isEqualTo(changed.text("/state/since"));
    }

    @Test
    void activateAgain_dropsTheDetailsOfTheDeprecation(RegistryClient client) {
        client.register("orders", "true");
        client.put(version("orders", "1.0.0") + "/state", DEPRECATED);

        Reply active = client.put(version("orders", "ordinal:1") + "/state", "{\"stage\":\"ACTIVE\"}");

        assertThat(active.json().path("state")).isEqualTo(Reply.parse("{\"stage\":\"ACTIVE\"}"));
    }

    @Test
    void latest_passesOverDraftsAndArchivedOnes(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");
        client.register("s", "{\"title\":\"3\"}", "\"state\":\"DRAFT\"");
        assertThat(client.get(version("s", "latest")).text("/version")).isEqualTo("1.0.1");

        client.put(version("s", "1.0.1") + "/state", "{\"stage\":\"ARCHIVED\"}");

        assertThat(client.get(version("s", "latest")).text("/version")).isEqualTo("1.0.0");
        assertThat(client.get(version("s", "^1")).text("/version")).isEqualTo("1.0.0");
        assertThat(client.get(version("s", "1.0.1")).text("/state/stage")).isEqualTo("ARCHIVED");
        assertThat(client.get(subject("s")).text("/latest")).isEqualTo("1.0.0");
    }

    @Test
    void latest_whereNothingIsInUse_isNotFound(RegistryClient client) {
        client.register("s", "true", "\"state\":\"DRAFT\"");

        assertThat(client.get(version("s", "latest")).text("/code")).isEqualTo("schema-not-found");
        assertThat(client.get(subject("s")).json().has("latest")).isFalse();
    }

    @Test
    void deleteVersion_staysReadableByIdOnly(RegistryClient client) {
        String id = client.registerForId("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");

        Reply deleted = client.delete(version("s", "1.0.0"));

        assertThat(deleted.json().has("deletedAt")).isTrue();
        assertThat(client.get(version("s", "1.0.0")).status()).isEqualTo(404);
        assertThat(client.get(version("s", "ordinal:1")).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/schemas/" + id).json().has("deletedAt")).isTrue();
        assertThat(client.get("/api/v1/schemas/" + id + "/content").text()).isEqualTo("{\"title\":\"1\"}");
        assertThat(client.get(versions("s")).json().path("items")).hasSize(1);
        assertThat(client.get(versions("s") + "?deleted=true").json().path("items"))
                .hasSize(2);
        assertThat(client.get(versions("s") + "?deleted=only").text("/items/0/version"))
                .isEqualTo("1.0.0");
        assertThat(client.get(subject("s")).json().path("versionCount").asInt()).isEqualTo(1);
        assertThat(client.delete(version("s", "1.0.0")).status()).isEqualTo(404);
    }

    @Test
    void deleteById_isAsByVersion(RegistryClient client) {
        String id = client.registerForId("s", "{\"title\":\"1\"}");

        Reply deleted = client.delete("/api/v1/schemas/" + id);

        assertThat(deleted.text("/id")).isEqualTo(id);
        assertThat(deleted.json().has("deletedAt")).isTrue();
        assertThat(client.get(version("s", "1.0.0")).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/schemas/" + id).status()).isEqualTo(200);
        assertThat(client.delete("/api/v1/schemas/" + id).text("/code")).isEqualTo("schema-not-found");
    }

    @Test
    void deletePermanently_leavesNothing_andItsNumberUsed(RegistryClient client) {
        String id = client.registerForId("s", "{\"title\":\"1\"}");
        String other = client.registerForId("s", "{\"title\":\"2\"}");
        client.register("s", "{\"title\":\"3\"}");
        String globalId = client.get("/api/v1/schemas/" + id).text("/globalId");
        client.delete(version("s", "1.0.0"));
        client.delete(version("s", "1.0.1"));
        Reply last = client.get(versions("s") + "?deleted=only");

        Reply byId = client.delete("/api/v1/schemas/" + id + "?permanent=true");
        Reply byNumber = client.delete(version("s", "1.0.1") + "?permanent=true");

        assertThat(byId.json()).isEqualTo(last.json().at("/items/0"));
        assertThat(byNumber.json()).isEqualTo(last.json().at("/items/1"));
        for (String gone : List.of(
                "/api/v1/schemas/" + id,
                "/api/v1/schemas/" + id + "/content",
                "/api/v1/schemas/" + other,
                "/api/v1/schemas/ids/" + globalId,
                "/api/v1/schemas/ids/" + globalId + "/content",
                version("s", "1.0.0"))) {
            assertThat(client.get(gone).text("/code")).as(gone).isEqualTo("schema-not-found");
        }
        assertThat(client.get(versions("s") + "?deleted=true").json().path("items"))
                .hasSize(1);
        Reply refused = client.post(versions("s"), "{\"schema\":{\"title\":\"1\"},\"version\":\"1.0.0\"}");
        assertThat(refused.text("/code")).isEqualTo("version-exists");
        assertThat(refused.text("/detail")).contains("deleted version 1.0.0");
        assertThat(client.register("s", "{\"title\":\"1\"}").text("/schema/ordinal"))
                .isEqualTo("4");
        assertThat(client.delete("/api/v1/schemas/" + id + "?permanent=true").text("/code"))
                .isEqualTo("schema-not-found");
        assertThat(client.delete(version("s", "1.0.1") + "?permanent=true").text("/code"))
                .isEqualTo("schema-not-found");
    }

    @Test
    void deletePermanently_whatIsLiveOrReferredTo_isRefused(RegistryClient client) {
        String base = client.registerForId("base", "{\"type\":\"object\"}");
        client.register(
                "user",
                "{\"$ref\":\"base.json\"}",
                "\"references\":[{\"name\":\"base.json\",\"subject\":\"base\",\"version\":\"1.0.0\"}]");
        Reply live = client.delete("/api/v1/schemas/" + base + "?permanent=true");
        client.delete(version("user", "1.0.0"));
        client.delete(version("base", "1.0.0"));

        Reply inUse = client.delete("/api/v1/schemas/" + base + "?permanent=true");

        assertThat(live.status()).isEqualTo(409);
        assertThat(live.text("/code")).isEqualTo("not-deleted");
        assertThat(live.text("/detail")).contains("1.0.0", "'base'");
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.text("/code")).isEqualTo("schema-in-use");
        assertThat(inUse.text("/usedBy/0/subject")).isEqualTo("user");
        assertThat(client.get("/api/v1/schemas/" + base).status()).isEqualTo(200);
        client.delete(version("user", "ordinal:1") + "?permanent=true");
        client.delete("/api/v1/schemas/" + base + "?permanent");
        assertThat(client.get("/api/v1/schemas?deleted=true").json().path("items"))
                .isEmpty();
    }

    @Test
    void deletePermanently_contentThatOthersHave_isLeftToThem(RegistryClient client) {
        String id = client.registerForId("a", "{\"title\":\"1\"}");
        String other = client.registerForId("b", "{\"title\":\"1\"}");
        String globalId = client.get("/api/v1/schemas/" + id).text("/globalId");
        client.delete("/api/v1/subjects/a");
        assertThat(client.get("/api/v1/schemas/ids/" + globalId).text("/id")).isEqualTo(id);

        client.delete("/api/v1/schemas/" + id + "?permanent=true");

        assertThat(client.get("/api/v1/schemas/ids/" + globalId).text("/id")).isEqualTo(other);
        assertThat(client.get("/api/v1/schemas/ids/" + globalId + "/content").text())
                .isEqualTo("{\"title\":\"1\"}");
    }

    @Test
    void deletedVersion_cannotChangeItsState(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");
        client.delete(version("s", "1.0.0"));

        Reply reply = client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}");

        assertThat(reply.text("/code")).isEqualTo("schema-not-found");
    }

    @Test
    void deleteHighestVersion_leavesItsNumberUsed(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");
        client.delete(version("s", "1.0.1"));

        Reply next = client.register("s", "{\"title\":\"3\"}");

        assertThat(next.text("/schema/version")).isEqualTo("1.0.2");
    }

    @Test
    void registerWhatWasDeleted_isANewVersionOrTheOldOneRevived(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");
        client.delete(version("s", "1.0.0"));

        Reply again = client.register("s", "{\"title\":\"1\"}");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/schema").has("deletedAt")).isFalse();
        assertThat(client.get(version("s", again.text("/schema/version"))).text("/schema"))
                .isEqualTo("{\"title\":\"1\"}");
    }

    @Test
    void deleteSubject_deletesItsVersions_andRegisteringRevivesIt(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.register("s", "{\"title\":\"2\"}");

        Reply deleted = client.delete(subject("s"));

        assertThat(deleted.json()).isEqualTo(Reply.parse("{\"deleted\":[\"1.0.0\",\"1.0.1\"]}"));
        assertThat(client.get(subject("s")).text("/code")).isEqualTo("subject-not-found");
        assertThat(client.get(versions("s")).text("/code")).isEqualTo("subject-not-found");
        assertThat(client.get("/api/v1/subjects").json().path("items")).isEmpty();
        assertThat(client.get("/api/v1/subjects?deleted=only").text("/items/0/subject"))
                .isEqualTo("s");
        assertThat(client.delete(subject("s")).status()).isEqualTo(404);

        Reply revived = client.register("s", "{\"title\":\"3\"}");

        assertThat(revived.text("/schema/version")).isEqualTo("1.1.0");
        assertThat(client.get(subject("s")).json().path("versionCount").asInt()).isEqualTo(1);
        assertThat(client.get(subject("s")).json().has("deletedAt")).isFalse();
    }

    @Test
    void archivedSubject_takesNothing_untilItIsDeprecated(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        client.put(subject("s") + "/state", "{\"stage\":\"ARCHIVED\"}");

        Reply refused = client.post(versions("s"), "{\"schema\":{\"title\":\"2\"}}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("subject-archived");
        assertThat(refused.text("/detail")).contains("'s'", "archived");
        JsonNode subject = client.put(subject("s") + "/state", DEPRECATED).json();
        assertThat(withoutTime(subject.path("state"))).isEqualTo(Reply.parse(DEPRECATED));
        assertThat(client.register("s", "{\"title\":\"2\"}").status()).isEqualTo(201);
        assertThat(client.get(version("s", "1.0.0")).text("/state/stage")).isEqualTo("ACTIVE");
    }

    @Test
    void archivedSubject_detailTellsAStateThatItMayHave(RegistryClient client) {
        client.register("s", "true");
        client.put(subject("s") + "/state", "{\"stage\":\"ARCHIVED\"}");

        Reply refused = client.put(subject("s") + "/state", "{\"stage\":\"ACTIVE\"}");

        assertThat(refused.text("/code")).isEqualTo("illegal-transition");
        assertThat(refused.text("/detail")).contains("[DEPRECATED]");
    }
}
