/** This room says what it means to understand a schema language; the languages themselves have rooms of their own. */
@NullMarked
package io.llmschema.format;

import org.jspecify.annotations.NullMarked;
