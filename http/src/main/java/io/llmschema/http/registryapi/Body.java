package io.llmschema.http.registryapi;

import io.llmschema.json.JsonPlaces;
import io.llmschema.json.JsonPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request body as text, and where in it schemas stand that are given as JSON values. Used by one thread. */
final class Body {
    private static final String SCHEMA = "/schema";

    private final String text;
    private final JsonNode root;
    private @Nullable Map<String, Place> schemas;

    Body(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    /** The schema that a pointer leads to, exactly as it stands in the body. */
    Optional<String> schema(String pointer) {
        Map<String, Place> found = schemas;
        if (found == null) {
            found = JsonPlaces.find(text, pointers());
            schemas = found;
        }
        return Optional.ofNullable(found.get(pointer)).map(place -> text.substring(place.start(), place.end()));
    }

    /** Those of a registration and of all items of a batch, so that one pass over the body finds them all. */
    private List<String> pointers() {
        List<String> pointers = new ArrayList<>(List.of(SCHEMA));
        for (int i = 0; i < root.path("items").size(); i++) {
            pointers.add("/items/" + i + SCHEMA);
        }
        return pointers;
    }
}
