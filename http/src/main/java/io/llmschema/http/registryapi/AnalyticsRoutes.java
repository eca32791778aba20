package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Page;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaSummary;
import io.llmschema.registry.Analytics;
import io.llmschema.storage.Period;
import io.llmschema.storage.ReadsQuery;
import io.llmschema.storage.ReadsQuery.Step;
import io.llmschema.storage.SchemaAccess;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/analytics}: who reads what, and how fast. */
record AnalyticsRoutes(Analytics analytics) {
    private static final String ANALYTICS = "/api/v1/analytics";

    List<Route> routes() {
        return List.of(
                Route.get(ANALYTICS + "/most-read", this::mostRead),
                Route.get(ANALYTICS + "/never-read", this::neverRead),
                Route.get(ANALYTICS + "/reads", this::reads),
                Route.get(ANALYTICS + "/latency", this::latency));
    }

    private Answer mostRead(Request request) {
        Period period = period(request);
        Page<SchemaAccess> page = analytics.mostRead(request.tenant(), period, request.page());
        return answer(request, JsonOut.accesses(period, page, request.nextCursor(page)));
    }

    private Answer latency(Request request) {
        Period period = period(request);
        Page<SchemaAccess> page = analytics.slowest(request.tenant(), period, request.page());
        return answer(request, JsonOut.accesses(period, page, request.nextCursor(page)));
    }

    private Answer neverRead(Request request) {
        Period period = period(request);
        Page<SchemaSummary> page = analytics.neverRead(request.tenant(), period, request.page());
        return answer(request, JsonOut.neverRead(period, page, request.nextCursor(page)));
    }

    private Answer reads(Request request) {
        SchemaId schema = request.query("schema")
                .map(id -> SchemaRoutes.schemaId(request.tenant(), id))
                .orElse(null);
        ReadsQuery query = analytics.readsQuery(
                request.tenant(), schema, time(request, "from"), time(request, "to"), step(request));
        return answer(request, JsonOut.reads(query, analytics.readsOverTime(query)));
    }

    private static Answer answer(Request request, byte[] body) {
        return Answers.hashed(request, MediaTypes.JSON, body);
    }

    private Period period(Request request) {
        return analytics.period(time(request, "from"), time(request, "to"));
    }

    /** The time that a query parameter names, if it is there. */
    static @Nullable Instant time(Request request, String name) {
        String time = request.query(name).orElse(null);
        if (time == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            var invalid = new InvalidValue(
                    name, time, "it is a time with its zone, such as 2026-03-04T05:06:00Z; a plus is percent-encoded");
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static Step step(Request request) {
        String step = request.query("step").orElse("hour");
        return switch (step) {
            case "minute" -> Step.MINUTE;
            case "hour" -> Step.HOUR;
            case "day" -> Step.DAY;
            default -> throw new InvalidValue("step", step, "it is minute, hour or day");
        };
    }
}
