/** This room speaks as Confluent's Schema Registry does, at the root of the port, so that its clients find what they know. */
@NullMarked
package io.llmschema.http.confluentapi;

import org.jspecify.annotations.NullMarked;
