package io.llmschema.http.confluentapi;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which tags the parts of a schema are to have more, and which less, than it says itself. */
record TagChange(List<SchemaTags> toAdd, List<SchemaTags> toRemove) {
    static final TagChange NONE = new TagChange(List.of(), List.of());

    TagChange {
        toAdd = List.copyOf(toAdd);
        toRemove = List.copyOf(toRemove);
    }

    /** That of a registration. */
    static TagChange read(JsonNode body) {
        return new TagChange(
                SchemaTags.readAll(body, "schemaTagsToAdd"), SchemaTags.readAll(body, "schemaTagsToRemove"));
    }
}
