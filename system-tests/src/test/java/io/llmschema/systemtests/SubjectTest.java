package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.subject;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is said about subjects, and how that is changed. */
@ExtendWith(SharedServer.class)
class SubjectTest {
    @Test
    void patch_changesWhatItNames_andLeavesTheRest(RegistryClient client) {
        client.register("s", "true");
        client.patch(
                subject("s"),
                "{\"description\":\"d\",\"owner\":\"o\",\"tags\":[\"b\",\"a\"],\"metadata\":{\"a\":{\"x\":1,\"y\":2},\"b\":[1,2]}}");

        Reply reply = client.patch(
                subject("s"), "{\"owner\":\"p\",\"metadata\":{\"a\":{\"x\":null,\"z\":3},\"b\":[9],\"c\":true}}");

        JsonNode subject = reply.json();
        assertThat(subject.path("description").asString()).isEqualTo("d");
        assertThat(subject.path("owner").asString()).isEqualTo("p");
        assertThat(subject.path("tags")).isEqualTo(Reply.parse("[\"a\",\"b\"]"));
        assertThat(subject.path("metadata")).isEqualTo(Reply.parse("{\"a\":{\"y\":2,\"z\":3},\"b\":[9],\"c\":true}"));
        assertThat(client.get(subject("s")).json()).isEqualTo(subject);
    }

    @Test
    void patch_null_clears(RegistryClient client) {
        client.register("s", "true");
        client.patch(subject("s"), "{\"description\":\"d\",\"owner\":\"o\",\"tags\":[\"a\"],\"metadata\":{\"a\":1}}");

        JsonNode subject = client.patch(
                        subject("s"), "{\"description\":null,\"owner\":null,\"tags\":null,\"metadata\":null}")
                .json();

        assertThat(subject.has("description")).isFalse();
        assertThat(subject.has("owner")).isFalse();
        assertThat(subject.path("tags")).isEmpty();
        assertThat(subject.path("metadata")).isEmpty();
    }

    @Test
    void patch_nestedNulls_areNotStored(RegistryClient client) {
        client.register("s", "true");

        JsonNode subject = client.patch(subject("s"), "{\"metadata\":{\"a\":{\"b\":null,\"c\":[null]}}}")
                .json();

        assertThat(subject.path("metadata")).isEqualTo(Reply.parse("{\"a\":{\"c\":[null]}}"));
    }

    @Test
    void patch_asPlainJson_isTakenToo(RegistryClient client) {
        client.register("s", "true");

        Reply reply = client.send("PATCH", subject("s"), JSON, "{\"owner\":\"o\"}".getBytes(UTF_8));

        assertThat(reply.text("/owner")).isEqualTo("o");
    }

    @Test
    void patch_state_followsTheTable(RegistryClient client) {
        client.register("s", "true");

        Reply archived = client.patch(subject("s"), "{\"state\":{\"stage\":\"ARCHIVED\"},\"owner\":\"o\"}");
        Reply refused = client.patch(subject("s"), "{\"state\":{\"stage\":\"ACTIVE\"},\"owner\":\"p\"}");

        assertThat(archived.text("/state/stage")).isEqualTo("ARCHIVED");
        assertThat(refused.text("/code")).isEqualTo("illegal-transition");
        assertThat(client.get(subject("s")).text("/owner")).isEqualTo("o");
    }

    @Test
    void everyChange_growsTheRevision(RegistryClient client) {
        client.register("s", "true");
        long first = client.get(subject("s")).json().path("revision").asLong();

        long second = client.patch(subject("s"), "{\"owner\":\"o\"}")
                .json()
                .path("revision")
                .asLong();
        client.register("s", "false");
        long third = client.get(subject("s")).json().path("revision").asLong();

        assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void metadataOfAVersion_areNotThoseOfTheSubject(RegistryClient client) {
        client.register("s", "true", "\"owner\":\"version's\"");
        client.patch(subject("s"), "{\"owner\":\"subject's\"}");

        assertThat(client.get(RegistryClient.version("s", "1.0.0")).text("/owner"))
                .isEqualTo("version's");
        assertThat(client.get("/api/v1/subjects?owner=subject%27s").json().path("items"))
                .hasSize(1);
        assertThat(client.get("/api/v1/schemas?owner=version%27s").json().path("items"))
                .hasSize(1);
        assertThat(client.get("/api/v1/schemas?owner=subject%27s").json().path("items"))
                .isEmpty();
    }

    @Test
    void list_filtersByEverything(RegistryClient client) {
        for (String name : List.of("a.one", "a.two", "b.one")) {
            client.register(name, "true");
        }
        client.patch(subject("a.one"), "{\"owner\":\"o\",\"tags\":[\"x\",\"y\"]}");
        client.patch(subject("a.two"), "{\"tags\":[\"x\"],\"state\":{\"stage\":\"ARCHIVED\"}}");
        client.patch(subject("b.one"), "{\"state\":{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}}");

        assertThat(names(client, "")).containsExactly("a.one", "a.two", "b.one");
        assertThat(names(client, "?prefix=a.")).containsExactly("a.one", "a.two");
        assertThat(names(client, "?owner=o")).containsExactly("a.one");
        assertThat(names(client, "?tag=x")).containsExactly("a.one", "a.two");
        assertThat(names(client, "?tag=x&tag=y")).containsExactly("a.one");
        assertThat(names(client, "?state=ARCHIVED,DEPRECATED")).containsExactly("a.two", "b.one");
        assertThat(names(client, "?state=ARCHIVED&state=DEPRECATED&prefix=b")).containsExactly("b.one");
        assertThat(names(client, "?owner=")).hasSize(3);
    }

    @Test
    void list_prefixIsNoPattern(RegistryClient client) {
        client.register("a%b", "true");
        client.register("axb", "true");
        client.register("a_b", "true");

        assertThat(names(client, "?prefix=a%25")).containsExactly("a%b");
        assertThat(names(client, "?prefix=a_")).containsExactly("a_b");
        assertThat(names(client, "?prefix=A")).isEmpty();
    }

    private static List<String> names(RegistryClient client, String query) {
        return client.get("/api/v1/subjects" + query)
                .json()
                .path("items")
                .valueStream()
                .map(subject -> subject.path("subject").asString())
                .toList();
    }
}
