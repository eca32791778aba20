package io.llmschema.http.registryapi;

import io.llmschema.http.Answer;
import io.llmschema.http.Answers;
import io.llmschema.http.Request;
import io.llmschema.http.Route;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.Difference;
import io.llmschema.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /api/v1/subjects/{subject}/diff}: what differs between two versions, or a version and a schema. */
record DiffRoutes(SchemaRegistry registry) {
    private static final String DIFF = "/api/v1/subjects/{subject}/diff/{versions}";
    private static final String BETWEEN = "..";

    List<Route> routes() {
        return List.of(Route.get(DIFF, this::ofVersions), Route.post(DIFF, this::ofCandidate));
    }

    private Answer ofVersions(Request request) {
        String versions = request.path("versions");
        int between = versions.indexOf(BETWEEN);
        if (between <= 0 || between + BETWEEN.length() == versions.length()) {
            throw new InvalidValue("diff", versions, "it is two versions with two dots between, such as 1.0.0..latest");
        }
        Subject subject = SubjectRoutes.subject(request);
        Difference difference = registry.compare(
                key(subject, versions.substring(0, between)),
                key(subject, versions.substring(between + BETWEEN.length())));
        return isText(request)
                ? Answers.hashed(request, MediaTypes.TEXT, text(difference))
                : Answers.hashed(request, MediaTypes.JSON, DiffOut.json(difference));
    }

    private Answer ofCandidate(Request request) {
        Subject subject = SubjectRoutes.subject(request);
        Difference difference = registry.compare(
                key(subject, request.path("versions")), CompatibilityRequests.question(request, subject));
        return isText(request)
                ? Answer.of(200, MediaTypes.TEXT, text(difference))
                : Answer.of(200, MediaTypes.JSON, DiffOut.json(difference));
    }

    private static byte[] text(Difference difference) {
        return DiffText.of(difference).getBytes(StandardCharsets.UTF_8);
    }

    private static SchemaKey key(Subject subject, String version) {
        return new SchemaKey.ByVersion(subject, VersionSelector.parse(version));
    }

    private static boolean isText(Request request) {
        return request.query("format")
                .map(format -> switch (format) {
                    case "text" -> true;
                    case "json" -> false;
                    default -> throw new InvalidValue("format", format, "it is json or text");
                })
                .orElseGet(() -> request.header("Accept").orElse("").startsWith("text/plain"));
    }
}
