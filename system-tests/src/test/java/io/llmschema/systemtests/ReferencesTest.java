package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.quoted;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schemas that refer to others, in each language. */
@ExtendWith(SharedServer.class)
class ReferencesTest {
    private static String reference(String name, String subject, String version) {
        return "{\"name\":\"%s\",\"subject\":\"%s\",\"version\":\"%s\"}".formatted(name, subject, version);
    }

    private static Reply register(
            RegistryClient client, String type, String subject, String schema, String... references) {
        Reply reply = client.post(
                versions(subject),
                "{\"schemaType\":\"%s\",\"schema\":%s,\"references\":[%s]}"
                        .formatted(type, quoted(schema), String.join(",", references)));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply;
    }

    private static List<String> dependencies(RegistryClient client, String path) {
        return client.get(path)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("distance").asInt() + " "
                        + item.at("/schema/subject").asString() + " "
                        + item.at("/schema/version").asString())
                .toList();
    }

    @Test
    void jsonSchema_refersByRef(RegistryClient client) {
        register(client, "JSON", "address", "{\"$defs\":{\"zip\":{\"type\":\"string\"}}}");

        register(
                client,
                "JSON",
                "person",
                "{\"properties\":{\"zip\":{\"$ref\":\"address.json#/$defs/zip\"}}}",
                reference("address.json", "address", "1.0.0"));

        Reply wrong = client.post(
                versions("other"),
                "{\"schema\":{\"$ref\":\"address.json#/$defs/none\"},\"references\":["
                        + reference("address.json", "address", "1.0.0") + "]}");
        assertThat(wrong.text("/code")).isEqualTo("invalid-schema");
        assertThat(dependencies(client, version("person", "latest") + "/references"))
                .containsExactly("1 address 1.0.0");
    }

    @Test
    void avro_refersByFullName(RegistryClient client) {
        register(
                client,
                "AVRO",
                "money",
                "{\"type\":\"record\",\"name\":\"Money\",\"namespace\":\"a.b\",\"fields\":[{\"name\":\"cents\",\"type\":\"long\"}]}");

        register(
                client,
                "AVRO",
                "order",
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"total\",\"type\":\"a.b.Money\"}]}",
                reference("a.b.Money", "money", "latest"));

        assertThat(dependencies(client, version("money", "1.0.0") + "/dependents"))
                .containsExactly("1 order 1.0.0");
    }

    @Test
    void protobuf_refersByImport_throughOthersToo(RegistryClient client) {
        register(client, "PROTOBUF", "c", "syntax = \"proto3\"; package p; message C {}");
        register(
                client,
                "PROTOBUF",
                "b",
                "syntax = \"proto3\"; package p; import public \"c.proto\"; message B { C c = 1; }",
                reference("c.proto", "c", "1.0.0"));

        register(
                client,
                "PROTOBUF",
                "a",
                "syntax = \"proto3\"; package p; import \"dir/b.proto\"; import \"google/protobuf/timestamp.proto\";"
                        + " message A { B b = 1; C c = 2; google.protobuf.Timestamp t = 3; }",
                reference("dir/b.proto", "b", "latest"));

        assertThat(dependencies(client, version("a", "latest") + "/references?transitive=true"))
                .containsExactlyInAnyOrder("1 b 1.0.0", "2 c 1.0.0");
    }

    @Test
    void latestAndRanges_areResolvedWhenRegistered(RegistryClient client) {
        client.register("base", "{\"title\":\"1\"}");
        Reply user = register(client, "JSON", "user", "{\"$ref\":\"b\"}", reference("b", "base", "^1"));

        client.register("base", "{\"title\":\"2\"}");

        assertThat(user.text("/schema/references/0/version")).isEqualTo("1.0.0");
        assertThat(client.get(version("user", "latest")).text("/references/0/version"))
                .isEqualTo("1.0.0");
        assertThat(dependencies(client, version("base", "latest") + "/dependents"))
                .isEmpty();
    }

    @Test
    void dependents_transitive_areReachedInPages(RegistryClient client) {
        String id = client.registerForId("level0", "{\"title\":\"0\"}");
        for (int level = 1; level <= 5; level++) {
            // A name leads to one version in the whole of what is reached, so each has its own.
            String name = "level" + (level - 1);
            register(client, "JSON", "level" + level, "{\"$ref\":\"" + name + "\"}", reference(name, name, "latest"));
        }
        String dependents = "/api/v1/schemas/" + id + "/dependents";

        assertThat(dependencies(client, dependents)).containsExactly("1 level1 1.0.0");
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            String page = dependents + "?transitive=true&limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
            all.addAll(dependencies(client, page));
            cursor = client.get(page).text("/next");
        } while (!cursor.isEmpty());
        assertThat(all)
                .containsExactly(
                        "1 level1 1.0.0", "2 level2 1.0.0", "3 level3 1.0.0", "4 level4 1.0.0", "5 level5 1.0.0");
    }

    @Test
    void delete_whileInUse_isRefusedWithTheUsers(RegistryClient client) {
        client.register("base", "true");
        register(client, "JSON", "user", "{\"$ref\":\"b\"}", reference("b", "base", "1.0.0"));

        for (String path : List.of(version("base", "1.0.0"), subject("base"))) {
            Reply refused = client.delete(path);

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("/code")).isEqualTo("schema-in-use");
            assertThat(refused.json().path("usedBy"))
                    .isEqualTo(Reply.parse("[{\"subject\":\"user\",\"version\":\"1.0.0\"}]"));
            assertThat(refused.text("/detail")).contains("user", "1.0.0");
        }
        assertThat(client.get(version("base", "1.0.0")).status()).isEqualTo(200);

        assertThat(client.delete(subject("user")).status()).isEqualTo(200);
        assertThat(client.delete(version("base", "1.0.0")).status()).isEqualTo(200);
        assertThat(client.get("/api/v1/statistics")
                        .json()
                        .path("deletedVersions")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void deleteSubject_whoseVersionsReferToEachOther_isPossible(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        register(client, "JSON", "s", "{\"$ref\":\"b\"}", reference("b", "s", "1.0.0"));

        assertThat(client.delete(subject("s")).json().path("deleted")).hasSize(2);
    }

    @Test
    void reference_toADeletedVersion_isRefused(RegistryClient client) {
        client.register("base", "true");
        client.delete(version("base", "1.0.0"));

        Reply reply = client.post(
                versions("user"),
                "{\"schema\":{\"$ref\":\"b\"},\"references\":[" + reference("b", "base", "1.0.0") + "]}");

        assertThat(reply.text("/code")).isEqualTo("missing-reference");
    }

    @Test
    void sameText_withOtherReferences_isAnotherContent(RegistryClient client) {
        client.register("a", "{\"title\":\"a\"}");
        client.register("b", "{\"title\":\"b\"}");
        Reply first = register(client, "JSON", "user", "{\"$ref\":\"x\"}", reference("x", "a", "1.0.0"));

        Reply second = register(client, "JSON", "user", "{\"$ref\":\"x\"}", reference("x", "b", "1.0.0"));

        assertThat(second.text("/schema/version")).isEqualTo("1.1.0");
        assertThat(second.text("/schema/globalId")).isNotEqualTo(first.text("/schema/globalId"));
        assertThat(second.text("/schema/hashes/raw")).isEqualTo(first.text("/schema/hashes/raw"));
    }
}
