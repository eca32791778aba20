package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients and proxies may keep, and when they must ask again. */
@ExtendWith(SharedServer.class)
class CachingHeadersTest {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** A path of each operation that reads, with what makes it answer. */
    private static List<String> reads(RegistryClient client) {
        Reply registered = client.register("base", "{\"title\":\"base\"}");
        client.register(
                "user",
                "{\"$ref\":\"b\"}",
                "\"references\":[{\"name\":\"b\",\"subject\":\"base\",\"version\":\"1.0.0\"}]");
        String byId = "/api/v1/schemas/" + registered.text("/schema/id");
        String byGlobalId = "/api/v1/schemas/ids/" + registered.text("/schema/globalId");
        String byVersion = version("base", "1.0.0");
        return List.of(
                "/api/v1/subjects",
                subject("base"),
                versions("base"),
                byVersion,
                byVersion + "/content",
                byVersion + "/references",
                byVersion + "/dependents",
                version("base", "latest"),
                version("base", "latest") + "/content",
                "/api/v1/schemas",
                byId,
                byId + "/content",
                byId + "/references",
                byId + "/dependents",
                byGlobalId,
                byGlobalId + "/content",
                byGlobalId + "/versions",
                "/api/v1/schemas/hashes/" + registered.text("/schema/hashes/raw"),
                "/api/v1/search?q=base");
    }

    @Test
    void read_again_isNotModifiedAndHasNoBody(RegistryClient client) {
        for (String path : reads(client)) {
            Reply first = client.get(path);
            String etag = first.header("ETag");

            assertThat(etag).as(path).matches("\"[^\"]+\"");
            assertThat(first.header("Vary")).as(path).isEqualTo("Registry-Tenant");
            for (String condition : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
                Reply again = client.getIfNoneMatch(path, condition);

                assertThat(again.status())
                        .as("%s if none matches %s", path, condition)
                        .isEqualTo(304);
                assertThat(again.body()).isEmpty();
                assertThat(again.header("ETag")).isEqualTo(etag);
                assertThat(again.header("Cache-Control")).isEqualTo(first.header("Cache-Control"));
                assertThat(again.header("Vary")).isEqualTo("Registry-Tenant");
            }
            Reply other = client.getIfNoneMatch(path, "\"other\"");
            assertThat(other.status()).as(path).isEqualTo(200);
            assertThat(other.body()).isEqualTo(first.body());
        }
    }

    @Test
    void everyDescribedRead_withAnEntityTag_isCovered(RegistryClient client) {
        OpenApiContract contract = OpenApiContract.of(client.server());
        RegistryClient watched = client.under(contract);

        reads(watched).forEach(watched::get);
        watched.get("/api/v1/statistics");
        watched.get("/api/v1/settings");
        watched.get(subject("base") + "/settings");
        watched.get(subject("base") + "/diff/1.0.0..latest");
        // They are not about what is registered; AnalyticsTest and ValidationHistoryRoutesTest see to their tags.
        List.of("most-read", "never-read", "reads", "latency", "validations")
                .forEach(question -> watched.get("/api/v1/analytics/" + question));
        String byId = "/api/v1/schemas/" + watched.get(version("base", "1.0.0")).text("/id");
        for (String validated : List.of(subject("base"), byId)) {
            watched.get(validated + "/validations");
            watched.get(validated + "/validations/fields");
        }
        watched.get(byId + "/graph");
        watched.get(version("base", "1.0.0") + "/graph");

        assertThat(contract.operations().stream()
                        .filter(operation ->
                                operation.description().at("/responses").has("304"))
                        .map(OpenApiContract.Operation::id))
                .allMatch(contract.succeeded()::contains);
    }

    @Test
    void head_ofWhatIsKnown_isNotModified(RegistryClient client) {
        client.register("s", "true");
        String etag = client.get(version("s", "1.0.0")).header("ETag");

        Reply head = client.send("HEAD", version("s", "1.0.0"), Map.of("If-None-Match", etag), new byte[0]);

        assertThat(head.status()).isEqualTo(304);
    }

    @Test
    void contentByIdOrNumber_isForEver_andEverythingElseIsAskedAbout(RegistryClient client) {
        for (String path : reads(client)) {
            boolean isForEver = path.startsWith("/api/v1/schemas/") && path.endsWith("/content");

            assertThat(client.get(path).header("Cache-Control")).as(path).isEqualTo(isForEver ? FOR_EVER : "no-cache");
        }
    }

    @Test
    void changeOfState_changesTheTagOfEverythingThatShowsIt(RegistryClient client) {
        List<String> paths = reads(client);
        List<String> before =
                paths.stream().map(path -> client.get(path).header("ETag")).toList();

        client.put(version("base", "1.0.0") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}");

        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            Reply again = client.getIfNoneMatch(path, before.get(i));
            boolean showsTheState =
                    !path.contains("/content") && !path.endsWith("/dependents") && !path.endsWith("/references");
            // A subject shows its own state and which version is its latest; neither has changed. Its revision has.
            assertThat(again.status()).as(path).isIn(showsTheState ? List.of(200) : List.of(304));
        }
    }

    @Test
    void newVersion_changesWhatLatestMeans(RegistryClient client) {
        client.register("s", "{\"title\":\"1\"}");
        String schema = client.get(version("s", "latest")).header("ETag");
        String content = client.get(version("s", "latest") + "/content").header("ETag");

        client.register("s", "{\"title\":\"2\"}");

        assertThat(client.getIfNoneMatch(version("s", "latest"), schema).status())
                .isEqualTo(200);
        assertThat(client.getIfNoneMatch(version("s", "latest") + "/content", content)
                        .text())
                .isEqualTo("{\"title\":\"2\"}");
        assertThat(client.getIfNoneMatch(version("s", "1.0.0"), schema).status())
                .isEqualTo(304);
    }

    @Test
    void pages_haveTagsOfTheirOwn(RegistryClient client) {
        client.register("a", "true");
        client.register("b", "true");
        Reply first = client.get("/api/v1/subjects?limit=1");

        Reply second = client.get("/api/v1/subjects?limit=1&cursor=" + first.text("/next"));

        assertThat(second.header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void refusalsAndHealth_areNotKept(RegistryClient client) {
        assertThat(client.get(subject("none")).header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.get("/health/ready").header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.getIfNoneMatch(subject("none"), "*").status()).isEqualTo(404);
    }
}
