/**
 * This room says what a store of schemas must do: the ports, and in {@link io.llmschema.storage.InMemoryStorage} their executable
 * specification. It knows no database.
 */
@NullMarked
package io.llmschema.storage;

import org.jspecify.annotations.NullMarked;
