package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Page;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.Subject;
import io.llmschema.registry.Validations;
import io.llmschema.storage.FailedFields;
import io.llmschema.storage.FailedFieldsQuery;
import io.llmschema.storage.PastValidation;
import io.llmschema.storage.RatesQuery;
import io.llmschema.storage.RatesQuery.Order;
import io.llmschema.storage.ValidationFilter;
import io.llmschema.storage.ValidationFilter.Outcome;
import io.llmschema.storage.ValidationRate;
import io.llmschema.storage.ValidationScope;
import java.util.List;

/** {@code …/validations}: what came of validating documents. */
record ValidationHistoryRoutes(Validations validations) {
    private static final String OF_VERSION = "/api/v1/schemas/{id}/validations";
    private static final String OF_SUBJECT = "/api/v1/subjects/{subject}/validations";

    List<Route> routes() {
        return List.of(
                Route.get(OF_VERSION, request -> history(request, version(request))),
                Route.get(OF_VERSION + "/fields", request -> fields(request, version(request))),
                Route.get(OF_SUBJECT, request -> history(request, subject(request))),
                Route.get(OF_SUBJECT + "/fields", request -> fields(request, subject(request))),
                Route.get("/api/v1/analytics/validations", this::rates));
    }

    private static ValidationScope version(Request request) {
        return new ValidationScope.OfVersion(SchemaRoutes.schemaId(request.tenant(), request.path("id")));
    }

    private static ValidationScope subject(Request request) {
        return new ValidationScope.OfSubject(SubjectRoutes.subject(request));
    }

    private Answer history(Request request, ValidationScope scope) {
        ValidationFilter filter = validations.filter(
                scope,
                outcome(request),
                request.query("hash").map(Fingerprint::parse).orElse(null),
                AnalyticsRoutes.time(request, "from"),
                AnalyticsRoutes.time(request, "to"));
        Page<PastValidation> page = validations.history(filter, request.page());
        return answer(request, JsonOut.validations(filter.period(), page, request.nextCursor(page)));
    }

    private Answer fields(Request request, ValidationScope scope) {
        FailedFieldsQuery query = validations.failedFieldsQuery(
                scope, AnalyticsRoutes.time(request, "from"), AnalyticsRoutes.time(request, "to"));
        FailedFields failed = validations.failedFields(query, request.page());
        return answer(request, JsonOut.failedFields(query.period(), failed, request.nextCursor(failed.fields())));
    }

    private Answer rates(Request request) {
        RatesQuery query = validations.ratesQuery(
                request.tenant(),
                request.query("subject")
                        .map(name -> new Subject(request.tenant(), name))
                        .orElse(null),
                AnalyticsRoutes.time(request, "from"),
                AnalyticsRoutes.time(request, "to"),
                order(request));
        Page<ValidationRate> page = validations.rates(query, request.page());
        return answer(request, JsonOut.validationRates(query.period(), page, request.nextCursor(page)));
    }

    private static Answer answer(Request request, byte[] body) {
        return Answers.hashed(request, MediaTypes.JSON, body);
    }

    private static Outcome outcome(Request request) {
        String valid = request.query("valid").orElse("");
        return switch (valid) {
            case "" -> Outcome.ANY;
            case "true" -> Outcome.VALID;
            case "false" -> Outcome.INVALID;
            default -> throw new InvalidValue("valid", valid, "it is true or false; left out, both are listed");
        };
    }

    private static Order order(Request request) {
        String order = request.query("order").orElse("failures");
        return switch (order) {
            case "failures" -> Order.MOST_FAILURES;
            case "rate" -> Order.HIGHEST_RATE;
            default -> throw new InvalidValue("order", order, "it is failures or rate");
        };
    }
}
