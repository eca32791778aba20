/**
 * This room is the compatibility kit of the Confluent dialect: tables of requests with the answers that clients of Confluent's registry
 * expect, and what asks them of a server, ours or any other. The tables are text files; {@code README.md} beside them says how they are
 * written.
 */
@NullMarked
package io.llmschema.systemtests.confluent;

import org.jspecify.annotations.NullMarked;
