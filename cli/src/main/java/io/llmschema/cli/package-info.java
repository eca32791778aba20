/**
 * This room is the command line: one class a command, the reports of what was checked, and the import that carries whole folders
 * and histories to a running server. It speaks the native HTTP API and knows nothing of the server but that.
 */
@NullMarked
package io.llmschema.cli;

import org.jspecify.annotations.NullMarked;
