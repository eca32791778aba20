package io.llmschema.registry;

import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaSummary;
import org.jspecify.annotations.Nullable;

/**
 * A version that a schema is compared with, whole and with all that it refers to.
 *
 * @param gist absent: it is not known
 */
record OldVersion(
        SchemaSummary summary,
        SchemaSource source,
        @Nullable Gist gist) {}
