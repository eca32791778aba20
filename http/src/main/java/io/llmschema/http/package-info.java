/**
 * This room speaks HTTP: the server, and what all dialects over the registry share. The dialects have alcoves of their own beneath it,
 * which import this package and never each other. No room below knows which HTTP library is used.
 */
@NullMarked
package io.llmschema.http;

import org.jspecify.annotations.NullMarked;
