/** This room understands Avro schemas, as the Avro specification 1.12 writes them in JSON. */
@NullMarked
package io.llmschema.format.avro;

import org.jspecify.annotations.NullMarked;
