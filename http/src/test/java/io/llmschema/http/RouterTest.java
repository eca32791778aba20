package io.llmschema.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.http.Router.Match;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Endpoint ENDPOINT = request -> Answer.empty(204);

    private final Router router = router(
            Route.get("/s", ENDPOINT),
            Route.get("/s/{subject}", ENDPOINT),
            Route.delete("/s/{subject}", ENDPOINT),
            Route.get("/s/{subject}/v/{version}", ENDPOINT),
            Route.get("/s/ids/{id}", ENDPOINT));

    private static Router router(Route... routes) {
        Router router = new Router();
        router.add(new ExampleDialect("/s", List.of()), List.of(routes));
        return router;
    }

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
    void find_randomPaths_isAsSplitAndDecodedPlainly() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] parts = {
            "/", "/", "/", "s", "s/", "v", "/v/", "ids", "/ids/", "a", "+", ".", "%2F", "%C3%A9", "%ff", "%", "~",
            "\u00e9", " "
        };
        for (int i = 0; i < 50_000; i++) {
            String path = random.ints(random.nextInt(7), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .reduce(random.nextInt(10) == 0 ? "" : "/s", String::concat);

            assertThat(router.find("GET", path))
                    .as("seed %d: %s", seed, path)
                    .satisfies(match -> assertThat(plain(match)).isEqualTo(plainly(path)));
        }
    }

    private static String plain(Match match) {
        return switch (match) {
            case Match.Found(Dialect _, Route route, Map<String, String> parameters) ->
                route.template() + new TreeMap<>(parameters);
            case Match.OtherMethods _, Match.NotFound _ -> "not found";
            case Match.Malformed _ -> "malformed";
        };
    }

    /** What a path leads to, found the plain and slow way: each template tried, what is fixed before what is a parameter. */
    private static String plainly(String path) {
        if (!path.startsWith("/")) {
            return "not found";
        }
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String[] segments = trimmed.substring(1).split("/", -1);
        for (String template : List.of("/s", "/s/ids/{id}", "/s/{subject}", "/s/{subject}/v/{version}")) {
            String[] wanted = template.substring(1).split("/", -1);
            // Whoever has taken the way of a fixed segment does not come back to try a parameter.
            boolean isOfIds = segments.length > 1 && segments[1].equals("ids");
            if (wanted.length == segments.length && isOfIds == template.startsWith("/s/ids")) {
                Map<String, String> parameters = new TreeMap<>();
                boolean isMatch = true;
                for (int i = 0; i < wanted.length; i++) {
                    if (wanted[i].startsWith("{") && !segments[i].isEmpty()) {
                        parameters.put(wanted[i].substring(1, wanted[i].length() - 1), segments[i]);
                    } else {
                        isMatch &= wanted[i].equals(segments[i]);
                    }
                }
                if (isMatch) {
                    return decodedPlainly(template, parameters);
                }
            }
        }
        return "not found";
    }

    private static String decodedPlainly(String template, Map<String, String> parameters) {
        try {
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                String raw = parameter.getValue();
                if (!raw.chars().allMatch(c -> c > ' ' && c <= '~')) {
                    return "malformed";
                }
                String decoded = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (decoded.contains("\ufffd")) {
                    return "malformed";
                }
                parameter.setValue(decoded);
            }
            return template + parameters;
        } catch (IllegalArgumentException e) {
            return "malformed";
        }
    }

    @Test
    void routes_twiceTheSame_areRefused() {
        assertThatThrownBy(() -> router(Route.get("/a/{x}", ENDPOINT), Route.get("/a/{y}", ENDPOINT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertFound(String path, String template, Map<String, String> parameters) {
        assertThat(router.find("GET", path)).isInstanceOfSatisfying(Match.Found.class, found -> {
            assertThat(found.route().template()).isEqualTo(template);
            assertThat(found.parameters()).isEqualTo(parameters);
        });
    }
}
