package io.llmschema.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.RegistryException.InvalidValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryHttpServerTest {
    private static final Answer KEPT = Answer.of(200, "text/plain", "kept".getBytes(StandardCharsets.UTF_8))
            .with("Cache-Control", "no-cache")
            .with("Registry-Example", "old")
            .with("Registry-Example", "new");

    private final AtomicInteger requests = new AtomicInteger();
    private final RegistryHttpServer server = new RegistryHttpServer(
            List.of(
                    new ExampleDialect(
                            "/a",
                            List.of(
                                    Route.get("/kept", request -> KEPT),
                                    Route.get(
                                            "/extended",
                                            request -> KEPT.with("Registry-Number", "" + requests.incrementAndGet())),
                                    Route.get("/empty", request -> Answer.empty(204)),
                                    Route.get(
                                            "/split",
                                            request ->
                                                    Answer.empty(204).with("Registry-Example", "a\r\nSet-Cookie: b")))),
                    new ExampleDialect("/b", List.of(Route.get("/a/of-b", request -> {
                        throw new InvalidValue("example", "x", "it is one");
                    })))),
            List.of(),
            new HttpLimits(1024),
            "127.0.0.1",
            0);
    private final int port = server.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answer_thatIsKept_isSentAlikeEachTime() throws Exception {
        HttpResponse<String> first = get("/kept");
        HttpResponse<String> second = get("/kept");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("kept");
        assertThat(first.headers().allValues("content-type")).containsExactly("text/plain");
        assertThat(first.headers().allValues("content-length")).containsExactly("4");
        assertThat(first.headers().allValues("cache-control")).containsExactly("no-cache");
        assertThat(first.headers().allValues("x-content-type-options")).containsExactly("nosniff");
        assertThat(second.body()).isEqualTo("kept");
        assertThat(second.headers().map().keySet())
                .isEqualTo(first.headers().map().keySet());
    }

    @Test
    void answer_withAHeaderGivenTwice_hasTheLastValue() throws Exception {
        assertThat(get("/kept").headers().allValues("registry-example")).containsExactly("new");
    }

    @Test
    void answer_thatIsKeptWithAFurtherHeader_hasThatOfItsRequest() throws Exception {
        assertThat(get("/extended").headers().allValues("registry-number")).containsExactly("1");
        assertThat(get("/extended").headers().allValues("registry-number")).containsExactly("2");
        assertThat(get("/kept").headers().allValues("registry-number")).isEmpty();
    }

    @Test
    void answer_withoutABody_hasNoContentType() throws Exception {
        HttpResponse<String> response = get("/empty");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-type")).isEmpty();
    }

    @Test
    void answer_withAHeaderOfTwoLines_isNotSent() throws Exception {
        HttpResponse<String> response = get("/split");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        assertThat(response.headers().firstValue("registry-example")).isEmpty();
    }

    @Test
    void refusal_ofARoute_isSaidByTheDialectThatBroughtIt() throws Exception {
        assertThat(get("/a/of-b").body()).startsWith("/b says: 'x' is not a valid example");
    }

    @Test
    void pathWithoutARoute_isAnsweredByTheDialectThatOwnsIt() throws Exception {
        assertThat(get("/a/x").body()).startsWith("/a says: there is nothing");
        assertThat(get("/b/x").body()).startsWith("/b says: there is nothing");
    }

    @Test
    void pathThatNobodyOwns_isAnsweredByTheLastDialect() throws Exception {
        assertThat(get("/").body()).startsWith("/b says: there is nothing");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI url = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        }
    }
}
