package io.llmschema.http.registryapi;

import static java.util.stream.Collectors.toSet;

import io.llmschema.http.Request;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SubjectFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The query parameters that choose among subjects and versions. */
final class Filters {
    private static final int MAX_DEPTH = 32;

    private Filters() {}

    static SchemaFilter schemas(Request request) {
        Set<SchemaType> types =
                request.queryList("type").stream().map(SchemaType::parse).collect(toSet());
        return new SchemaFilter(
                request.tenant(),
                null,
                request.query("prefix").orElse(null),
                types,
                stages(request),
                request.query("owner").orElse(null),
                request.queries("tag"),
                attributes(request),
                null,
                null,
                deletion(request));
    }

    static SubjectFilter subjects(Request request) {
        return new SubjectFilter(
                request.tenant(),
                request.query("prefix").orElse(null),
                stages(request),
                request.query("owner").orElse(null),
                request.queries("tag"),
                deletion(request));
    }

    private static Set<Stage> stages(Request request) {
        return request.queryList("state").stream().map(Stage::parse).collect(toSet());
    }

    private static Deletion deletion(Request request) {
        String deleted = request.query("deleted").orElse("false");
        return switch (deleted) {
            case "false" -> Deletion.LIVE;
            case "true" -> Deletion.ANY;
            case "only" -> Deletion.DELETED;
            default -> throw new InvalidValue("deleted", deleted, "it is false, true or only");
        };
    }

    private static @Nullable String attributes(Request request) {
        String metadata = request.query("metadata").orElse(null);
        if (metadata == null) {
            return null;
        }
        if (!(JsonText.parse(metadata, MAX_DEPTH) instanceof JsonText.WellFormed(JsonNode root)) || !root.isObject()) {
            throw new InvalidValue("metadata", metadata, "it is a JSON object, such as {\"team\":\"billing\"}");
        }
        JsonIn.checkIsStorable("metadata", root);
        return CanonicalJson.ordered(root);
    }
}
