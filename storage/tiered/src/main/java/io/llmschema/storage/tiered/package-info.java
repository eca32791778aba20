/** This room holds what stands in front of a store: decorators that make it faster, or tell how it is used. */
@NullMarked
package io.llmschema.storage.tiered;

import org.jspecify.annotations.NullMarked;
