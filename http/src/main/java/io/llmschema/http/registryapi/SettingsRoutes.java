package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.registry.SchemaRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code /api/v1/settings} and {@code /api/v1/subjects/{subject}/settings}: by what versions and documents are judged. */
record SettingsRoutes(SchemaRegistry registry) {
    List<Route> routes() {
        return Stream.concat(
                        routes("/api/v1/settings", request -> Subject.global(request.tenant())),
                        routes("/api/v1/subjects/{subject}/settings", SubjectRoutes::subject))
                .toList();
    }

    private Stream<Route> routes(String path, Function<Request, Subject> of) {
        return Stream.of(
                Route.get(path, request -> get(request, of.apply(request))),
                Route.put(path, request -> put(request, of.apply(request))),
                Route.patch(path, request -> patch(request, of.apply(request))),
                Route.delete(path, request -> replace(of.apply(request), SubjectSettings.NONE)));
    }

    private Answer get(Request request, Subject subject) {
        return Answers.hashed(request, MediaTypes.JSON, body(subject, registry.settings(subject)));
    }

    private Answer put(Request request, Subject subject) {
        Requests.requireJson(request.mediaType());
        SubjectSettings wanted = SettingsJson.read(JsonIn.parse(request.body()));
        return replace(subject, wanted);
    }

    private Answer replace(Subject subject, SubjectSettings wanted) {
        return change(subject, present -> wanted.withAttributes(present.attributes()));
    }

    private Answer patch(Request request, Subject subject) {
        Requests.requirePatch(request.mediaType());
        JsonIn patch = JsonIn.parse(request.body());
        // What is wrong with it is told before anything is locked.
        SettingsJson.readPatch(patch);
        return change(subject, present -> SettingsJson.patched(present, patch));
    }

    private Answer change(Subject subject, UnaryOperator<SubjectSettings> change) {
        return Answer.of(200, MediaTypes.JSON, body(subject, registry.updateSettings(subject, change)));
    }

    private byte[] body(Subject subject, SubjectSettings set) {
        return SettingsJson.write(set, registry.settingsInForce(subject));
    }
}
