package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Page;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SearchQuery.Order;
import io.llmschema.storage.SearchQuery.Scope;
import java.util.List;

/** {@code /api/v1/search} and {@code /api/v1/statistics}. */
record SearchRoutes(SchemaRegistry registry) {
    List<Route> routes() {
        return List.of(Route.get("/api/v1/search", this::search), Route.get("/api/v1/statistics", this::statistics));
    }

    private Answer search(Request request) {
        String words = request.query("q").orElse(null);
        if (words != null && words.length() > SearchQuery.MAX_WORDS_LENGTH) {
            throw new InvalidValue(
                    "q", words, "at most " + SearchQuery.MAX_WORDS_LENGTH + " characters are searched for");
        }
        SearchQuery query = new SearchQuery(words, Filters.schemas(request), scope(request), order(request));
        Page<SearchHit> page = registry.search(query, request.page());
        return Answers.hashed(request, MediaTypes.JSON, JsonOut.hits(page, request.nextCursor(page)));
    }

    private static Scope scope(Request request) {
        String scope = request.query("scope").orElse("latest");
        return switch (scope) {
            case "latest" -> Scope.LATEST;
            case "all" -> Scope.ALL;
            default -> throw new InvalidValue("scope", scope, "it is latest or all");
        };
    }

    private static Order order(Request request) {
        String order = request.query("sort").orElse("relevance");
        return switch (order) {
            case "relevance" -> Order.RELEVANCE;
            case "subject" -> Order.BY_SUBJECT;
            case "newest" -> Order.NEWEST_FIRST;
            default -> throw new InvalidValue("sort", order, "it is relevance, subject or newest");
        };
    }

    private Answer statistics(Request request) {
        byte[] body = JsonOut.statistics(registry.statistics(request.tenant()));
        return Answers.hashed(request, MediaTypes.JSON, body);
    }
}
