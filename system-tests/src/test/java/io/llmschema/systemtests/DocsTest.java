package io.llmschema.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that shows the API: every part of it comes from the server itself, so that it works without the Internet. */
@ExtendWith(SharedServer.class)
class DocsTest {
    private static Reply get(RegistryClient client, String path) {
        return RawHttp.exchange(
                client.server(),
                ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void page_isHtml(RegistryClient client) {
        Reply page = get(client, "/docs");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(get(client, "/docs/").text()).isEqualTo(page.text());
    }

    @Test
    void page_andItsLoader_nameNothingElsewhere(RegistryClient client) {
        for (String path : List.of("/docs", "/docs/docs.js", "/docs/swagger-ui.css")) {
            assertThat(get(client, path).text())
                    .as(path)
                    .doesNotContain("src=\"http", "href=\"http", "url(http", "://cdn", "@import");
        }
        assertThat(get(client, "/docs").text() + get(client, "/docs/docs.js").text())
                .doesNotContain("://");
    }

    @Test
    void everyAsset_isServed(RegistryClient client) {
        String page = get(client, "/docs").text();
        List<String> assets = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(assets).hasSizeGreaterThanOrEqualTo(4).allMatch(asset -> asset.startsWith("/"));
        for (String asset : assets) {
            Reply reply = get(client, asset);
            assertThat(reply.status()).as(asset).isEqualTo(200);
            assertThat(reply.body()).as(asset).isNotEmpty();
            assertThat(reply.mediaType()).as(asset).isEqualTo(expectedType(asset));
        }
    }

    private static String expectedType(String asset) {
        return switch (asset.substring(asset.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "png" -> "image/png";
            case "yaml" -> "application/yaml";
            default -> "unknown type of " + asset;
        };
    }

    @Test
    void description_isTagged(RegistryClient client) {
        Reply first = get(client, "/openapi.yaml");

        assertThat(first.mediaType()).isEqualTo("application/yaml");
        assertThat(first.text()).startsWith("openapi: 3.1");
        assertThat(first.header("ETag")).isNotEmpty();
    }
}
