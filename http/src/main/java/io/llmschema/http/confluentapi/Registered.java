package io.llmschema.http.confluentapi;

import io.llmschema.model.Schema;

/**
 * What came of a registration.
 *
 * @param schema the version that the subject now has
 * @param isNew whether this registration made it
 */
record Registered(Schema schema, boolean isNew) {}
