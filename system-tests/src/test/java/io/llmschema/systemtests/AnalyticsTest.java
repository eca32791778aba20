package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.encoded;
import static io.llmschema.systemtests.RegistryClient.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who reads what, and how fast, as it appears a little later. */
@ExtendWith(SharedServer.class)
class AnalyticsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String ANALYTICS = "/api/v1/analytics/";

    private static List<JsonNode> items(Reply reply) {
        return reply.json().path("items").valueStream().toList();
    }

    private static long reads(List<JsonNode> items) {
        return items.stream().mapToLong(item -> item.path("reads").asLong()).sum();
    }

    /** Subject and version of each, and how often it was read. */
    private static List<String> texts(Reply accesses) {
        return items(accesses).stream()
                .map(item -> item.at("/schema/subject").asString() + " "
                        + item.at("/schema/version").asString() + " "
                        + item.path("reads").asLong())
                .toList();
    }

    private static void awaitReads(RegistryClient client, long wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Reply reply = client.get(ANALYTICS + "most-read");
        while (reads(items(reply)) < wanted) {
            assertThat(System.nanoTime())
                    .as("waited for %d reads: %s", wanted, reply)
                    .isLessThan(deadline);
            pause();
            reply = client.get(ANALYTICS + "most-read");
        }
        assertThat(reads(items(reply))).isEqualTo(wanted);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void read(RegistryClient client, String path, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(client.get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void reads_ofAnyKind_appearInAllAnswers(RegistryClient client, RegistryClient another) {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        String ordersId = client.registerForId("orders", "{\"type\":\"object\"}");
        client.register("customers", "{\"type\":\"string\"}");
        client.register("nobody's", "{\"type\":\"number\"}");
        client.register("deleted", "{\"type\":\"null\"}");
        read(client, version("orders", "latest"), 3);
        read(client, "/api/v1/schemas/" + ordersId, 2);
        read(client, "/api/v1/schemas/" + ordersId + "/content", 1);
        read(client, version("customers", "^1") + "/content", 2);
        client.get(version("orders", "7.0.0"));
        client.delete(RegistryClient.subject("deleted"));

        awaitReads(client, 8);

        Reply most = client.get(ANALYTICS + "most-read");
        assertThat(texts(most)).containsExactly("orders 1.0.0 6", "customers 1.0.0 2");
        assertThat(items(most)).allSatisfy(item -> {
            assertThat(item.path("meanMillis").asDouble()).isPositive();
            assertThat(Instant.parse(item.path("lastReadAt").asString())).isAfterOrEqualTo(before);
        });
        Reply slowest = client.get(ANALYTICS + "latency");
        assertThat(texts(slowest)).containsExactlyInAnyOrderElementsOf(texts(most));
        assertThat(items(slowest).getFirst().path("meanMillis").asDouble())
                .isGreaterThanOrEqualTo(
                        items(slowest).getLast().path("meanMillis").asDouble());
        assertThat(items(client.get(ANALYTICS + "never-read")))
                .extracting(item -> item.path("subject").asString())
                .containsExactly("nobody's");
        Reply minutes = client.get(ANALYTICS + "reads?step=minute");
        assertThat(items(minutes)).hasSize(60);
        assertThat(reads(items(minutes))).isEqualTo(8);
        assertThat(reads(items(client.get(ANALYTICS + "reads?step=day&schema=" + ordersId))))
                .isEqualTo(6);
        assertThat(texts(another.get(ANALYTICS + "most-read"))).isEmpty();
        assertThat(items(another.get(ANALYTICS + "never-read"))).isEmpty();
        assertThat(reads(items(another.get(ANALYTICS + "reads")))).isZero();
        assertThat(another.get(ANALYTICS + "reads?schema=" + ordersId).text("/code"))
                .isEqualTo("schema-not-found");
    }

    @Test
    void lists_comeInPages(RegistryClient client) {
        for (int i = 1; i <= 5; i++) {
            client.register("s" + i, "{\"title\":\"" + i + "\"}");
        }
        read(client, version("s1", "latest"), 3);
        read(client, version("s2", "latest"), 2);
        read(client, version("s3", "latest"), 1);
        awaitReads(client, 6);
        String period = "?from=" + Instant.now().minus(1, ChronoUnit.HOURS) + "&to="
                + Instant.now().plus(1, ChronoUnit.HOURS);

        for (String list : List.of("most-read", "latency", "never-read")) {
            List<String> whole = items(client.get(ANALYTICS + list + period)).stream()
                    .map(JsonNode::toString)
                    .toList();
            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                Reply page = client.get(ANALYTICS + list + period + "&limit=1" + cursor);
                items(page).forEach(item -> seen.add(item.toString()));
                cursor = page.text("/next").isEmpty() ? "" : "&cursor=" + page.text("/next");
            } while (!cursor.isEmpty());
            assertThat(seen).as(list).isEqualTo(whole);
        }
        String next = client.get(ANALYTICS + "most-read" + period + "&limit=1").text("/next");
        assertThat(client.get(ANALYTICS + "latency" + period + "&cursor=" + next)
                        .text("/code"))
                .isEqualTo("invalid-cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"most-read", "latency", "never-read", "reads"})
    void answers_areTagged(String question, RegistryClient client) {
        client.register("s", "true");
        String path = ANALYTICS + question + "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
        Reply reply = client.get(path);

        assertThat(reply.text("/from")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(reply.text("/to")).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(reply.header("Vary")).isEqualTo("Registry-Tenant");
        assertThat(client.getIfNoneMatch(path, reply.header("ETag")).status()).isEqualTo(304);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        most-read?from=yesterday                                                 | invalid-from
        most-read?from=2026-01-01                                                | invalid-from
        most-read?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z              | invalid-from
        most-read?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z              | invalid-from
        most-read?from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z              | invalid-from
        most-read?from=%2B999999999-01-01T00:00:00Z                              | invalid-from
        latency?to=-999999999-01-01T00:00:00Z                                    | invalid-to
        latency?to=2026-01-01T00:00:00                                           | invalid-to
        latency?limit=0                                                          | invalid-limit
        never-read?from=3000-01-01T00:00:00Z                                     | invalid-from
        never-read?cursor=abc                                                    | invalid-cursor
        reads?step=year                                                          | invalid-step
        reads?step=minute&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z      | invalid-step
        reads?schema=7                                                           | invalid-id
        reads?schema=01993b1e-7c1a-7000-8000-000000000000                        | schema-not-found
        """)
    void whatCannotBeAnswered_isNamed(String question, String code, RegistryClient client) {
        Reply reply = client.get(ANALYTICS + question);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(code.equals("schema-not-found") ? 404 : 400);
        assertThat(reply.text("/code")).isEqualTo(code);
    }

    @Test
    void times_ofAnyZone_areTaken(RegistryClient client) {
        Reply reply = client.get(ANALYTICS + "most-read?from=" + encoded("2026-01-01T02:00:30+02:00") + "&to="
                + encoded("2026-01-01T00:00:31Z"));

        assertThat(reply.text("/from")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(reply.text("/to")).isEqualTo("2026-01-01T00:01:00Z");
    }
}
