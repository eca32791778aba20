package io.llmschema.format.json;

import com.networknt.schema.SchemaRegistry;
import io.llmschema.format.SchemaFormat;
import io.llmschema.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The metaschemas of the drafts, which every schema may refer to. The validator library carries them. */
final class Metaschemas {
    private static final List<String> PATHS = List.of(
            "draft-04/schema",
            "draft-06/schema",
            "draft-07/schema",
            "draft/2019-09/schema",
            "draft/2019-09/meta/applicator",
            "draft/2019-09/meta/content",
            "draft/2019-09/meta/core",
            "draft/2019-09/meta/format",
            "draft/2019-09/meta/meta-data",
            "draft/2019-09/meta/validation",
            "draft/2020-12/schema",
            "draft/2020-12/meta/applicator",
            "draft/2020-12/meta/content",
            "draft/2020-12/meta/core",
            "draft/2020-12/meta/format-annotation",
            "draft/2020-12/meta/format-assertion",
            "draft/2020-12/meta/meta-data",
            "draft/2020-12/meta/unevaluated",
            "draft/2020-12/meta/validation");

    private static final Map<String, String> PATHS_BY_URI = pathsByUri();
    private static final Map<String, SchemaDocument> READ = new ConcurrentHashMap<>();

    private Metaschemas() {}

    /** The metaschema with a URI, read when it is first asked for. */
    static Optional<SchemaDocument> find(String uri) {
        return Optional.ofNullable(PATHS_BY_URI.get(withoutScheme(uri)))
                .map(path -> READ.computeIfAbsent(path, Metaschemas::read));
    }

    static String withoutScheme(String uri) {
        return uri.startsWith("https://") ? uri.substring(8) : uri.startsWith("http://") ? uri.substring(7) : uri;
    }

    private static Map<String, String> pathsByUri() {
        Map<String, String> paths = new HashMap<>();
        PATHS.forEach(path -> paths.put("json-schema.org/" + path, path));
        // The name of whichever draft is newest.
        paths.put("json-schema.org/schema", "draft/2020-12/schema");
        return Map.copyOf(paths);
    }

    private static SchemaDocument read(String path) {
        try (InputStream in = SchemaRegistry.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException("the validator library lacks " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (JsonText.parse(text, SchemaFormat.MAX_DEPTH)) {
                case JsonText.WellFormed(var root) -> SchemaDocument.read(root);
                case JsonText.Malformed(var violation) -> throw new IllegalStateException(path + ": " + violation);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
