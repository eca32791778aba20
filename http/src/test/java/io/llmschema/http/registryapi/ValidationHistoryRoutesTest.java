package io.llmschema.http.registryapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import io.llmschema.storage.FailedField;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import io.llmschema.storage.ValidationRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of validations, as it is asked for and answered. */
class ValidationHistoryRoutesTest {
    private static final Instant NOW = Instant.parse("2026-03-10T11:22:33.5Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final FailedField PRICE = new FailedField("/items/*/price", "minimum");
    private static final FailedField WHOLE = new FailedField("", "required");
    private static final String ONE_ID = "01993b1e-7c1a-7000-8000-000000000001";
    private static final SchemaId ONE = id(ONE_ID);
    private static final SchemaId TWO = id("01993b1e-7c1a-7000-8000-000000000002");
    private static final String OF_ONE = "/api/v1/schemas/" + ONE_ID + "/validations";
    private static final String OF_SUBJECT = "/api/v1/subjects/a%2Fb/validations";
    private static final String RATES = "/api/v1/analytics/validations";

    private final InMemoryStorage storage = new InMemoryStorage(String::equals);
    private final InMemoryValidationLog log = new InMemoryValidationLog(storage, Duration.ofDays(90), CLOCK);
    private final SchemaFormats formats = new SchemaFormats(Arrays.stream(SchemaType.values())
            .<SchemaFormat>map(CompatibilityRoutesTest.Foretold::new)
            .toList());
    private final SchemaRegistry registry =
            new SchemaRegistry(storage, formats, RegistryLimits.DEFAULT, SettingsInForce.DEFAULT, CLOCK);
    private final RegistryHttpServer server = new RegistryHttpServer(
            List.of(new RegistryApi(
                    registry,
                    new Documents(registry, storage, formats, _ -> {}, CLOCK),
                    new Analytics(new InMemoryAccessLog(storage, Duration.ofDays(1), CLOCK), storage, CLOCK),
                    new Validations(log, storage, CLOCK),
                    Optional::empty)),
            List.of(),
            HttpLimits.forContentsOf(1024 * 1024),
            "127.0.0.1",
            0);
    private final int port = server.start();

    private static SchemaId id(String uuid) {
        return new SchemaId(TenantId.DEFAULT, UUID.fromString(uuid));
    }

    private static Fingerprint hash(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Two versions: of the first a valid and a wrong document, of the second three wrong ones an hour before. */
    @BeforeEach
    void record() {
        register(ONE, "1.0.0");
        register(TWO, "2.0.0");
        log.record(List.of(
                new ValidationRecord(ONE, hash("good"), true, 0, NOW.minusSeconds(2), Duration.ofMillis(1), List.of()),
                new ValidationRecord(
                        ONE, hash("bad"), false, 2, NOW.minusSeconds(1), Duration.ofMillis(2), List.of(PRICE, WHOLE))));
        for (int i = 1; i <= 3; i++) {
            log.record(List.of(new ValidationRecord(
                    TWO,
                    hash("bad" + i),
                    false,
                    1,
                    NOW.minus(Duration.ofHours(1)).minusSeconds(i),
                    Duration.ofMillis(3),
                    List.of(WHOLE))));
        }
    }

    private void register(SchemaId id, String version) {
        SchemaContent content = SchemaContent.of("\"" + version + "\"");
        Fingerprint hash = Fingerprint.sha256(content.bytes());
        Version assigned = Version.parse(version);
        storage.registerSchema(
                new NewSchema(
                        id,
                        new Subject(TenantId.DEFAULT, "a/b"),
                        SchemaType.JSON,
                        content,
                        new Fingerprints(hash, hash, hash),
                        List.of(),
                        new SchemaOutline(List.of(), List.of(), List.of()),
                        Metadata.NONE,
                        new SchemaState.Active(),
                        NOW,
                        "tester"),
                (candidate, history, _) -> assigned);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void history_ofAVersion_isNewestFirst() throws Exception {
        assertThat(body(OF_ONE)).isEqualTo("""
                {"from":"2026-03-03T11:23:00Z","to":"2026-03-10T11:23:00Z","items":[\
                {"schemaId":"%1$s","subject":"a/b","version":"1.0.0","dataHash":"%2$s","isValid":false,"errorCount":2,\
                "validatedAt":"2026-03-10T11:22:32.500Z","millis":2.0},\
                {"schemaId":"%1$s","subject":"a/b","version":"1.0.0","dataHash":"%3$s","isValid":true,"errorCount":0,\
                "validatedAt":"2026-03-10T11:22:31.500Z","millis":1.0}]}""".formatted(ONE, hash("bad"), hash("good")));
    }

    @Test
    void history_ofASubject_hasAllVersions_inPages() throws Exception {
        String path = OF_SUBJECT + "?limit=3";
        String first = body(path);
        String next = first.replaceAll(".*\"next\":\"([^\"]+)\".*", "$1");

        assertThat(first).containsSubsequence("1.0.0", "1.0.0", "2.0.0", "\"next\"");
        assertThat(body(path + "&cursor=" + next))
                .contains(hash("bad2").toString(), hash("bad3").toString())
                .doesNotContain("1.0.0", "\"next\"");
        assertRefused(OF_SUBJECT + "?valid=true&cursor=" + next, 400, "invalid-cursor");
    }

    @Test
    void history_canBeOfOneOutcomePeriodOrDocument() throws Exception {
        assertThat(body(OF_SUBJECT + "?valid=true"))
                .contains("\"isValid\":true")
                .doesNotContain("\"isValid\":false");
        assertThat(body(OF_SUBJECT + "?valid=false"))
                .contains("\"isValid\":false")
                .doesNotContain("\"isValid\":true");
        assertThat(body(OF_SUBJECT + "?to=2026-03-10T11:00:00Z"))
                .contains("2.0.0")
                .doesNotContain("1.0.0");
        assertThat(body(OF_SUBJECT + "?hash=" + hash("bad1")))
                .contains("\"from\":\"2025-03-09T11:23:00Z\"", hash("bad1").toString())
                .doesNotContain("1.0.0", hash("bad2").toString());
        assertThat(body(OF_ONE + "?hash=" + hash("bad1"))).contains("\"items\":[]");
    }

    @Test
    void rates_areByVersion_inTheOrderAskedFor() throws Exception {
        String rates = body(RATES);

        assertThat(rates)
                .startsWith("{\"from\":\"2026-03-03T12:00:00Z\",\"to\":\"2026-03-10T12:00:00Z\",\"items\":["
                        + "{\"validations\":3,\"failures\":3,\"failureRate\":1.0,\"meanMillis\":3.0,"
                        + "\"lastValidatedAt\":\"2026-03-10T10:22:32.500Z\",\"schema\":{\"id\":\"" + TWO + "\"")
                .contains("{\"validations\":2,\"failures\":1,\"failureRate\":0.5,\"meanMillis\":1.5,");
        assertThat(body(RATES + "?order=rate&subject=a%2Fb")).isEqualTo(rates);
        assertThat(body(RATES + "?from=2026-03-10T11:00:00Z"))
                .contains(ONE.toString())
                .doesNotContain(TWO.toString());
        assertThat(body(RATES + "?limit=1"))
                .contains(TWO.toString(), "\"next\"")
                .doesNotContain(ONE.toString());
    }

    @Test
    void fields_areThoseWithTheMostFailuresFirst_besideAllValidations() throws Exception {
        assertThat(body(OF_SUBJECT + "/fields"))
                .isEqualTo("{\"from\":\"2026-03-03T12:00:00Z\",\"to\":\"2026-03-10T12:00:00Z\","
                        + "\"validations\":5,\"failures\":4,\"items\":["
                        + "{\"path\":\"\",\"keyword\":\"required\",\"failures\":4,\"failureRate\":0.8},"
                        + "{\"path\":\"/items/*/price\",\"keyword\":\"minimum\",\"failures\":1,\"failureRate\":0.2}]}");
        assertThat(body(OF_ONE + "/fields"))
                .contains(
                        "\"validations\":2,\"failures\":1",
                        "\"keyword\":\"minimum\",\"failures\":1,\"failureRate\":0.5");
        assertThat(body(OF_ONE + "/fields?to=2026-03-10T11:00:00Z"))
                .contains("\"validations\":0,\"failures\":0,\"items\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_ONE, OF_ONE + "/fields", OF_SUBJECT, OF_SUBJECT + "/fields", RATES})
    void answers_areTagged_andOfOneTenant(String path) throws Exception {
        HttpResponse<String> answer = get(path, "default");
        HttpResponse<String> another = get(path, "another");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(another.body()).matches(path.equals(RATES) ? ".*\"items\":\\[\\].*" : ".*not-found.*");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/api/v1/schemas/01993b1e-7c1a-7000-8000-000000000009/validations, 404, schema-not-found",
        "/api/v1/schemas/01993b1e-7c1a-7000-8000-000000000009/validations/fields, 404, schema-not-found",
        "/api/v1/schemas/7/validations, 400, invalid-id",
        "/api/v1/subjects/none/validations, 404, subject-not-found",
        "/api/v1/subjects/none/validations/fields, 404, subject-not-found",
        "/api/v1/subjects/a%20b/validations, 400, invalid-subject",
        "/api/v1/subjects/a%2Fb/validations?valid=yes, 400, invalid-valid",
        "/api/v1/subjects/a%2Fb/validations?hash=7, 400, invalid-hash",
        "/api/v1/subjects/a%2Fb/validations?from=yesterday, 400, invalid-from",
        "/api/v1/subjects/a%2Fb/validations?cursor=x, 400, invalid-cursor",
        "/api/v1/subjects/a%2Fb/validations/fields?to=never, 400, invalid-to",
        "/api/v1/analytics/validations?subject=none, 404, subject-not-found",
        "/api/v1/analytics/validations?order=best, 400, invalid-order",
        "/api/v1/analytics/validations?limit=0, 400, invalid-limit",
    })
    void whatCannotBeAnswered_isNamed(String path, int status, String code) throws Exception {
        assertRefused(path, status, code);
    }

    private void assertRefused(String path, int status, String code) throws Exception {
        HttpResponse<String> answer = get(path, "default");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private String body(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, "default");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path, String tenant) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Registry-Tenant", tenant)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
