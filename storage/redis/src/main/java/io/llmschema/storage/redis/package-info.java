/** This room keeps copies of schemas in Redis, which all nodes share, and tells the others of changes through it. */
@NullMarked
package io.llmschema.storage.redis;

import org.jspecify.annotations.NullMarked;
