package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever reads what is on its way out hears of it in the headers of the answer. */
@ExtendWith(SharedServer.class)
class DeprecationTest {
    private static final List<String> HEADERS = List.of("Deprecation", "Sunset", "Link");
    private static final String STATE = """
            {"stage":"DEPRECATED","reason":"too old","sunset":"2031-12-31","replacement":"2.0.0","since":"2026-01-02T03:04:05.9Z"}""";
    private static final List<String> TOLD = List.of(
            "@1767323045",
            "Wed, 31 Dec 2031 23:59:59 GMT",
            "</api/v1/subjects/s/versions/2.0.0>; rel=\"successor-version\"");

    private static List<String> headers(Reply reply) {
        return HEADERS.stream().map(reply::header).toList();
    }

    private static Reply deprecate(RegistryClient client, String state) {
        Reply reply = client.put(version("s", "1.0.0") + "/state", state);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    /** Everything under which one version is read. */
    private static List<String> reads(Reply registered) {
        String byId = "/api/v1/schemas/" + registered.text("/schema/id");
        String byGlobalId = "/api/v1/schemas/ids/" + registered.text("/schema/globalId");
        return List.of(
                version("s", "1.0.0"),
                version("s", "ordinal:1"),
                version("s", "^1"),
                version("s", "latest"),
                version("s", "1.0.0") + "/content",
                version("s", "latest") + "/content",
                byId,
                byId + "/content",
                byGlobalId,
                byGlobalId + "/content");
    }

    @Test
    void deprecatedVersion_isToldOnEveryRead_andWhenNothingIsModified(RegistryClient client) {
        List<String> reads = reads(client.register("s", "true"));
        deprecate(client, STATE);

        for (String path : reads) {
            Reply reply = client.get(path);

            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(headers(reply)).as(path).isEqualTo(TOLD);
            Reply notModified = client.getIfNoneMatch(path, reply.header("ETag"));
            assertThat(notModified.status()).as(path).isEqualTo(304);
            assertThat(headers(notModified)).as(path).isEqualTo(TOLD);
            Reply head = client.send("HEAD", path, Map.of(), new byte[0]);
            assertThat(headers(head)).as(path).isEqualTo(TOLD);
        }
        assertThat(headers(client.post(version("s", "1.0.0") + "/validate", "1")))
                .isEqualTo(TOLD);
    }

    @Test
    void activeVersion_isToldNothingOf_beforeAndAfter(RegistryClient client) {
        List<String> reads = reads(client.register("s", "true"));
        for (int round = 0; round < 2; round++) {
            for (String path : reads) {
                Reply reply = client.get(path);
                assertThat(headers(reply)).as(path).containsOnly("");
                assertThat(headers(client.getIfNoneMatch(path, reply.header("ETag"))))
                        .as(path)
                        .containsOnly("");
            }
            deprecate(client, STATE);
            client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ACTIVE\"}");
        }
    }

    /** The bytes are the same for ever, and who has them hears of the change all the same, if he asks. */
    @Test
    void contentThatIsKept_isToldOfWhenAskedAbout(RegistryClient client) {
        String id = client.registerForId("s", "true");
        String content = "/api/v1/schemas/" + id + "/content";
        Reply before = client.get(content);
        deprecate(client, STATE);

        Reply after = client.getIfNoneMatch(content, before.header("ETag"));

        assertThat(before.header("Cache-Control")).contains("immutable");
        assertThat(after.status()).isEqualTo(304);
        assertThat(headers(after)).isEqualTo(TOLD);
    }

    @Test
    void otherStates_areNotDeprecated(RegistryClient client) {
        client.register("s", "true", "\"state\":\"DRAFT\"");
        assertThat(headers(client.get(version("s", "1.0.0")))).containsOnly("");

        client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}");

        assertThat(headers(client.get(version("s", "1.0.0")))).containsOnly("");
        assertThat(headers(client.get(version("s", "2.0.0")))).containsOnly("");
    }

    @Test
    void deprecatedSubject_isToldOfItself_notOfItsVersions(RegistryClient client) {
        client.register("s", "true");
        client.put(subject("s") + "/state", STATE);

        Reply reply = client.get(subject("s"));

        assertThat(headers(reply)).isEqualTo(TOLD);
        assertThat(headers(client.getIfNoneMatch(subject("s"), reply.header("ETag"))))
                .isEqualTo(TOLD);
        assertThat(headers(client.get(version("s", "1.0.0")))).containsOnly("");
        client.put(subject("s") + "/state", "{\"stage\":\"ACTIVE\"}");
        assertThat(headers(client.get(subject("s")))).containsOnly("");
    }

    @Test
    void deprecation_withoutDetails_hasTheTimeOnly(RegistryClient client) {
        client.register("s", "true");
        Instant before = Instant.now();

        Reply changed = deprecate(client, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}");

        Instant since = Instant.parse(changed.text("/state/since"));
        assertThat(since).isBetween(before.minusSeconds(1), before.plus(Duration.ofMinutes(5)));
        assertThat(headers(client.get(version("s", "1.0.0")))).containsExactly("@" + since.getEpochSecond(), "", "");
    }

    @Test
    void otherDetails_leaveTheTime_unlessItIsGiven(RegistryClient client) {
        client.register("s", "true");
        String since =
                deprecate(client, "{\"stage\":\"DEPRECATED\",\"reason\":\"a\"}").text("/state/since");

        Reply other = deprecate(client, "{\"stage\":\"DEPRECATED\",\"reason\":\"b\",\"sunset\":\"2031-12-31\"}");
        Reply given = deprecate(client, STATE);

        assertThat(other.text("/state/reason")).isEqualTo("b");
        assertThat(other.text("/state/since")).isEqualTo(since);
        assertThat(given.text("/state/since")).isEqualTo("2026-01-02T03:04:05.900Z");
    }

    @Test
    void otherDetailsOfASubject_leaveTheTime(RegistryClient client) {
        client.register("s", "true");
        String since = client.put(subject("s") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"a\"}")
                .text("/state/since");

        Reply put = client.put(subject("s") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"b\"}");
        Reply patched = client.patch(subject("s"), "{\"state\":{\"stage\":\"DEPRECATED\",\"reason\":\"c\"}}");
        Reply unrelated = client.patch(subject("s"), "{\"owner\":\"me\"}");

        assertThat(since).isNotEmpty();
        assertThat(List.of(put, patched, unrelated))
                .allSatisfy(reply -> assertThat(reply.text("/state/since")).isEqualTo(since));
        assertThat(unrelated.text("/state/reason")).isEqualTo("c");
    }

    @Test
    void deprecatedAgain_isSoSinceThen(RegistryClient client) {
        client.register("s", "true");
        deprecate(client, STATE);
        client.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ACTIVE\"}");

        Reply again = deprecate(client, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}");

        assertThat(Instant.parse(again.text("/state/since"))).isAfter(Instant.parse("2026-01-02T03:04:05.9Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/new?a=b#c, https://example.org/new?a=b#c",
        "2.0.0, /api/v1/subjects/s/versions/2.0.0",
        "2.0.0-rc.1+b, /api/v1/subjects/s/versions/2.0.0-rc.1%2Bb",
        "orders, /api/v1/subjects/orders",
        "a/b, /api/v1/subjects/a%2Fb",
        "a/b@1.2.3, /api/v1/subjects/a%2Fb/versions/1.2.3",
        "a@b@1.2.3, /api/v1/subjects/a%40b/versions/1.2.3",
        "größe, /api/v1/subjects/gr%C3%B6%C3%9Fe",
        "the new one\\nX: y, /api/v1/subjects/the%20new%20one%0AX%3A%20y",
        "https://example.org/ö>, /api/v1/subjects/https%3A%2F%2Fexample.org%2F%C3%B6%3E",
    })
    void replacement_isALink(String replacement, String address, RegistryClient client) {
        client.register("s", "true");

        deprecate(client, "{\"stage\":\"DEPRECATED\",\"reason\":\"r\",\"replacement\":\"" + replacement + "\"}");

        assertThat(client.get(version("s", "1.0.0")).header("Link"))
                .isEqualTo("<" + address + ">; rel=\"successor-version\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "since":"yesterday"                    | invalid-since
            "since":"1969-12-31T23:59:59Z"         | invalid-since
            "since":7                              | malformed-request
            "sunset":"2031-13-01"                  | invalid-sunset
            "replacement":""                       | invalid-replacement
            "replacement":["s"]                    | malformed-request
            """)
    void badDetails_areRefused_andChangeNothing(String detail, String code, RegistryClient client) {
        client.register("s", "true");

        Reply reply = client.put(
                version("s", "1.0.0") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"," + detail + "}");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/code")).isEqualTo(code);
        assertThat(client.get(version("s", "1.0.0")).text("/state/stage")).isEqualTo("ACTIVE");
    }

    @Test
    void since_ofAnotherState_isRefused(RegistryClient client) {
        client.register("s", "true");

        Reply reply = client.put(
                version("s", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\",\"since\":\"2026-01-01T00:00:00Z\"}");

        assertThat(reply.text("/code")).isEqualTo("malformed-request");
    }
}
