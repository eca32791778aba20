/** This room says what may be done with schemas: the rules of registration, references and states, over any formats and store. */
@NullMarked
package io.llmschema.registry;

import org.jspecify.annotations.NullMarked;
