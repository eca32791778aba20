/** This room has contents in two places, a database and a blob store, and lets either go, or the server between them. */
@NullMarked
package io.llmschema.systemtests.content;

import org.jspecify.annotations.NullMarked;
