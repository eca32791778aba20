/** This room says how schemas are kept in PostgreSQL, the source of truth: SQL written out, its migrations, and the pool. */
@NullMarked
package io.llmschema.storage.postgres;

import org.jspecify.annotations.NullMarked;
