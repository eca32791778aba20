package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.ConsistencyTokens;
import io.llmschema.http.Dialect;
import io.llmschema.http.HttpProblem;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException;
import io.llmschema.registry.Analytics;
import io.llmschema.registry.Documents;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.registry.Validations;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The registry's own dialect: {@code /api/v1} and {@code /health}, with problem documents. */
public final class RegistryApi implements Dialect {
    /** Below them is nothing but this API, its description and the state of the server. */
    private static final Pattern OWN_PATHS = Pattern.compile("/(api|health|docs|openapi)([/.].*)?");

    private final List<Route> routes;

    /** @param obstacle why the server takes no requests at the moment, if it does not; then it is not ready */
    public RegistryApi(
            SchemaRegistry registry,
            Documents documents,
            Analytics analytics,
            Validations validations,
            Supplier<Optional<String>> obstacle) {
        SchemaAnswers answers = new SchemaAnswers(registry, new ReadyAnswers());
        Stream<Route> consistent = Stream.of(
                        new SubjectRoutes(registry).routes(),
                        new VersionRoutes(registry, answers).routes(),
                        new SchemaRoutes(registry, answers).routes(),
                        new CompatibilityRoutes(registry).routes(),
                        new SettingsRoutes(registry).routes(),
                        new DiffRoutes(registry).routes(),
                        new GraphRoutes(registry).routes(),
                        new DocumentRoutes(registry, documents).routes(),
                        new SearchRoutes(registry).routes())
                .flatMap(List::stream)
                .map(route -> ConsistencyTokens.on(route, this));
        // What is remembered of reads and validations, and whether the server is well, is no state of the registry.
        Stream<Route> others = Stream.of(
                        new AnalyticsRoutes(analytics).routes(),
                        new ValidationHistoryRoutes(validations).routes(),
                        new HealthRoutes(registry, obstacle).routes())
                .flatMap(List::stream);
        this.routes = Stream.concat(consistent, others).toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public boolean owns(String rawPath) {
        return OWN_PATHS.matcher(rawPath).matches();
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
