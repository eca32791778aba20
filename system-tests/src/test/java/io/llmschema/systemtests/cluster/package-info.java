/**
 * This room runs several servers over one database and one Redis, makes trouble, and looks whether what they show is what their promises
 * allow.
 */
@NullMarked
package io.llmschema.systemtests.cluster;

import org.jspecify.annotations.NullMarked;
