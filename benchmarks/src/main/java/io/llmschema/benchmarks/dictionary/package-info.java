/** This corner writes the dictionary that the first version of a subject is compressed with, from samples that are nobody's data. */
@NullMarked
package io.llmschema.benchmarks.dictionary;

import org.jspecify.annotations.NullMarked;
