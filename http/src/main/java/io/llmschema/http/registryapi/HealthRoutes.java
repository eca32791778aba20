package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Health;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * {@code /health}, for load balancers and people on call.
 *
 * @param isStopping whether the server takes no new work
 */
record HealthRoutes(SchemaRegistry registry, BooleanSupplier isStopping) {
    List<Route> routes() {
        return List.of(Route.get("/health/live", this::live), Route.get("/health/ready", this::ready));
    }

    private Answer live(Request request) {
        return answer(new Health(true, "the process runs"));
    }

    private Answer ready(Request request) {
        return answer(isStopping.getAsBoolean() ? new Health(false, "the server is stopping") : registry.check());
    }

    private static Answer answer(Health health) {
        return Answer.of(health.isUp() ? 200 : 503, MediaTypes.JSON, JsonOut.health(health))
                .with("Cache-Control", "no-store");
    }
}
