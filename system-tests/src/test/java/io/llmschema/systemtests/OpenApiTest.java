package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.JSON;
import static io.llmschema.systemtests.RegistryClient.JSON_SCHEMA;
import static io.llmschema.systemtests.RegistryClient.MERGE_PATCH;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.http.Route;
import io.llmschema.http.registryapi.RegistryApi;
import io.llmschema.model.SettingsInForce;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import io.llmschema.storage.InMemoryAccessLog;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.storage.InMemoryValidationLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API says what the server does: no more, no less. */
@ExtendWith(SharedServer.class)
class OpenApiTest {
    /** A request with a body that uses every field there is, which must succeed. */
    private record Example(
            String operation, String method, String path, String contentType, String body, String component) {}

    private static final String FULL_REGISTRATION = """
            {"schemaType":"JSON","schema":"{\\"$ref\\":\\"base.json\\"}","version":"2.0.0","state":"DRAFT",
             "references":[{"name":"base.json","subject":"base","version":"latest"}],
             "description":"d","owner":"o","tags":["t"],"metadata":{"k":1},"createdBy":"me"}""";

    private static final String FULL_COMPATIBILITY = """
            {"schemaType":"JSON","schema":"{\\"$ref\\":\\"base.json\\"}",
             "references":[{"name":"base.json","subject":"base","version":"latest"}],
             "metadata":{"line":1},"level":"FULL_TRANSITIVE","policy":"LENIENT","aspects":["JSON"],"against":["latest"]}""";

    private static final String FULL_SETTINGS = """
            {"level":"FULL","policy":"LENIENT","aspects":["JSON"],"blocksUnknown":true,"groupBy":"line",
             "allowsLowerVersions":false,"validationMode":"WARN","mode":"READWRITE"}""";

    private static final List<Example> EXAMPLES = List.of(
            new Example("putGlobalSettings", "PUT", "/api/v1/settings", JSON, FULL_SETTINGS, "SettingsSet"),
            new Example("putSubjectSettings", "PUT", "/api/v1/subjects/s/settings", JSON, FULL_SETTINGS, "SettingsSet"),
            new Example(
                    "patchGlobalSettings", "PATCH", "/api/v1/settings", MERGE_PATCH, FULL_SETTINGS, "SettingsPatch"),
            new Example(
                    "patchSubjectSettings",
                    "PATCH",
                    "/api/v1/subjects/s/settings",
                    MERGE_PATCH,
                    FULL_SETTINGS,
                    "SettingsPatch"),
            new Example("registerVersion", "POST", versions("s"), JSON, FULL_REGISTRATION, "RegisterRequest"),
            new Example(
                    "registerBatch",
                    "POST",
                    "/api/v1/batch",
                    JSON,
                    "{\"items\":[" + FULL_REGISTRATION.replaceFirst("\\{", "{\"subject\":\"s\",") + "]}",
                    "BatchRequest"),
            new Example(
                    "checkCompatibility",
                    "POST",
                    "/api/v1/subjects/s/compatibility",
                    JSON,
                    FULL_COMPATIBILITY,
                    "CompatibilityRequest"),
            new Example(
                    "checkCompatibilityBatch",
                    "POST",
                    "/api/v1/compatibility",
                    JSON,
                    "{\"items\":[" + FULL_COMPATIBILITY.replaceFirst("\\{", "{\"subject\":\"s\",") + "]}",
                    "CompatibilityBatchRequest"),
            new Example(
                    "checkImpact",
                    "POST",
                    "/api/v1/subjects/base/impact",
                    JSON,
                    FULL_COMPATIBILITY,
                    "CompatibilityRequest"),
            new Example("updateSubject", "PATCH", "/api/v1/subjects/s", MERGE_PATCH, """
                    {"description":"d","owner":"o","tags":["t"],"metadata":{"k":1},
                     "state":{"stage":"DEPRECATED","reason":"r","sunset":"2030-01-31","replacement":"s2","since":"2026-01-31T00:00:00Z"}}""", "SubjectPatch"),
            new Example("changeSubjectState", "PUT", "/api/v1/subjects/s/state", JSON, """
                    {"stage":"DEPRECATED","reason":"r","sunset":"2030-01-31","replacement":"s2","since":"2026-01-31T00:00:00Z"}""", "State"),
            new Example("changeVersionState", "PUT", version("s", "1.0.0") + "/state", JSON, """
                    {"stage":"DEPRECATED","reason":"r","sunset":"2030-01-31","replacement":"s2","since":"2026-01-31T00:00:00Z"}""", "State"));

    @Test
    void routes_ofTheServer_areThoseOfTheDescription(RegistryClient client) {
        InMemoryStorage storage = new InMemoryStorage(String::equals);
        SchemaFormats formats =
                new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat()));
        SchemaRegistry registry = new SchemaRegistry(
                storage, formats, RegistryLimits.DEFAULT, SettingsInForce.DEFAULT, InstantSource.system());
        RegistryApi api = new RegistryApi(
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
                Optional::empty);

        List<String> routes = api.routes().stream().map(OpenApiTest::text).toList();

        assertThat(contract(client).routes()).containsExactlyInAnyOrderElementsOf(routes);
    }

    private static String text(Route route) {
        return route.method() + " " + route.template();
    }

    /** A contract of its own, so that this test alone decides what has been exercised. */
    private static OpenApiContract contract(RegistryClient client) {
        return OpenApiContract.of(client.server());
    }

    @Test
    void everyOperation_thatIsDescribed_succeeds(RegistryClient anyone) {
        OpenApiContract contract = contract(anyone);
        RegistryClient client = anyone.under(contract);
        String id = client.registerForId("base", "{\"type\":\"object\"}");
        client.register(
                "user",
                "{\"$ref\":\"base.json\"}",
                "\"references\":[{\"name\":\"base.json\",\"subject\":\"base\",\"version\":\"1.0.0\"}]");
        Reply schema = client.get("/api/v1/schemas/" + id);
        String globalId = schema.text("/globalId");
        String base = version("base", "1.0.0");

        List<String> reads = new ArrayList<>(List.of(
                "/api/v1/subjects?prefix=b&state=ACTIVE&limit=1",
                "/api/v1/subjects/base",
                versions("base") + "?state=ACTIVE&order=version&deleted=true&limit=10",
                "/api/v1/schemas?prefix=b&type=JSON&state=ACTIVE&order=newest&deleted=true&limit=10",
                "/api/v1/schemas/ids/" + globalId + "/versions?deleted=true&limit=10",
                "/api/v1/schemas/hashes/" + schema.text("/hashes/raw") + "?deleted=true&limit=10",
                "/api/v1/search?q=base&scope=all&sort=newest&prefix=b&type=JSON&state=ACTIVE&limit=10",
                "/api/v1/statistics",
                "/api/v1/analytics/most-read?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&limit=10",
                "/api/v1/analytics/latency?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&limit=10",
                "/api/v1/analytics/never-read?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&limit=10",
                "/api/v1/analytics/reads?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&step=day&schema=" + id,
                "/api/v1/analytics/validations?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&subject=base&order=rate&limit=10",
                "/health/live",
                "/health/ready"));
        for (String validated : List.of("/api/v1/subjects/base", "/api/v1/schemas/" + id)) {
            reads.add(validated
                    + "/validations?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&valid=false&limit=10&hash="
                    + schema.text("/hashes/raw"));
            reads.add(validated + "/validations/fields?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&limit=10");
        }
        for (String version : List.of(base, "/api/v1/schemas/" + id)) {
            reads.add(version);
            reads.add(version + "/content");
            reads.add(version + "/references?transitive=true&limit=10");
            reads.add(version + "/dependents?transitive=true&limit=10");
            reads.add(version + "/graph?direction=both&depth=2&format=json");
        }
        reads.add("/api/v1/settings");
        reads.add("/api/v1/subjects/base/settings");
        reads.add("/api/v1/subjects/base/diff/1.0.0..latest?format=json");
        reads.add("/api/v1/schemas/ids/" + globalId);
        reads.add("/api/v1/schemas/ids/" + globalId + "/content");
        for (String read : reads) {
            assertThat(client.get(read).status()).as(read).isEqualTo(200);
        }
        client.send("POST", "/api/v1/subjects/user/compatibility?level=FULL", JSON_SCHEMA, "true".getBytes(UTF_8));
        client.send("POST", "/api/v1/subjects/base/impact?level=FULL", JSON_SCHEMA, "true".getBytes(UTF_8));
        client.post("/api/v1/compatibility", "{\"items\":[{\"subject\":\"user\",\"schema\":true}]}");
        for (String settings : List.of("/api/v1/settings", "/api/v1/subjects/base/settings")) {
            client.put(settings, FULL_SETTINGS);
            client.patch(settings, "{\"level\":null}");
            client.delete(settings);
        }
        client.send("POST", "/api/v1/subjects/base/diff/1.0.0", JSON_SCHEMA, "true".getBytes(UTF_8));
        client.post(base + "/validate?message=", "{}");
        client.post("/api/v1/schemas/" + id + "/validate", "{}");
        client.post("/api/v1/validate-schema", "{\"schemaType\":\"JSON\",\"schema\":true,\"references\":[]}");
        client.patch("/api/v1/subjects/user", "{\"owner\":\"someone\"}");
        client.put("/api/v1/subjects/user/state", "{\"stage\":\"ARCHIVED\"}");
        client.put(version("user", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}");
        client.post("/api/v1/batch?dryRun=false", "{\"items\":[{\"subject\":\"batch\",\"schema\":true}]}");
        client.delete(version("user", "1.0.0") + "?permanent=false");
        client.delete(version("user", "1.0.0") + "?permanent=true");
        client.delete("/api/v1/schemas/" + client.registerForId("other", "true") + "?permanent=false");
        client.delete("/api/v1/subjects/base");

        assertThat(contract.operations())
                .allSatisfy(operation -> assertThat(contract.succeeded()).contains(operation.id()));
    }

    @Test
    void everyField_thatIsDescribed_isTaken(RegistryClient client) {
        int tenant = 0;
        for (Example example : EXAMPLES) {
            Reply reply = send(client.as(client.tenant() + "-" + tenant++), example, example.body());

            assertThat(reply.status()).as("%s: %s", example.operation(), reply).isIn(200, 201);
        }
    }

    @Test
    void everyField_thatIsDescribedAsOptional_canBeLeftOut_andNoOther(RegistryClient client) {
        OpenApiContract contract = contract(client);
        int tenant = 0;
        for (Example example : EXAMPLES) {
            JsonNode schema = contract.component(example.component());
            for (Mutation mutation : Mutation.of(contract, schema, Reply.parse(example.body()))) {
                Reply reply = send(client.as(client.tenant() + "-" + tenant++), example, mutation.body());

                assertThat(reply.status() / 100)
                        .as("%s with %s: %s", example.operation(), mutation.what(), reply)
                        .isEqualTo(mutation.isAllowed() ? 2 : 4);
                if (!mutation.isAllowed()) {
                    assertThat(reply.text("/code")).as(mutation.what()).isEqualTo("malformed-request");
                    assertThat(reply.text("/detail")).contains(mutation.pointer());
                }
            }
        }
    }

    private static Reply send(RegistryClient client, Example example, String body) {
        client.register("base", "{\"type\":\"object\"}");
        client.register("s", "{\"type\":\"string\"}");
        return client.send(example.method(), example.path(), example.contentType(), body.getBytes(UTF_8));
    }

    /** A body that differs from a good one in one field. */
    private record Mutation(String what, String pointer, String body, boolean isAllowed) {
        /** Each field of each described object left out, of another type, and one more field. */
        static List<Mutation> of(OpenApiContract contract, JsonNode schema, JsonNode body) {
            List<Mutation> mutations = new ArrayList<>();
            collect(contract, schema, body, body, "", mutations);
            return mutations;
        }

        private static void collect(
                OpenApiContract contract,
                JsonNode schema,
                JsonNode root,
                JsonNode value,
                String at,
                List<Mutation> mutations) {
            if (value instanceof ArrayNode array
                    && schema.path("items").path("properties").isObject()) {
                collect(contract, contract.resolved(schema.path("items")), root, array.get(0), at + "/0", mutations);
            } else if (value instanceof ArrayNode array && schema.path("items").has("$ref")) {
                collect(contract, contract.resolved(schema.path("items")), root, array.get(0), at + "/0", mutations);
            }
            if (!(value instanceof ObjectNode) || !schema.has("properties")) {
                return;
            }
            mutations.add(changed(root, at, "unknown", Reply.parse("1"), false));
            List<String> required = new ArrayList<>();
            schema.path("required").forEach(name -> required.add(name.asString()));
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                String name = property.getKey();
                JsonNode propertySchema = contract.resolved(property.getValue());
                // Needed by the example's stage, and by that only.
                boolean isNeeded = required.contains(name) || name.equals("reason");
                boolean isTheReferenceThatTheSchemaNeeds = name.equals("references");
                if (!isTheReferenceThatTheSchemaNeeds) {
                    mutations.add(changed(root, at, name, null, !isNeeded));
                }
                if (!name.equals("schema")) {
                    mutations.add(changed(root, at, name, Reply.parse("7"), false));
                }
                collect(contract, propertySchema, root, value.path(name), at + "/" + name, mutations);
            }
        }

        private static Mutation changed(
                JsonNode root, String at, String name, @Nullable JsonNode value, boolean isAllowed) {
            JsonNode copy = root.deepCopy();
            ObjectNode object = (ObjectNode) copy.at(at);
            if (value == null) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
            String what = "'" + at + "/" + name + (value == null ? "' left out" : "' = " + value);
            return new Mutation(what, at + "/" + name, copy.toString(), isAllowed);
        }
    }
}
