package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Subject;
import io.llmschema.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code /config} and {@code /config/{subject}}: by what versions are judged, and what is said of contracts beforehand. */
record ConfigRoutes(SchemaRegistry registry) {
    /** What the level is called in answers. */
    private static final String LEVEL = ConfigField.LEVEL.json();

    Stream<Route> routes() {
        return Stream.concat(routes("/config", Scope::root), routes("/config/{subject}", Scope::named))
                .flatMap(Contexts::both);
    }

    private Stream<Route> routes(String path, Function<Request, Subject> of) {
        return Stream.of(
                Route.get(path, request -> get(request, of.apply(request))),
                Route.put(path, request -> put(request, of.apply(request))),
                Route.delete(path, request -> delete(request, of.apply(request))));
    }

    private Answer get(Request request, Subject subject) {
        Config set = Config.of(registry.settings(subject));
        if (Scope.isDefaultContext(subject) || Parameters.flag(request, "defaultToGlobal")) {
            return Replies.read(
                    request,
                    withLevelInForce(Config.inForce(registry, subject), subject).toJson(LEVEL));
        }
        if (set.isEmpty()) {
            throw new ConfluentRefusal(
                    40408, 404, "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
        }
        return Replies.read(request, set.toJson(LEVEL));
    }

    private Answer put(Request request, Subject subject) {
        Map<ConfigField, Optional<JsonNode>> change = ConfigField.read(Wish.body(request));
        Config set = Config.of(registry.updateSettings(
                subject, present -> Config.of(present).with(change).into(present)));
        return Replies.done(request, set.toJson(ConfigField.LEVEL_TO_SET));
    }

    private Answer delete(Request request, Subject subject) {
        Config set = Config.of(registry.settings(subject));
        if (set.isEmpty() && !Scope.isDefaultContext(subject)) {
            throw new ConfluentRefusal(40401, 404, "Subject '%s' not found.".formatted(subject));
        }
        Config deleted = Scope.isDefaultContext(subject) ? withLevelInForce(set, subject) : set;
        registry.updateSettings(subject, Config.NONE::into);
        return Replies.done(request, deleted.toJson(LEVEL));
    }

    /** The level that the registry goes by is taken from above even where other fields are set. */
    private Config withLevelInForce(Config config, Subject subject) {
        return config.withLevel(registry.settingsInForce(subject).criteria().level());
    }
}
