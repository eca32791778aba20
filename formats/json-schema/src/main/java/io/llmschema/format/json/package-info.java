/** This room understands JSON Schema, from draft 04 to 2020-12. */
@NullMarked
package io.llmschema.format.json;

import org.jspecify.annotations.NullMarked;
