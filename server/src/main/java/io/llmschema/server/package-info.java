/** This room joins all rooms to a server: its configuration, its own PostgreSQL, its start and its end. It holds no rules. */
@NullMarked
package io.llmschema.server;

import org.jspecify.annotations.NullMarked;
