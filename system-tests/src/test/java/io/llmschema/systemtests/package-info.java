/** This room asks a whole server, over the network, what its users would ask: every route, every refusal, every promise of the API. */
@NullMarked
package io.llmschema.systemtests;

import org.jspecify.annotations.NullMarked;
