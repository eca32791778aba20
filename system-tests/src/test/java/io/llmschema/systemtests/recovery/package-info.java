/** This room kills what can be killed, in the middle of work, and looks whether all that was acknowledged is still there. */
@NullMarked
package io.llmschema.systemtests.recovery;

import org.jspecify.annotations.NullMarked;
