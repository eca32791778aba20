/** How real histories of schemas are judged: which verdicts, why, and how long they take. */
@NullMarked
package io.llmschema.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
