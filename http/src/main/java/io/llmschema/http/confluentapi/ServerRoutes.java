package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** {@code /} and {@code /v1/metadata}: what clients ask of a server before they ask of schemas. */
record ServerRoutes(ConfluentLevel level) {
    private static final String NAME = "llm-schema-registry";

    Stream<Route> routes() {
        return Stream.of(
                Route.get("/", ServerRoutes::alive),
                Route.post("/", ServerRoutes::alive),
                Route.get("/v1/metadata/id", ServerRoutes::id),
                Route.get("/v1/metadata/version", this::version),
                Route.get("/v1/metadata/deployment", ServerRoutes::deployment));
    }

    private static Answer alive(Request request) {
        return Replies.done(request, out -> out.object(() -> {}));
    }

    /** There is no Kafka cluster beneath; clients print what stands here, and do nothing with it. */
    private static Answer id(Request request) {
        return Replies.read(
                request,
                out -> out.object(() -> {
                    out.object("scope", () -> {
                        out.texts("path", List.of());
                        out.object("clusters", () -> {
                            out.text("kafka-cluster", NAME);
                            out.text("schema-registry-cluster", "schema-registry");
                        });
                    });
                    out.text("id", "");
                }));
    }

    private Answer version(Request request) {
        return Replies.read(
                request,
                out -> out.object(() -> {
                    out.text("version", level.version());
                    out.text("commitId", NAME);
                }));
    }

    private static Answer deployment(Request request) {
        return Replies.read(request, out -> out.object(() -> out.texts("attributes", List.of(NAME))));
    }
}
