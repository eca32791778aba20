package io.llmschema.http.registryapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.DocumentValidator;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.http.HttpLimits;
import io.llmschema.http.RegistryHttpServer;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.DocumentReport;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.Undecided;
import io.llmschema.model.Violation;
import io.llmschema.model.Witness;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions about compatibility as they are asked and answered, over a language in which the answers are written into the schemas. */
class CompatibilityRoutesTest {
    private static final String S = "/api/v1/subjects/s";
    private static final String ID = "[0-9a-f-]{36}";

    private final InMemoryStorage storage = new InMemoryStorage(String::equals);
    private final SchemaFormats formats = new SchemaFormats(
            Arrays.stream(SchemaType.values()).<SchemaFormat>map(Foretold::new).toList());
    private final SchemaRegistry registry = new SchemaRegistry(
            storage,
            formats,
            RegistryLimits.DEFAULT,
            new SubjectSettings(CompatibilityLevel.BACKWARD, CompatibilityPolicy.STRICT, null, null, null, true, null)
                    .over(SettingsInForce.DEFAULT),
            InstantSource.system());
    private final RegistryHttpServer server = new RegistryHttpServer(
            List.of(new RegistryApi(
                    registry,
                    new Documents(registry, storage, formats, _ -> {}, InstantSource.system()),
                    new Analytics(
                            new InMemoryAccessLog(storage, Duration.ofDays(1), InstantSource.system()),
                            storage,
                            InstantSource.system()),
                    new Validations(
                            new InMemoryValidationLog(storage, Duration.ofDays(1), InstantSource.system()),
                            storage,
                            InstantSource.system()),
                    Optional::empty)),
            List.of(),
            HttpLimits.forContentsOf(1024 * 1024),
            "127.0.0.1",
            0);
    private final int port = server.start();

    /** A reader with {@code narrow} in it reads nothing, of one with {@code hard} nothing is known, {@code wrong} is none at all. */
    record Foretold(SchemaType type) implements SchemaFormat {
        @Override
        public ParseOutcome parse(SchemaContent content, List<ReferencedSchema> references) {
            String text = content.text();
            return text.contains("wrong")
                    ? ParseOutcome.Rejected.because(Violation.ofWhole("it is wrong"))
                    : new ParseOutcome.Parsed(new Parsed(text));
        }

        @Override
        public Set<DataEncoding> encodings() {
            return type == SchemaType.JSON ? Set.of(DataEncoding.JSON) : Set.of(DataEncoding.BINARY);
        }

        @Override
        public List<SchemaChange> changes(SchemaSource before, SchemaSource after) {
            return List.of(new SchemaChange(
                    SchemaChange.Kind.CHANGED,
                    SchemaChange.Nature.MEANING,
                    "",
                    "",
                    before.content().text(),
                    after.content().text()));
        }

        @Override
        public DocumentValidator validator(SchemaSource schema) {
            return (_, _) -> DocumentReport.VALID;
        }

        @Override
        public Optional<String> rendered(SchemaSource schema, String form) {
            return Optional.empty();
        }

        @Override
        public Judgement judge(SchemaSource reader, SchemaSource writer, CompatibilityPolicy policy) {
            String text = reader.content().text();
            boolean isNarrow = text.contains("narrow") && policy == CompatibilityPolicy.STRICT;
            return new Judgement(isNarrow ? List.of(narrow()) : List.of(), text.contains("hard") ? hard() : List.of());
        }

        private Incompatibility narrow() {
            return new Incompatibility(
                    "narrow",
                    encodings().iterator().next(),
                    "/r",
                    "/w",
                    "it is narrow",
                    new Witness(Witness.JSON, "{\"a\":1}", "no"));
        }

        private static List<Undecided> hard() {
            return List.of(new Undecided("/r", "/w", "it is hard"));
        }
    }

    private record Parsed(String text) implements ParsedSchema {
        @Override
        public String canonicalForm() {
            return text;
        }

        @Override
        public String unorderedForm() {
            return text;
        }

        @Override
        public SchemaOutline outline() {
            return new SchemaOutline(List.of(), List.of(), List.of());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answer_hasEverythingInItsOrder() throws Exception {
        register("\"one\"");

        HttpResponse<String> answer = post(S + "/compatibility", "{\"schema\":\"narrow hard\",\"level\":\"FULL\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Registry-Consistency-Token")).isPresent();
        assertThat(answer.body().replaceAll(ID, "…"))
                .isEqualTo(
                        "{\"verdict\":\"INCOMPATIBLE\",\"isCompatible\":false,\"isAccepted\":false,\"level\":\"FULL\",\"policy\":\"STRICT\","
                                + "\"comparisons\":["
                                + "{\"version\":\"1.0.0\",\"id\":\"…\",\"direction\":\"BACKWARD\",\"verdict\":\"INCOMPATIBLE\","
                                + "\"incompatibilities\":[{\"rule\":\"narrow\",\"aspect\":\"JSON\",\"readerPath\":\"/r\",\"writerPath\":\"/w\","
                                + "\"message\":\"it is narrow\",\"witness\":{\"mediaType\":\"application/json\","
                                + "\"document\":\"{\\\"a\\\":1}\",\"refusal\":\"no\"}}],"
                                + "\"undecided\":[{\"readerPath\":\"/r\",\"writerPath\":\"/w\",\"reason\":\"it is hard\"}]},"
                                + "{\"version\":\"1.0.0\",\"id\":\"…\",\"direction\":\"FORWARD\",\"verdict\":\"COMPATIBLE\","
                                + "\"incompatibilities\":[],\"undecided\":[]}]}");
    }

    @Test
    void whatIsNotSaid_isWhatIsInForce() throws Exception {
        assertThat(post(S + "/compatibility", "{\"schema\":true}").body())
                .isEqualTo(
                        "{\"verdict\":\"COMPATIBLE\",\"isCompatible\":true,\"isAccepted\":true,\"level\":\"BACKWARD\",\"policy\":\"STRICT\",\"comparisons\":[]}");
    }

    @Test
    void everyField_isUnderstood() throws Exception {
        register("\"one\"");
        register("\"two\"");

        HttpResponse<String> answer = post(
                S + "/compatibility",
                "{\"schemaType\":\"json\",\"schema\":\"narrow\",\"references\":[{\"name\":\"o\",\"subject\":\"s\",\"version\":\"^1\"}],"
                        + "\"level\":\"forward_transitive\",\"policy\":\"lenient\",\"aspects\":[\"json\"],\"against\":[\"ordinal:1\",\"latest\"]}");

        assertThat(answer.body())
                .startsWith("{\"verdict\":\"COMPATIBLE\"")
                .contains("\"level\":\"FORWARD_TRANSITIVE\",\"policy\":\"LENIENT\"")
                .containsSubsequence("\"version\":\"1.1.0\"", "\"version\":\"1.0.0\"")
                .doesNotContain("BACKWARD");
    }

    @Test
    void bareSchema_isTakenWithQueryParameters() throws Exception {
        post(S + "/versions", "application/x-protobuf-schema", "one");

        HttpResponse<String> answer = post(
                S + "/compatibility?level=FULL&policy=LENIENT&aspect=BINARY&against=1.0.0&against=%5E1",
                "application/x-protobuf-schema",
                "narrow");

        assertThat(answer.body())
                .startsWith(
                        "{\"verdict\":\"COMPATIBLE\",\"isCompatible\":true,\"isAccepted\":true,\"level\":\"FULL\",\"policy\":\"LENIENT\"");
    }

    @Test
    void unknownNames_areRefusedWithThoseThatAreKnown() throws Exception {
        assertRefused(400, "invalid-level", "{\"schema\":true,\"level\":\"ALL\"}", "ALL", "FULL_TRANSITIVE");
        assertRefused(400, "invalid-policy", "{\"schema\":true,\"policy\":\"X\"}", "STRICT, LENIENT");
        assertRefused(400, "invalid-aspect", "{\"schema\":true,\"aspects\":[\"X\"]}", "JSON, BINARY");
        assertRefused(400, "invalid-aspect", "{\"schema\":true,\"aspects\":[\"BINARY\"]}", "[JSON]");
        assertRefused(400, "invalid-version", "{\"schema\":true,\"against\":[\"newest\"]}", "newest");
    }

    @Test
    void malformed_isRefusedWithItsPlace() throws Exception {
        assertRefused(400, "malformed-request", "{}", "/schema");
        assertRefused(400, "malformed-request", "{\"schema\":true,\"version\":\"1.0.0\"}", "/version", "against");
        assertRefused(400, "malformed-request", "{\"schema\":true,\"level\":7}", "/level");
        assertRefused(400, "malformed-request", "{\"schema\":true,\"aspects\":\"JSON\"}", "/aspects");
        assertRefused(400, "malformed-request", "{\"schema\":true,\"against\":[1]}", "/against/0");
        assertThat(post(S + "/compatibility", "text/plain", "x").statusCode()).isEqualTo(415);
    }

    @Test
    void whatCannotBeCompared_isRefused() throws Exception {
        assertRefused(404, "subject-not-found", "{\"schema\":true,\"against\":[\"latest\"]}", "'s'");
        register("\"one\"");

        assertRefused(404, "schema-not-found", "{\"schema\":true,\"against\":[\"2.0.0\"]}", "2.0.0");
        assertRefused(422, "invalid-schema", "{\"schema\":\"wrong\"}", "wrong");
        assertRefused(422, "incomparable-types", "{\"schema\":\"\",\"schemaType\":\"AVRO\"}", "JSON", "AVRO");
        String many = "\"latest\",".repeat(RegistryLimits.MAX_COMPARED_VERSIONS) + "\"latest\"";
        assertRefused(400, "invalid-against", "{\"schema\":true,\"against\":[" + many + "]}", "201", "200");
        for (int i = 0; i < RegistryLimits.MAX_COMPARED_VERSIONS; i++) {
            register("\"" + i + "\"");
        }
        assertRefused(422, "too-much-to-compare", "{\"schema\":true,\"level\":\"BACKWARD_TRANSITIVE\"}", "200");
    }

    @Test
    void batch_answersEachItemForItself() throws Exception {
        register("\"one\"");

        HttpResponse<String> answer = post("/api/v1/compatibility", """
                {"items":[{"subject":"s","schema":"narrow"},
                          {"subject":"s","schema":"wrong"},
                          {"subject":"a b","schema":true},
                          {"subject":"s","schema":true,"level":"ALL"},
                          {"subject":"s","schema":true,"against":["7.0.0"]},
                          {"subject":"new","schema":"hard"},
                          {"subject":"s","schema":"hard"}]}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"items\":[{\"verdict\":\"INCOMPATIBLE\"")
                .containsSubsequence(
                        "\"code\":\"invalid-schema\",\"violations\":[",
                        "\"code\":\"invalid-subject\"",
                        "\"code\":\"invalid-level\"",
                        "\"status\":404",
                        "\"code\":\"schema-not-found\"",
                        "\"verdict\":\"COMPATIBLE\"",
                        "\"verdict\":\"UNKNOWN\"");
    }

    @Test
    void batch_thatIsMalformedOrTooLarge_isRefusedAsAWhole() throws Exception {
        String good = "{\"subject\":\"s\",\"schema\":true}";
        String many = (good + ",").repeat(RegistryLimits.MAX_COMPATIBILITY_ITEMS) + good;

        assertBatchRefused("malformed-request", "{}", "/items");
        assertBatchRefused("malformed-request", "{\"items\":[" + good + ",7]}", "/items/1");
        assertBatchRefused("malformed-request", "{\"items\":[" + good + ",{\"schema\":true}]}", "/items/1/subject");
        assertBatchRefused("malformed-request", "{\"items\":[{\"subject\":\"s\",\"schema\":1,\"x\":1}]}", "/items/0/x");
        assertBatchRefused("invalid-batch", "{\"items\":[]}", "0 items");
        assertBatchRefused("invalid-batch", "{\"items\":[" + many + "]}", "101 items", "100");
    }

    private void assertRefused(int status, String code, String body, String... facts) throws Exception {
        assertRefused(post(S + "/compatibility", body), status, code, facts);
    }

    private void assertBatchRefused(String code, String body, String... facts) throws Exception {
        assertRefused(post("/api/v1/compatibility", body), 400, code, facts);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String... facts) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains(facts);
    }

    private void register(String schema) throws Exception {
        assertThat(post(S + "/versions", "application/schema+json", schema).statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, "application/json", json);
    }

    private HttpResponse<String> post(String path, String contentType, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI url = URI.create("http://127.0.0.1:" + port + path);
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("Content-Type", contentType)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
