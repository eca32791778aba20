/** This room lets clients that others wrote for Confluent's registry work with ours, as they come, and speaks through a real broker with them. */
@NullMarked
package io.llmschema.systemtests.clients;

import org.jspecify.annotations.NullMarked;
