package io.llmschema.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.http.Router.Match;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Endpoint ENDPOINT = request -> Answer.empty(204);

    private final Router router = new Router(List.of(
            Route.get("/s", ENDPOINT),
            Route.get("/s/{subject}", ENDPOINT),
            Route.delete("/s/{subject}", ENDPOINT),
            Route.get("/s/{subject}/v/{version}", ENDPOINT),
            Route.get("/s/ids/{id}", ENDPOINT)));

    @Test
    void find_encodedSlash_staysInItsSegment() {
        assertFound("/s/a%2Fb/v/%5E1.2", "/s/{subject}/v/{version}", Map.of("subject", "a/b", "version", "^1.2"));
    }

    @Test
    void find_plusAndUnicode_areDecodedAsInAPath() {
        assertFound("/s/a+b", "/s/{subject}", Map.of("subject", "a+b"));
        assertFound("/s/%C3%A9", "/s/{subject}", Map.of("subject", "é"));
    }

    @Test
    void find_fixedSegment_isPreferred() {
        assertFound("/s/ids/7", "/s/ids/{id}", Map.of("id", "7"));
    }

    @Test
    void find_trailingSlash_isIgnored() {
        assertFound("/s/", "/s", Map.of());
    }

    @Test
    void find_otherMethod_namesThoseThatAre() {
        assertThat(router.find("PUT", "/s/a")).isEqualTo(new Match.OtherMethods(Set.of("DELETE", "GET")));
    }

    @Test
    void find_head_isAnsweredAsGet() {
        assertThat(router.find("HEAD", "/s/a")).isInstanceOf(Match.Found.class);
    }

    @Test
    void find_nothing_isNotFound() {
        for (String path : List.of("/", "/x", "/s/a/b", "/s//v/1", "s", "/s/a/v/1/2")) {
            assertThat(router.find("GET", path)).as(path).isEqualTo(new Match.NotFound());
        }
    }

    @Test
    void find_brokenEncoding_isMalformed() {
        for (String path : List.of("/s/%zz", "/s/%", "/s/%ff", "/s/%C3%28")) {
            assertThat(router.find("GET", path)).as(path).isEqualTo(new Match.Malformed());
        }
    }

    @Test
    void routes_twiceTheSame_areRefused() {
        assertThatThrownBy(() -> new Router(List.of(Route.get("/a/{x}", ENDPOINT), Route.get("/a/{y}", ENDPOINT))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertFound(String path, String template, Map<String, String> parameters) {
        assertThat(router.find("GET", path)).isInstanceOfSatisfying(Match.Found.class, found -> {
            assertThat(found.route().template()).isEqualTo(template);
            assertThat(found.parameters()).isEqualTo(parameters);
        });
    }
}
