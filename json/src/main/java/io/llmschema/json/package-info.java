/** This room reads JSON text strictly, knows the place of everything in it, and writes it canonically. */
@NullMarked
package io.llmschema.json;

import org.jspecify.annotations.NullMarked;
