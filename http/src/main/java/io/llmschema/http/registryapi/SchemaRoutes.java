package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.Page;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import java.util.List;
import java.util.UUID;

/** {@code /api/v1/schemas}: versions by id, by number and by hash. */
record SchemaRoutes(SchemaRegistry registry, SchemaAnswers answers) {
    private static final String BY_ID = "/api/v1/schemas/{id}";
    private static final String BY_GLOBAL_ID = "/api/v1/schemas/ids/{globalId}";
    private static final int UUID_LENGTH = 36;

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/schemas", this::list),
                Route.get(BY_ID, request -> answers.schema(request, id(request))),
                Route.delete(BY_ID, request -> VersionRoutes.delete(registry, request, id(request))),
                Route.get(BY_ID + "/content", request -> answers.content(request, id(request), true)),
                Route.get(
                        BY_ID + "/references",
                        request -> answers.dependencies(request, id(request), Direction.REFERENCES)),
                Route.get(
                        BY_ID + "/dependents",
                        request -> answers.dependencies(request, id(request), Direction.DEPENDENTS)),
                Route.get(BY_GLOBAL_ID, request -> answers.schema(request, byGlobalId(request))),
                Route.get(BY_GLOBAL_ID + "/content", request -> answers.content(request, byGlobalId(request), true)),
                Route.get(BY_GLOBAL_ID + "/versions", this::listByGlobalId),
                Route.get("/api/v1/schemas/hashes/{hash}", this::listByHash));
    }

    static SchemaKey id(Request request) {
        return new SchemaKey.ById(schemaId(request.tenant(), request.path("id")));
    }

    static SchemaId schemaId(TenantId tenant, String id) {
        try {
            // UUID.fromString also takes shortened groups, which would give one schema several addresses.
            if (id.length() == UUID_LENGTH) {
                return new SchemaId(tenant, UUID.fromString(id));
            }
        } catch (IllegalArgumentException e) {
            throw invalidId(id);
        }
        throw invalidId(id);
    }

    private static InvalidValue invalidId(String id) {
        return new InvalidValue("id", id, "it is a UUID, such as 01993b1e-7c1a-7000-8000-000000000000");
    }

    private static GlobalId globalId(Request request) {
        String number = request.path("globalId");
        try {
            int value = Integer.parseInt(number);
            if (value > 0) {
                return new GlobalId(request.tenant(), value);
            }
        } catch (NumberFormatException e) {
            throw invalidGlobalId(number);
        }
        throw invalidGlobalId(number);
    }

    private static InvalidValue invalidGlobalId(String number) {
        return new InvalidValue("global-id", number, "it is a whole number from 1 to 2147483647");
    }

    private static SchemaKey byGlobalId(Request request) {
        return new SchemaKey.ByGlobalId(globalId(request));
    }

    private Answer list(Request request) {
        String order = request.query("order").orElse("ordinal");
        SchemaOrder schemaOrder = switch (order) {
            case "ordinal" -> SchemaOrder.BY_ORDINAL;
            case "version" -> SchemaOrder.BY_VERSION;
            case "newest" -> SchemaOrder.NEWEST_FIRST;
            default -> throw new InvalidValue("order", order, "it is ordinal, version or newest");
        };
        return page(request, Filters.schemas(request), schemaOrder);
    }

    private Answer listByGlobalId(Request request) {
        return page(request, Filters.schemas(request).withGlobalId(globalId(request)), SchemaOrder.BY_ORDINAL);
    }

    private Answer listByHash(Request request) {
        Fingerprint hash = Fingerprint.parse(request.path("hash"));
        return page(request, Filters.schemas(request).withFingerprint(hash), SchemaOrder.BY_ORDINAL);
    }

    private Answer page(Request request, SchemaFilter filter, SchemaOrder order) {
        Page<SchemaSummary> page = registry.list(filter, order, request.page());
        return Answers.hashed(request, MediaTypes.JSON, JsonOut.summaries(page, request.nextCursor(page)));
    }
}
