/**
 * This alcove copies what one registry that speaks Confluent's dialect has into another: versions with their numbers and ids, deletions, settings. The
 * topic in which Confluent's registry keeps all that is read and written here as well. It knows nothing of the command line, nor of how requests travel.
 */
@NullMarked
package io.llmschema.cli.migrate;

import org.jspecify.annotations.NullMarked;
