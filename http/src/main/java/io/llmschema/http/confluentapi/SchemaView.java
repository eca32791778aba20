package io.llmschema.http.confluentapi;

import io.llmschema.model.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version, and what a request wants to see of it.
 *
 * @param text the schema, in the form asked for
 * @param isQualified whether subjects referred to are named with their context also inside it
 * @param tags those that are looked for
 * @param maxId the highest id there is, if that is asked for
 */
record SchemaView(
        Schema schema,
        String text,
        boolean isQualified,
        List<SchemaTags> tags,
        @Nullable Integer maxId) {
    SchemaView {
        tags = List.copyOf(tags);
    }

    /** The version as it is. */
    static SchemaView of(Schema schema) {
        return new SchemaView(schema, schema.content().text(), false, List.of(), null);
    }

    /** The schema alone. */
    byte[] schemaBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
