/**
 * This room holds what stands in front of a store: copies near those who read them, never handed out when they are no longer true, and
 * counts of who reads what.
 */
@NullMarked
package io.llmschema.storage.tiered;

import org.jspecify.annotations.NullMarked;
