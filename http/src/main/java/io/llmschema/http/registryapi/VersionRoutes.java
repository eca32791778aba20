package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Page;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.SchemaOrder;
import java.util.List;

/** {@code /api/v1/subjects/{subject}/versions} and {@code /api/v1/batch}: the versions of subjects. */
record VersionRoutes(SchemaRegistry registry, SchemaAnswers answers) {
    private static final String VERSIONS = "/api/v1/subjects/{subject}/versions";
    private static final String VERSION = VERSIONS + "/{version}";

    List<Route> routes() {
        return List.of(
                Route.get(VERSIONS, this::list),
                Route.post(VERSIONS, this::register),
                Route.get(VERSION, request -> answers.schema(request, key(request))),
                Route.delete(VERSION, this::delete),
                Route.get(VERSION + "/content", request -> answers.content(request, key(request), false)),
                Route.put(VERSION + "/state", this::changeState),
                Route.get(
                        VERSION + "/references",
                        request -> answers.dependencies(request, key(request), Direction.REFERENCES)),
                Route.get(
                        VERSION + "/dependents",
                        request -> answers.dependencies(request, key(request), Direction.DEPENDENTS)),
                Route.post("/api/v1/batch", this::registerBatch));
    }

    static SchemaKey key(Request request) {
        return new SchemaKey.ByVersion(SubjectRoutes.subject(request), VersionSelector.parse(request.path("version")));
    }

    private Answer list(Request request) {
        String order = request.query("order").orElse("ordinal");
        SchemaOrder schemaOrder = switch (order) {
            case "ordinal" -> SchemaOrder.BY_ORDINAL;
            case "version" -> SchemaOrder.BY_VERSION;
            default -> throw new InvalidValue("order", order, "it is ordinal or version");
        };
        Page<SchemaSummary> page = registry.listVersions(
                SubjectRoutes.subject(request), Filters.schemas(request), schemaOrder, request.page());
        return Answers.hashed(request, MediaTypes.JSON, JsonOut.summaries(page, request.nextCursor(page)));
    }

    private Answer register(Request request) {
        RegistrationRequest registration = Requests.registration(request, SubjectRoutes.subject(request));
        if (request.flag("dryRun")) {
            return Answer.of(200, MediaTypes.JSON, JsonOut.registration(registry.tryRegister(registration)));
        }
        Registration registered = registry.register(registration);
        byte[] body = JsonOut.registration(registered);
        return registered.isNew()
                ? Answer.of(201, MediaTypes.JSON, body)
                        .with(
                                "Location",
                                "/api/v1/schemas/" + registered.schema().id())
                : Answer.of(200, MediaTypes.JSON, body);
    }

    private Answer registerBatch(Request request) {
        List<Registration> registered = registry.registerAll(Requests.batch(request), request.flag("dryRun"));
        return Answer.of(200, MediaTypes.JSON, JsonOut.registrations(registered));
    }

    private Answer delete(Request request) {
        return delete(registry, request, key(request));
    }

    /** Deletes a version, or removes for good one that is deleted already. */
    static Answer delete(SchemaRegistry registry, Request request, SchemaKey key) {
        SchemaSummary gone = request.flag("permanent") ? registry.purge(key) : registry.delete(key);
        return Answer.of(200, MediaTypes.JSON, JsonOut.summary(gone));
    }

    private Answer changeState(Request request) {
        SchemaKey key = key(request);
        Requests.requireJson(request.mediaType());
        SchemaState state = JsonIn.parse(request.body()).state();
        return Answer.of(200, MediaTypes.JSON, JsonOut.summary(registry.changeState(key, state)));
    }
}
