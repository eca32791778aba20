/** This room keeps large or cold contents in the files of a folder. */
@NullMarked
package io.llmschema.storage.directory;

import org.jspecify.annotations.NullMarked;
