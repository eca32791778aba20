package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaKey;
import io.llmschema.registry.DependencyGraph;
import io.llmschema.registry.GraphRequest;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.DependencyReader.Direction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code …/graph}: the versions around one, and their references; {@code …/impact}: what a change does to those that refer to a schema. */
record GraphRoutes(SchemaRegistry registry) {
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/subjects/{subject}/versions/{version}/graph",
                        request -> graph(request, VersionRoutes.key(request))),
                Route.get("/api/v1/schemas/{id}/graph", request -> graph(request, SchemaRoutes.id(request))),
                Route.post("/api/v1/subjects/{subject}/impact", this::impact));
    }

    private Answer graph(Request request, SchemaKey key) {
        GraphFormat format = GraphFormat.of(request);
        GraphRequest wanted = new GraphRequest(directions(request), depth(request));
        DependencyGraph graph = registry.graph(key, wanted);
        byte[] body = switch (format) {
            case JSON -> GraphOut.json(graph);
            case MERMAID -> MermaidOut.graph(graph);
            case DOT -> DotOut.graph(graph);
        };
        // The same address leads to all of them.
        return Answers.hashed(request, format.mediaType(), body).with("Vary", "Registry-Tenant, Accept");
    }

    private static Set<Direction> directions(Request request) {
        String direction = request.query("direction").orElse("both");
        return switch (direction) {
            case "references" -> EnumSet.of(Direction.REFERENCES);
            case "dependents" -> EnumSet.of(Direction.DEPENDENTS);
            case "both" -> EnumSet.allOf(Direction.class);
            default -> throw new InvalidValue("direction", direction, "it is references, dependents or both");
        };
    }

    private static int depth(Request request) {
        String depth = request.query("depth").orElse(Integer.toString(GraphRequest.ANY_DEPTH));
        try {
            return Integer.parseInt(depth);
        } catch (NumberFormatException e) {
            throw new InvalidValue("depth", depth, "it is a whole number");
        }
    }

    private Answer impact(Request request) {
        return Answer.of(
                200,
                MediaTypes.JSON,
                ImpactOut.report(
                        registry.impact(CompatibilityRequests.question(request, SubjectRoutes.subject(request)))));
    }
}
