package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /health}, for load balancers and people on call.
 *
 * @param obstacle why the server takes no requests at the moment, if it does not
 */
record HealthRoutes(SchemaRegistry registry, Supplier<Optional<String>> obstacle) {
    List<Route> routes() {
        return List.of(Route.get("/health/live", this::live), Route.get("/health/ready", this::ready));
    }

    private Answer live(Request request) {
        return answer(new Health(true, "the process runs"));
    }

    private Answer ready(Request request) {
        return answer(obstacle.get().map(reason -> new Health(false, reason)).orElseGet(registry::check));
    }

    private static Answer answer(Health health) {
        return Answer.of(health.isUp() ? 200 : 503, MediaTypes.JSON, JsonOut.health(health))
                .with("Cache-Control", "no-store");
    }
}
