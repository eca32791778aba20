package io.llmschema.http;

import io.llmschema.model.RegistryException;
import io.llmschema.storage.ChangePosition;
import io.llmschema.storage.Consistency;

/**
 * The header {@value #TOKEN}: every answer that may be different next time carries one, and a request that sends it back is never answered with an older state, by
 * whichever node.
 *
 * <p>The header {@value #STALE} says that what is answered may be outdated, because the database cannot be asked.
 */
public final class ConsistencyTokens {
    public static final String TOKEN = "Registry-Consistency-Token";
    public static final String STALE = "Registry-Stale";

    private ConsistencyTokens() {}

    /** The route, with tokens in its requests and answers. */
    public static Route on(Route route, Dialect dialect) {
        Endpoint endpoint = route.endpoint();
        return new Route(route.method(), route.template(), request -> answer(request, endpoint, dialect));
    }

    private static Answer answer(Request request, Endpoint endpoint, Dialect dialect) {
        Consistency consistency = new Consistency(
                request.consistencyToken().map(ChangePosition::parse).orElse(ChangePosition.START));
        Answer answer = consistency.in(() -> said(request, endpoint, dialect));
        if (TaggedAnswer.isForEver(answer)) {
            // It shows nothing that could be outdated; and whoever keeps it would hand the token out again, long after.
            return answer;
        }
        Answer tagged = answer.with(TOKEN, consistency.shown().toString());
        return consistency.isStale() ? tagged.with(STALE, "true") : tagged;
    }

    /** That something is not there is an answer like others, and must not be followed by an older one. */
    private static Answer said(Request request, Endpoint endpoint, Dialect dialect) {
        try {
            return endpoint.answer(request);
        } catch (RegistryException e) {
            return dialect.refusal(e);
        } catch (HttpProblem e) {
            return dialect.refusal(e);
        }
    }
}
