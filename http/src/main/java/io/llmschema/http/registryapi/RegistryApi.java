package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Dialect;
import io.llmschema.http.HttpProblem;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The registry's own dialect: {@code /api/v1} and {@code /health}, with problem documents. */
public final class RegistryApi implements Dialect {
    private final List<Route> routes;

    /** @param isStopping whether the server takes no new work; then it is not ready */
    public RegistryApi(SchemaRegistry registry, Analytics analytics, BooleanSupplier isStopping) {
        SchemaAnswers answers = new SchemaAnswers(registry, new ReadyAnswers());
        this.routes = Stream.of(
                        new SubjectRoutes(registry).routes(),
                        new VersionRoutes(registry, answers).routes(),
                        new SchemaRoutes(registry, answers).routes(),
                        new SearchRoutes(registry).routes(),
                        new AnalyticsRoutes(analytics).routes(),
                        new HealthRoutes(registry, isStopping).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Answer refusal(RegistryException refusal) {
        return Problem.of(refusal).toAnswer();
    }

    @Override
    public Answer refusal(HttpProblem problem) {
        return Problem.of(problem).toAnswer();
    }

    @Override
    public Answer defect(String incident) {
        return Problem.ofDefect(incident).toAnswer();
    }
}
