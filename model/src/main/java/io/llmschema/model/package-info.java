/**
 * This room says what a schema is: the records, states and refusals that every other room speaks in. It knows nothing but the
 * JDK.
 */
@NullMarked
package io.llmschema.model;

import org.jspecify.annotations.NullMarked;
