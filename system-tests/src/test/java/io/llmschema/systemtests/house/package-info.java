/** Tests of the house itself: its arrows and its style. */
@NullMarked
package io.llmschema.systemtests.house;

import org.jspecify.annotations.NullMarked;
