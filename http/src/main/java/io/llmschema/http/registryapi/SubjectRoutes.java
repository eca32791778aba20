package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Metadata;
import io.llmschema.model.Page;
import io.llmschema.model.SchemaState;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.SubjectDetails;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/subjects}: subjects themselves. */
record SubjectRoutes(SchemaRegistry registry) {
    private static final Set<String> PATCH_FIELDS = Set.of("description", "owner", "tags", "metadata", "state");

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/subjects", this::list),
                Route.get("/api/v1/subjects/{subject}", this::get),
                Route.patch("/api/v1/subjects/{subject}", this::update),
                Route.delete("/api/v1/subjects/{subject}", this::delete),
                Route.put("/api/v1/subjects/{subject}/state", this::changeState));
    }

    static Subject subject(Request request) {
        return new Subject(request.tenant(), request.path("subject"));
    }

    private Answer list(Request request) {
        Page<SubjectSummary> page = registry.listSubjects(Filters.subjects(request), request.page());
        return Answers.hashed(request, MediaTypes.JSON, JsonOut.subjects(page, request.nextCursor(page)));
    }

    private Answer get(Request request) {
        SubjectSummary subject = registry.findSubject(subject(request));
        return Deprecation.of(subject).apply(Answers.hashed(request, MediaTypes.JSON, JsonOut.subject(subject)));
    }

    private Answer update(Request request) {
        Subject subject = subject(request);
        Requests.requirePatch(request.mediaType());
        JsonIn patch = JsonIn.parse(request.body()).allowing(PATCH_FIELDS);
        if (patch.isNull("state")) {
            throw patch.malformed("state", "a subject always has a state");
        }
        SchemaState state = patch.object("state").map(JsonIn::state).orElse(null);
        Metadata said = patch.withoutNulls(PATCH_FIELDS).metadata();
        SubjectSummary updated = registry.updateSubject(subject, present -> {
            Metadata before = present.metadata();
            Metadata after = new Metadata(
                    patch.has("description") ? said.description() : before.description(),
                    patch.has("owner") ? said.owner() : before.owner(),
                    patch.has("tags") ? said.tags() : before.tags(),
                    patch.has("metadata") ? merged(before, patch) : before.attributes());
            return new SubjectDetails(after, state == null ? present.state() : state);
        });
        return Answer.of(200, MediaTypes.JSON, JsonOut.subject(updated));
    }

    private static String merged(Metadata before, JsonIn patch) {
        return patch.isNull("metadata")
                ? "{}"
                : MergePatch.apply(before.attributes(), patch.object().path("metadata"));
    }

    private Answer delete(Request request) {
        return Answer.of(200, MediaTypes.JSON, JsonOut.deleted(registry.deleteSubject(subject(request))));
    }

    private Answer changeState(Request request) {
        Subject subject = subject(request);
        Requests.requireJson(request.mediaType());
        SchemaState state = JsonIn.parse(request.body()).state();
        SubjectSummary updated =
                registry.updateSubject(subject, present -> new SubjectDetails(present.metadata(), state));
        return Answer.of(200, MediaTypes.JSON, JsonOut.subject(updated));
    }
}
