package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.NDJSON;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What came of validating documents, as it appears a little later, and never the documents. */
@ExtendWith(SharedServer.class)
class ValidationHistoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String OF_SUBJECT = subject("s") + "/validations";
    private static final String RATES = "/api/v1/analytics/validations";
    private static final String SCHEMA = """
            {"type":"object","properties":{"items":{"items":{"properties":{"price":{"minimum":0}}}}},"required":["name"]}""";
    private static final String VALID = "{\"name\":\"a secret\"}";
    private static final String INVALID = "{\"name\":\"a secret\",\"items\":[{\"price\":-4711},{\"price\":-4712}]}";

    private static List<JsonNode> items(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json().path("items").valueStream().toList();
    }

    /** The history of the subject, as soon as it has so many. */
    private static List<JsonNode> awaitHistory(RegistryClient client, int wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<JsonNode> seen = items(client.get(OF_SUBJECT + "?limit=1000"));
        while (seen.size() < wanted) {
            assertThat(System.nanoTime()).as("waited for %d: %s", wanted, seen).isLessThan(deadline);
            pause();
            seen = items(client.get(OF_SUBJECT + "?limit=1000"));
        }
        assertThat(seen).hasSize(wanted);
        return seen;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void validate(RegistryClient client, String version, String document) {
        client.post(version("s", version) + "/validate", document);
    }

    /** Two versions: against the first one valid and one wrong document, against the second two wrong ones. */
    private static String someHistory(RegistryClient client) {
        String id = client.registerForId("s", SCHEMA);
        client.register("s", "{\"type\":\"array\"}");
        validate(client, "1.0.0", VALID);
        validate(client, "1.0.0", INVALID);
        validate(client, "2.0.0", VALID);
        client.post(version("s", "2.0.0") + "/validate", NDJSON, "[]\n{\n");
        awaitHistory(client, 5);
        return id;
    }

    @Test
    void history_hasEachValidation_theNewestFirst(RegistryClient client) {
        String id = someHistory(client);

        List<JsonNode> all = awaitHistory(client, 5);

        assertThat(all.stream()
                        .map(item -> item.path("version").asString() + " "
                                + item.path("isValid").asBoolean() + " "
                                + item.path("errorCount").asInt() + " "
                                + item.path("dataHash").asString()))
                .containsExactly(
                        "2.0.0 false 1 " + hash("{"),
                        "2.0.0 true 0 " + hash("[]"),
                        "2.0.0 false 1 " + hash(VALID),
                        "1.0.0 false 2 " + hash(INVALID),
                        "1.0.0 true 0 " + hash(VALID));
        assertThat(all).allSatisfy(item -> {
            assertThat(item.path("subject").asString()).isEqualTo("s");
            assertThat(Instant.parse(item.path("validatedAt").asString()))
                    .isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
            assertThat(item.path("millis").asDouble(-1)).isNotNegative();
        });
        assertThat(items(client.get("/api/v1/schemas/" + id + "/validations"))).isEqualTo(all.subList(3, 5));
    }

    @Test
    void history_isFilteredAndPaged(RegistryClient client) {
        String id = someHistory(client);
        List<JsonNode> all = awaitHistory(client, 5);

        assertThat(items(client.get(OF_SUBJECT + "?valid=true"))).containsExactly(all.get(1), all.get(4));
        assertThat(items(client.get(OF_SUBJECT + "?valid=false"))).hasSize(3);
        assertThat(items(client.get(OF_SUBJECT + "?hash=" + hash(VALID)))).containsExactly(all.get(2), all.get(4));
        assertThat(items(client.get("/api/v1/schemas/" + id + "/validations?hash=" + hash("{"))))
                .isEmpty();
        assertThat(items(client.get(OF_SUBJECT + "?to=" + Instant.now().minus(Duration.ofHours(1)))))
                .isEmpty();
        Reply first = client.get(OF_SUBJECT + "?limit=3");
        Reply second = client.get(OF_SUBJECT + "?limit=3&cursor=" + first.text("/next"));
        assertThat(items(first)).isEqualTo(all.subList(0, 3));
        assertThat(items(second)).isEqualTo(all.subList(3, 5));
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void fields_areCountedByDocument_withAStarForEachIndex(RegistryClient client) {
        String id = someHistory(client);

        Reply ofVersion = client.get("/api/v1/schemas/" + id + "/validations/fields");
        Reply ofSubject = client.get(OF_SUBJECT + "/fields");

        assertThat(ofVersion.json().path("validations").asInt()).isEqualTo(2);
        assertThat(ofVersion.json().path("failures").asInt()).isEqualTo(1);
        assertThat(ofVersion.json().path("items"))
                .isEqualTo(Reply.parse(
                        "[{\"path\":\"/items/*/price\",\"keyword\":\"minimum\",\"failures\":1,\"failureRate\":0.5}]"));
        assertThat(ofSubject.json().path("validations").asInt()).isEqualTo(5);
        assertThat(items(ofSubject).stream()
                        .map(item -> item.path("path").asString() + " "
                                + item.path("keyword").asString() + " "
                                + item.path("failures").asInt() + " "
                                + item.path("failureRate").asDouble()))
                .containsExactlyInAnyOrder(" type 1 0.2", " syntax 1 0.2", "/items/*/price minimum 1 0.2");
    }

    @Test
    void rates_areByVersion(RegistryClient client) {
        someHistory(client);
        client.register("other", "true");

        assertThat(rates(client.get(RATES))).containsExactly("s 2.0.0 3 2", "s 1.0.0 2 1");
        assertThat(rates(client.get(RATES + "?order=rate&subject=s"))).containsExactly("s 2.0.0 3 2", "s 1.0.0 2 1");
        assertThat(rates(client.get(RATES + "?subject=other"))).isEmpty();
        assertThat(client.get(RATES + "?limit=1")
                        .json()
                        .at("/items/0/failureRate")
                        .asDouble())
                .isCloseTo(2.0 / 3, within(1e-9));
    }

    private static List<String> rates(Reply reply) {
        return items(reply).stream()
                .map(item -> item.at("/schema/subject").asString() + " "
                        + item.at("/schema/version").asString() + " "
                        + item.path("validations").asInt() + " "
                        + item.path("failures").asInt())
                .toList();
    }

    @Test
    void document_isNowhere(RegistryClient client) {
        String id = someHistory(client);

        for (String path : List.of(
                OF_SUBJECT,
                OF_SUBJECT + "/fields",
                "/api/v1/schemas/" + id + "/validations",
                "/api/v1/schemas/" + id + "/validations/fields",
                RATES,
                version("s", "1.0.0"),
                subject("s"),
                "/api/v1/search?q=secret")) {
            assertThat(client.get(path).text()).as(path).doesNotContain("a secret", "4711", "4712");
        }
        assertThat(items(client.get("/api/v1/search?q=secret&scope=all"))).isEmpty();
    }

    /** The mode says what the client is told, not what is remembered. */
    @ParameterizedTest
    @CsvSource({"STRICT", "WARN", "MONITOR"})
    void mode_makesNoDifferenceHere(String mode, RegistryClient client) {
        client.register("s", SCHEMA);
        client.set("s", "{\"validationMode\":\"" + mode + "\"}");

        validate(client, "1.0.0", INVALID);

        assertThat(awaitHistory(client, 1).getFirst().path("errorCount").asInt())
                .isEqualTo(2);
        assertThat(items(client.get(OF_SUBJECT + "/fields"))).hasSize(1);
    }

    /** A refused request has changed nothing. */
    @Test
    void refusedRequests_areNotRemembered(RegistryClient client) {
        client.register("s", SCHEMA);
        assertThat(client.post(version("s", "latest") + "/validate", NDJSON, "{}\n".repeat(10_001))
                        .status())
                .isEqualTo(413);
        assertThat(client.post(version("s", "latest") + "/validate?message=M", VALID)
                        .status())
                .isEqualTo(400);
        assertThat(client.post(version("s", "latest") + "/validate", "text/plain", VALID)
                        .status())
                .isEqualTo(415);

        validate(client, "1.0.0", VALID);

        // What comes later is written later.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (items(client.get(OF_SUBJECT + "?hash=" + hash(VALID))).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            pause();
        }
        assertThat(client.get(OF_SUBJECT + "/fields").json().path("validations").asInt())
                .isEqualTo(1);
    }

    @Test
    void deletedVersion_isAnsweredAbout_untilItIsRemovedForGood(RegistryClient client) {
        String id = someHistory(client);
        client.delete(version("s", "1.0.0"));

        assertThat(items(client.get("/api/v1/schemas/" + id + "/validations"))).hasSize(2);
        assertThat(items(client.get(OF_SUBJECT))).hasSize(5);
        client.delete("/api/v1/schemas/" + id + "?permanent=true");

        assertThat(client.get("/api/v1/schemas/" + id + "/validations").text("/code"))
                .isEqualTo("schema-not-found");
        assertThat(items(client.get(OF_SUBJECT))).hasSize(3);
    }

    @Test
    void anotherTenant_seesNothing(RegistryClient client, RegistryClient another) {
        String id = someHistory(client);

        assertThat(another.get(OF_SUBJECT).text("/code")).isEqualTo("subject-not-found");
        assertThat(another.get("/api/v1/schemas/" + id + "/validations").text("/code"))
                .isEqualTo("schema-not-found");
        assertThat(items(another.get(RATES))).isEmpty();
    }

    @Test
    void read_again_isNotModified(RegistryClient client) {
        someHistory(client);
        // Within the minute, or hour, in which the period ends.
        String period = "?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";

        for (String path : List.of(OF_SUBJECT, OF_SUBJECT + "/fields", RATES)) {
            Reply reply = client.get(path + period);
            assertThat(client.getIfNoneMatch(path + period, reply.header("ETag"))
                            .status())
                    .as(path)
                    .isEqualTo(304);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?valid=yes, invalid-valid",
        "?hash=xyz, invalid-hash",
        "?from=yesterday, invalid-from",
        "?limit=0, invalid-limit",
        "?cursor=x, invalid-cursor",
    })
    void badInput_isRefused(String query, String code, RegistryClient client) {
        client.register("s", "true");

        Reply reply = client.get(OF_SUBJECT + query);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/code")).isEqualTo(code);
    }
}
