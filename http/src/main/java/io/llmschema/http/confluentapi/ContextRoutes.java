package io.llmschema.http.confluentapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import java.util.List;
import java.util.stream.Stream;

/** {@code /contexts}: the contexts in which there is a version, be it soft-deleted; the default one is always there. */
record ContextRoutes(SchemaRegistry registry) {
    Stream<Route> routes() {
        return Stream.of(Route.get("/contexts", this::list), Route.delete("/contexts/{context}", this::delete));
    }

    private Answer list(Request request) {
        String prefix = request.query("contextPrefix").orElse("");
        Stream<String> contexts = Stream.concat(Stream.of(Subject.DEFAULT_CONTEXT), others(request.tenant()))
                .filter(context -> context.startsWith(prefix));
        List<String> wanted = Slice.of(request, Slice.MAX_ITEMS).of(contexts);
        return Replies.read(request, out -> out.array(wanted, out::item));
    }

    /** Those beside the default one that hold anything. */
    private Stream<String> others(TenantId tenant) {
        return Contexts.others(registry, tenant, Deletion.ANY).stream()
                .filter(context -> new Scope(registry, new Subject(tenant, ":" + context + ":")).hasVersions());
    }

    /** What is set for all of the context goes with it. */
    private Answer delete(Request request) {
        Subject scope = Scope.root(request);
        if (new Scope(registry, scope).hasVersions()) {
            throw new ConfluentRefusal(
                    42211, 422, "The specified context '%s' is not empty.".formatted(scope.context()));
        }
        registry.updateSettings(scope, _ -> SubjectSettings.NONE);
        return Answer.empty(204);
    }
}
