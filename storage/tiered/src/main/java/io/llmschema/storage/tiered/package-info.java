/** This room keeps copies of what a store holds near those who read it, and never hands one out that is no longer true. */
@NullMarked
package io.llmschema.storage.tiered;

import org.jspecify.annotations.NullMarked;
