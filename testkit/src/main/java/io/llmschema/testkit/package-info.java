/** This room says what every format and every store must pass: one abstract test class for each port, extended in one line. */
@NullMarked
package io.llmschema.testkit;

import org.jspecify.annotations.NullMarked;
