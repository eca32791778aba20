package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Registry-Consistency-Token}: what a client has seen, it can insist on. */
@ExtendWith(SharedServer.class)
class ConsistencyTokenTest {
    private static final String TOKEN = "Registry-Consistency-Token";

    private static Reply get(RegistryClient client, String path, String token) {
        return client.send("GET", path, Map.of(TOKEN, token), new byte[0]);
    }

    @Test
    void everyAnswerThatCanBecomeOutdated_hasAToken(RegistryClient client) {
        Reply registered = client.register("orders", "{\"type\":\"object\"}");
        String id = registered.text("/schema/id");

        List<Reply> replies = List.of(
                registered,
                client.get("/api/v1/subjects"),
                client.get(subject("orders")),
                client.get(versions("orders")),
                client.get(version("orders", "latest")),
                client.get(version("orders", "latest") + "/content"),
                client.get("/api/v1/schemas/" + id),
                client.get("/api/v1/schemas/" + id + "/references"),
                client.get("/api/v1/schemas"),
                client.get("/api/v1/search?q=orders"),
                client.getIfNoneMatch(
                        version("orders", "latest"),
                        client.get(version("orders", "latest")).header("ETag")),
                client.post("/api/v1/batch", "{\"items\":[{\"subject\":\"batch\",\"schema\":true}]}"),
                client.patch(subject("orders"), "{\"owner\":\"someone\"}"),
                client.put(version("orders", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}"),
                client.delete(version("orders", "1.0.0")),
                client.delete(subject("batch")));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isIn(200, 201, 304);
            assertThat(reply.header(TOKEN)).matches("[0-9a-z]+");
            assertThat(reply.header("Registry-Stale")).isEmpty();
        });
    }

    /** Caches keep it, and would hand the token out long after. */
    @Test
    void contentThatIsTheSameForEver_hasNone(RegistryClient client) {
        String id = client.registerForId("orders", "{}");

        Reply content = client.get("/api/v1/schemas/" + id + "/content");

        assertThat(content.header("Cache-Control")).contains("immutable");
        assertThat(content.header(TOKEN)).isEmpty();
    }

    @Test
    void refusals_haveAToken(RegistryClient client) {
        client.register("orders", "{\"type\":\"object\"}", "\"version\":\"1.0.0\"");

        List<Reply> replies = List.of(
                client.get(subject("nothing")),
                client.get(version("nothing", "latest")),
                client.get(version("orders", "9.9.9")),
                client.get("/api/v1/schemas/00000000-0000-0000-0000-000000000000"),
                client.post(versions("orders"), "{\"schema\":\"{}\",\"version\":\"1.0.0\"}"),
                client.post(versions("orders"), "{\"schema\":\"no\"}"),
                client.put(version("orders", "1.0.0") + "/state", "{\"stage\":\"DRAFT\"}"));

        assertThat(replies).extracting(Reply::status).containsExactly(404, 404, 404, 404, 409, 422, 409);
        assertThat(replies).allSatisfy(reply -> assertThat(reply.header(TOKEN)).matches("[0-9a-z]+"));
    }

    @Test
    void whatWasWritten_isShownToWhoSendsItsToken(RegistryClient client) {
        client.register("orders", "{\"type\":\"object\"}");
        client.get(version("orders", "latest"));
        Reply second = client.register("orders", "{\"type\":\"string\"}");

        Reply latest = get(client, version("orders", "latest"), second.header(TOKEN));

        assertThat(latest.text("/version")).isEqualTo("2.0.0");
        assertThat(value(latest)).isGreaterThanOrEqualTo(value(second));
    }

    private static long value(Reply reply) {
        return Long.parseLong(reply.header(TOKEN), 36);
    }

    @Test
    void tokenOfTheFuture_isAnswered(RegistryClient client) {
        client.register("orders", "{\"type\":\"object\"}");
        client.get(version("orders", "latest"));

        List<String> paths = List.of(version("orders", "latest"), subject("orders"), versions("orders"));

        assertThat(paths)
                .allSatisfy(path -> assertThat(get(client, path, "zzzzzzzzzz"))
                        .matches(reply -> reply.status() == 200)
                        .matches(reply -> reply.header("Registry-Stale").isEmpty()));
        assertThat(get(client, subject("nothing"), "zzzzzzzzzz").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "-1", "a b", "99999999999999999999", "é"})
    void tokenThatNoRegistryGave_isRefused(String token, RegistryClient client) {
        Reply reply = get(client, "/api/v1/subjects", token);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/code")).isEqualTo("invalid-consistency-token");
    }
}
